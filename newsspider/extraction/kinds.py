"""What kind of page this is, and why."""

from newsspider.extraction.blocks import Block
from newsspider.extraction.fields.access import find_is_free
from newsspider.extraction.sources import Sources, types_of
from newsspider.extraction.stripping import Stripped
from newsspider.record import Kind
from newsspider.text import split_words

DECLARED_KINDS: dict[str, Kind] = {
    "LiveBlogPosting": "live_blog",
    "ImageGallery": "gallery",
    "MediaGallery": "gallery",
}
MIN_HEADLINE_WORDS = 4  # words in a link that reads like a headline; menus have one to three
MIN_INDEX_HEADLINES = 4  # the shortest section pages of small papers list so many
MIN_HEADLINE_SHARE = 0.25  # of the kept blocks: a teaser is a headline, a line or two of text, a date
MIN_INDEX_LINKS = 5  # on a page of nothing but links
MIN_LINK_SHARE = 0.8
LINKED = 0.8  # share of a block's characters from which it is a link


def judge_kind(sources: Sources, stripped: Stripped) -> tuple[Kind, str | None]:
    """Return (kind, reason); the reason is None for a plain article.

    Articles have priority: a page is anything else only on evidence.
    """
    if not stripped.body:
        return "empty", "no article text found"
    if declared := _declared_kind(sources):
        return declared
    if reason := _why_index(sources, stripped):
        return "index", reason
    free = find_is_free(sources)
    if free and free.value is False:
        return "paywalled", f"declared as not free ({free.provenance})"
    return "article", None


def _declared_kind(sources: Sources) -> tuple[Kind, str] | None:
    """Return the kind that the page's main node declares; a gallery beside an article is part of it."""
    nodes = (sources.article,) if sources.article else sources.nodes
    declared = {name for node in nodes for name in types_of(node)}
    return next(((kind, f"declared as {name}") for name, kind in DECLARED_KINDS.items() if name in declared), None)


def _why_index(sources: Sources, stripped: Stripped) -> str | None:
    """Return why a page is a list of articles, or None.

    Where the body would be teasers, many of its blocks are headlines that link to other pages; in an article hardly
    any is.
    """
    if sources.article or sources.first_meta("article:published_time"):
        return None
    blocks = [verdict.block for verdict in stripped.verdicts]
    kept = [verdict.block for verdict in stripped.verdicts if verdict.kept]
    headlines = sum(_is_link(block) and len(split_words(block.text)) >= MIN_HEADLINE_WORDS for block in kept)
    if headlines >= max(MIN_INDEX_HEADLINES, MIN_HEADLINE_SHARE * len(kept)):
        return f"{headlines} of {len(kept)} blocks are linked headlines"
    links = sum(map(_is_link, blocks))
    if not kept and links >= max(MIN_INDEX_LINKS, MIN_LINK_SHARE * len(blocks)):
        return f"nothing but links: {links} of {len(blocks)} blocks"
    return None


def _is_link(block: Block) -> bool:
    """Whether a block is nothing but a link."""
    return block.link_chars >= LINKED * len(block.text)
