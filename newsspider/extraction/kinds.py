"""What kind of page this is, and why."""

from lxml.html import HtmlElement

from newsspider.extraction.fields.access import find_is_free
from newsspider.extraction.sources import Sources, types_of
from newsspider.page import Page
from newsspider.record import Kind
from newsspider.text import split_words, squash, text_width

DECLARED_KINDS: dict[str, Kind] = {
    "LiveBlogPosting": "live_blog",
    "ImageGallery": "gallery",
    "MediaGallery": "gallery",
}
MIN_HEADLINE_WORDS = 4  # words in a link that reads like a headline; menus have one to three
MIN_INDEX_HEADLINES = 4  # links like headlines; the shortest section pages of small papers list so many
MIN_PROSE_WIDTH = 200  # in one paragraph: teasers on section pages are shorter


def judge_kind(page: Page, sources: Sources, body: str | None) -> tuple[Kind, str | None]:
    """Return (kind, reason); the reason is None for a plain article.

    Articles have priority: a page is anything else only on evidence.
    """
    if not body:
        return "empty", "no article text found"
    if declared := _declared_kind(sources):
        return declared
    if reason := _why_index(page, sources, body):
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


def _why_index(page: Page, sources: Sources, body: str) -> str | None:
    """Return why a page is a list of articles, or None.

    On a list each block of text is one article's teaser, so there are at least as many linked headlines as blocks.
    """
    if sources.article or sources.first_meta("article:published_time"):
        return None
    blocks = body.split("\n\n")
    headlines = _count_headline_links(page.tree)
    if headlines < max(MIN_INDEX_HEADLINES, len(blocks)) or any(
        text_width(block) >= MIN_PROSE_WIDTH for block in blocks
    ):
        return None
    return f"{headlines} linked headlines, {len(blocks)} short blocks of text"


def _count_headline_links(tree: HtmlElement) -> int:
    """Return how many different addresses are linked by a text that reads like a headline."""
    return len(
        {
            link.get("href")
            for link in tree.iter("a")
            if link.get("href") and len(split_words(squash(" ".join(link.itertext())))) >= MIN_HEADLINE_WORDS
        }
    )
