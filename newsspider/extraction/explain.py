"""Why each block was kept or dropped, in words: the verdict's reason and the evidence that weighed most."""

from dataclasses import asdict, dataclass
from heapq import merge
from operator import itemgetter
from typing import Any

from lxml import etree

from newsspider.extraction.model.shipped import load_readers
from newsspider.extraction.sources import read_sources
from newsspider.extraction.stripping import choose_reader, strip_page
from newsspider.extraction.verdicts import Verdict
from newsspider.extraction.witness_policy import WitnessPolicy
from newsspider.page import Page
from newsspider.text import squash

PIECES = 3  # of evidence shown for a block; the rest weighs less than any of them
CONSIDERED = 12  # heaviest features looked through for pieces that say different things
_SEEN_TEXTS = etree.XPath(
    ".//text()[not(ancestor::script or ancestor::style or ancestor::noscript or ancestor::template)]"
)

# What a feature tells, in a reader's words, by the beginning of its name; the first that fits is taken.
MEANINGS: tuple[tuple[str, str], ...] = (
    ("says_", "its words: {rest}"),
    ("under_", "stands under a heading that says: {rest}"),
    ("terms_", "vocabulary: {rest}"),
    ("witness_of_page", "how much of the page trafilatura keeps"),
    ("witness_words", "how many words of the page trafilatura keeps"),
    ("witness_above", "how much of the text that trafilatura keeps is above it"),
    ("witness_near", "how much of the blocks near it trafilatura keeps"),
    ("witness_from_first", "distance from the first block that trafilatura keeps"),
    ("witness_to_last", "distance to the last block that trafilatura keeps"),
    ("witness_in_", "how much of its container trafilatura keeps"),
    ("witness_alike", "how much of the blocks built alike trafilatura keeps"),
    ("witness_-", "whether trafilatura keeps the blocks above it"),
    ("witness_+", "whether trafilatura keeps the blocks below it"),
    ("witness_", "what trafilatura keeps around it"),
    ("witness", "whether trafilatura keeps it"),
    ("to_last_prose", "distance to the last prose"),
    ("in_tag_", "inside <{rest}>"),
    ("in_article_body", "stands in JSON-LD articleBody"),
    ("article_body_chars", "length of JSON-LD articleBody"),
    ("in_", "class and id names around it: {rest}"),
    ("title_share", "share of its words that stand in the title"),
    ("like_title", "likeness to the title"),
    ("title_before", "place relative to the title"),
    ("like_description", "likeness to the standfirst"),
    ("holds_description", "holds the standfirst"),
    ("description_before", "place relative to the standfirst"),
    ("names_author", "names an author"),
    ("link_density_", "links around it"),
    ("links_until_heading", "links up to the next heading"),
    ("scope_links", "links under its heading"),
    ("build_links", "links in blocks built alike"),
    ("link_density", "its share of link text"),
    ("prose_on_page", "how much prose the page has"),
    ("prose_", "prose around it"),
    ("core_prose", "prose in the part of the page around it"),
    ("outside_", "how much of the page's prose lies elsewhere"),
    ("climb_", "how far out the page's prose ends"),
    ("own_prose", "reads like prose"),
    ("words_a_stop", "the length of its sentences"),
    ("words_", "its neighbours' length"),
    ("level", "the level of a heading"),
    ("stops_", "its neighbours' sentences"),
    ("level_", "headings next to it"),
    ("sibling_", "whether its neighbours are its siblings"),
    ("held_", "how much the container holds"),
    ("pictures_", "pictures in its container"),
    ("alike_", "how many siblings are built alike"),
    ("before_", "what precedes it in its container"),
    ("after_", "what follows it in its container"),
    ("build", "blocks built alike"),
    ("same_build", "blocks built alike"),
    ("copies", "copies of it on the page"),
    ("run_", "the run of blocks that it repeats"),
    ("earlier_copies", "copies of it above"),
    ("scope_", "what its heading looks like"),
    ("since_heading", "distance from its heading"),
    ("until_heading", "distance to the next heading"),
    ("since_image", "distance from an image above"),
    ("until_image", "distance to an image below"),
    ("from_h1", "distance from the headline"),
    ("ends_", "ends with: {rest}"),
    ("starts_", "begins with: {rest}"),
    ("position", "its place on the page"),
    ("index", "its place on the page"),
    ("from_end", "its place on the page"),
    ("from_first_prose", "distance from the first prose"),
    ("chars", "its length"),
    ("words", "its length"),
    ("stop", "its sentences"),
    ("comma_share", "its commas"),
    ("quote_share", "its quotation marks"),
    ("colon_share", "its colons and dashes"),
    ("mark_share", "its bars, bullets and other marks"),
    ("letter_share", "its share of letters"),
    ("unspaced_share", "its script"),
    ("word_chars", "the length of its words"),
    ("bold_share", "its share of bold text"),
    ("lines", "its line breaks"),
    ("pieces", "how many pieces it is made of"),
    ("asks", "asks to read on, subscribe or follow"),
    ("teaser_line", "begins like a link to something else"),
    ("shared_start", "blocks that begin with the same words"),
    ("upper_", "its capital letters"),
    ("digit_share", "its digits"),
    ("kind", "the kind of block"),
    ("hidden", "hidden from readers"),
    ("depth", "how deep it is nested"),
    ("node_tag", "the element it stands in"),
    ("owner_tag", "the element it stands in"),
    ("parent_tag", "the elements around it"),
    ("grandparent_tag", "the elements around it"),
    ("alone_in_parent", "how much its parent holds"),
    ("notice_", "privacy notices around it"),
    ("blocks_on_page", "how many blocks the page has"),
)


@dataclass(frozen=True)
class WeighedEvidence:
    """A piece of evidence in words, and its weight in log odds: above 0 speaks for the body, below against."""

    words: str
    weight: float


@dataclass(frozen=True)
class ExplainedBlock:
    """A block with its verdict, and the pieces of evidence that weighed most, heaviest first.

    `trafilatura` is the share of the block that trafilatura keeps, 0.0 to 1.0; None where it was not asked.
    """

    text: str
    kind: str
    kept: bool
    probability: float
    reason: str
    trafilatura: float | None
    evidence: tuple[WeighedEvidence, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the block as JSON types."""
        return asdict(self)


def explain_page(page: Page, witness: WitnessPolicy = "always") -> tuple[ExplainedBlock, ...]:
    """Return a page's blocks in document order, each with what decided about it; empty for a page without text.

    A part of the frame around the content, a menu or the footer, is one block that nothing was weighed for, and that
    trafilatura is not shown.

    Args:
        page: the page.
        witness: when trafilatura is asked.

    Raises:
        UsageError: there is no such policy.
    """
    readers = load_readers()
    stripped = strip_page(page, read_sources(page), readers, witness)
    if stripped.evidence is None:
        return ()
    weigh = choose_reader(page, stripped.evidence, readers).model.weigher(stripped.evidence)
    heard = stripped.evidence.witness
    shares = heard.shares.tolist() if heard else [None] * len(stripped.verdicts)
    blocks = [
        (number, _explained(verdict, share, weigh(number)))
        for number, (verdict, share) in enumerate(zip(stripped.verdicts, shares, strict=True))
    ]
    frames = [(place, _explained_frame(element)) for place, element in stripped.evidence.page.frames]
    shown = merge(frames, blocks, key=itemgetter(0))  # a frame stands before the block that follows it
    return tuple(block for _, block in shown if block.text)


def _explained_frame(element: etree._Element) -> ExplainedBlock:
    text = squash(" ".join(_SEEN_TEXTS(element)))
    reason = f"the site's <{element.tag!s}>"
    return ExplainedBlock(text, "frame", kept=False, probability=0.0, reason=reason, trafilatura=None, evidence=())


def _explained(verdict: Verdict, share: float | None, weights: list[tuple[str, float]]) -> ExplainedBlock:
    """Put a verdict's heaviest features into words, each said once."""
    said: dict[str, float] = {}
    for name, weight in weights[:CONSIDERED]:
        said.setdefault(meaning_of(name), weight)
    evidence = tuple(WeighedEvidence(words, round(weight, 2)) for words, weight in list(said.items())[:PIECES])
    return ExplainedBlock(
        verdict.block.text,
        verdict.block.kind,
        verdict.kept,
        probability=round(verdict.chance, 3),
        reason=verdict.reason,
        trafilatura=None if share is None else round(share, 3),
        evidence=evidence,
    )


def meaning_of(feature: str) -> str:
    """Return what a feature tells in a reader's words; its own name where none is known.

    >>> meaning_of("says_newsletter"), meaning_of("link_density")
    ('its words: newsletter', 'its share of link text')
    """
    for start, words in MEANINGS:
        if feature.startswith(start):
            return words.format(rest=feature.removeprefix(start))
    return feature.replace("_", " ")
