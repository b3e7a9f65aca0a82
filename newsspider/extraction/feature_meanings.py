"""The meaning of the model's features, in a reader's words."""

from typing import NamedTuple

NEAR = 1  # steps to a name: the block's own element or the one around it
FAR = 12  # steps from which a name counts as absent (`dropping.FAR_UP`)


class Meaning(NamedTuple):
    """The meaning of a feature.

    Attributes:
        start: how its name begins.
        present: its words where the value is above `least`. `{rest}` is the rest of the name,
            `{percent}` a share.
        absent: its words otherwise; "" for the same words.
        least: the value above which it is present.
        is_distance: whether a negative value is a distance too, in the other direction.
    """

    start: str
    present: str
    absent: str = ""
    least: float = 0.0
    is_distance: bool = False

    def is_present(self, value: float) -> bool:
        """Whether a value says that something is there."""
        return (abs(value) if self.is_distance else value) > self.least


# The first whose `start` fits is taken.
MEANINGS = (
    Meaning("says_", "has words of the group {rest}", "has no words of the group {rest}"),
    Meaning(
        "under_", "under a heading of the group {rest}", "not under a heading of the group {rest}"
    ),
    Meaning("terms_", "vocabulary of {rest}", "no vocabulary of {rest}"),
    Meaning(
        "witness_of_page",
        "trafilatura keeps {percent} of the page",
        "trafilatura keeps nothing of the page",
    ),
    Meaning("witness_words", "how many words of the page trafilatura keeps"),
    Meaning(
        "witness_above",
        "{percent} of the text that trafilatura keeps is above it",
        "nothing kept is above it",
    ),
    Meaning(
        "witness_near",
        "trafilatura keeps {percent} of the blocks near it",
        "trafilatura drops the blocks near it",
    ),
    Meaning("witness_from_first", "distance from the first block that trafilatura keeps"),
    Meaning("witness_to_last", "distance to the last block that trafilatura keeps"),
    Meaning(
        "witness_in_",
        "trafilatura keeps {percent} of its container",
        "trafilatura drops its container",
    ),
    Meaning(
        "witness_alike",
        "trafilatura keeps {percent} of blocks built alike",
        "trafilatura drops blocks built alike",
    ),
    Meaning(
        "witness_-", "trafilatura keeps the block above it", "trafilatura drops the block above it"
    ),
    Meaning(
        "witness_+", "trafilatura keeps the block below it", "trafilatura drops the block below it"
    ),
    Meaning("witness", "trafilatura keeps {percent} of it", "trafilatura drops it"),
    Meaning("to_last_prose", "paragraphs follow it", "no paragraphs follow it"),
    Meaning("in_tag_", "inside <{rest}>", "not inside <{rest}>"),
    Meaning(
        "in_article_body",
        "in the page's JSON-LD articleBody",
        "not in the page's JSON-LD articleBody",
    ),
    Meaning(
        "article_body_chars",
        "the page has a JSON-LD articleBody",
        "the page has no JSON-LD articleBody",
    ),
    Meaning(
        "title_share",
        "{percent} of its words are in the title",
        "none of its words is in the title",
    ),
    Meaning(
        "like_title",
        "shares {percent} of its words with the title",
        "shares no words with the title",
    ),
    Meaning("title_before", "below the title", "above the title"),
    Meaning(
        "like_description",
        "shares {percent} of its words with the standfirst",
        "unlike the standfirst",
    ),
    Meaning(
        "holds_description", "holds {percent} of the standfirst", "holds nothing of the standfirst"
    ),
    Meaning("description_before", "below the standfirst", "above the standfirst"),
    Meaning("names_author", "names an author", "names no author"),
    Meaning("link_density_", "{percent} of its container is links", "no links in its container"),
    Meaning(
        "links_until_heading", "links up to the next heading", "no links up to the next heading"
    ),
    Meaning(
        "scope_links",
        "{percent} of the text under its heading is links",
        "no links under its heading",
    ),
    Meaning(
        "build_links", "{percent} of blocks built alike is links", "no links in blocks built alike"
    ),
    Meaning("link_density", "{percent} of its text is links", "no links in it"),
    Meaning("prose_on_page", "how much prose the page has"),
    Meaning(
        "prose_passed",
        "{percent} of the page's prose is above it",
        "all of the page's prose is below it",
    ),
    Meaning("prose_before", "prose above it", "no prose above it"),
    Meaning("prose_after", "prose below it", "no prose below it"),
    Meaning(
        "prose_until_heading", "prose up to the next heading", "no prose up to the next heading"
    ),
    Meaning(
        "prose_blocks_",
        "{percent} of the blocks in its container are prose",
        "no prose in its container",
    ),
    Meaning(
        "prose_", "its container has {percent} of the page's prose", "no prose in its container"
    ),
    Meaning("core_prose", "how much prose the part of the page around it has"),
    Meaning(
        "outside_",
        "outside the part with most prose",
        "inside the part with most prose",
        is_distance=True,
    ),
    Meaning(
        "climb_",
        "not directly in the part with most prose",
        "directly in the part with most prose",
        least=1.0,
    ),
    Meaning("own_prose", "reads like prose", "doesn't read like prose"),
    Meaning("words_a_stop", "the length of its sentences", "has no sentences"),
    Meaning("words_", "its neighbours' length"),
    Meaning("stops_", "its neighbours are sentences", "its neighbours aren't sentences"),
    Meaning("level_", "next to a heading", "not next to a heading"),
    Meaning("level", "is a heading", "isn't a heading"),
    Meaning(
        "sibling_", "in one element with its neighbours", "not in one element with its neighbours"
    ),
    Meaning("held_", "how much its container holds"),
    Meaning("pictures_", "pictures in its container", "no pictures in its container"),
    Meaning("alike_", "siblings are built alike", "no sibling is built alike"),
    Meaning("before_", "text before it in its container", "nothing before it in its container"),
    Meaning("after_", "text after it in its container", "nothing after it in its container"),
    Meaning("build", "blocks built alike", "no other block is built alike"),
    Meaning("same_build", "blocks built alike"),
    Meaning("copies", "copies of it on the page", "no copies of it on the page"),
    Meaning("run_", "in a run of blocks that repeats", "not in a run of blocks that repeats"),
    Meaning("earlier_copies", "copies of it above", "no copies of it above"),
    Meaning("scope_", "its heading"),
    Meaning("since_heading", "distance from its heading"),
    Meaning("until_heading", "distance to the next heading"),
    Meaning("since_image", "distance from an image above"),
    Meaning("until_image", "distance to an image below"),
    Meaning("from_h1", "distance from the headline"),
    Meaning("ends_stop", "ends like a sentence", "doesn't end like a sentence"),
    Meaning("ends_", "ends with: {rest}", "doesn't end with: {rest}"),
    Meaning("starts_", "begins with: {rest}", "doesn't begin with: {rest}"),
    Meaning("position", "its place on the page"),
    Meaning("index", "its place on the page"),
    Meaning("from_end", "its place on the page"),
    Meaning("from_first_prose", "below the first paragraph", "above the first paragraph"),
    Meaning("chars", "its length"),
    Meaning("words", "its length"),
    Meaning("stop", "its sentences", "has no sentences"),
    Meaning("comma_share", "its commas", "no commas"),
    Meaning("quote_share", "its quotation marks", "no quotation marks"),
    Meaning("colon_share", "its colons and dashes", "no colons or dashes"),
    Meaning("mark_share", "its bars, bullets and other marks", "no bars, bullets or other marks"),
    Meaning("letter_share", "{percent} of it is letters", "no letters in it"),
    Meaning("unspaced_share", "its script"),
    Meaning("word_chars", "the length of its words"),
    Meaning("bold_share", "{percent} of it is bold", "nothing in it is bold"),
    Meaning("lines", "its line breaks"),
    Meaning("pieces", "how many pieces it is made of"),
    Meaning(
        "asks",
        "asks to read on, subscribe or follow",
        "doesn't ask to read on, subscribe or follow",
    ),
    Meaning(
        "teaser_line",
        "begins like a link to another page",
        "doesn't begin like a link to another page",
    ),
    Meaning(
        "shared_start",
        "blocks that begin with the same words",
        "no block begins with the same words",
    ),
    Meaning("upper_", "its capital letters", "no capital letters"),
    Meaning("digit_share", "its digits", "no digits"),
    Meaning("kind", "the kind of block"),
    Meaning("hidden", "hidden from readers", "visible to readers"),
    Meaning("depth", "how deep it is nested"),
    Meaning("node_tag", "the element that it is in"),
    Meaning("owner_tag", "the element that it is in"),
    Meaning("parent_tag", "the elements around it"),
    Meaning("grandparent_tag", "the elements around it"),
    Meaning("alone_in_parent", "how much its parent holds"),
    Meaning("notice_", "privacy notices around it", "no privacy notices around it"),
    Meaning("blocks_on_page", "how many blocks the page has"),
)


def describe(feature: str, value: float) -> str:
    """Return the meaning of a feature's value for a block; the feature's name if it isn't known.

    >>> (describe("link_density", 0.85), describe("link_density", 0.0),
    ...  describe("says_newsletter", 1.0))
    ('85 % of its text is links', 'no links in it', 'has words of the group newsletter')
    """
    if feature.startswith("in_") and not feature.startswith(("in_tag_", "in_article_body")):
        return _describe_names(feature.removeprefix("in_"), value)

    for meaning in MEANINGS:
        if feature.startswith(meaning.start):
            if meaning.is_present(value) or not meaning.absent:
                words = meaning.present
            else:
                words = meaning.absent

            return words.format(
                rest=feature.removeprefix(meaning.start), percent=f"{100 * value:.0f} %"
            )

    return feature.replace("_", " ")


def _describe_names(group: str, steps: float) -> str:
    """Return the meaning of the distance to a class or id name of a group."""
    if steps >= FAR:
        return f"no class or id around it says {group}"

    if steps <= NEAR:
        return f"its element's class or id says {group}"

    return f"a class or id around it says {group}"
