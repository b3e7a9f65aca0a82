"""The lines around the headline, where a page shows its byline and its date."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from newsspider.extraction.cutting.blocks import Block, CutPage, Piece
from newsspider.text import read_words

LINES_BEFORE = 8  # blocks above the headline; a kicker, section, date and byline are fewer
LINES_AFTER = 30  # blocks below it; share buttons and a picture's caption are often between
# Characters by which a line that shows the title may differ from it, beside blanks
MAX_TITLE_SLACK = 20
PROSE_CHARS = 160  # from which a line of little link text is a paragraph
# Paragraphs after which the article has begun: a standfirst may be before the byline
PROSE_LINES = 2
SMALL_BLOCKS = 8  # a footer or aside of so few blocks in the article is its byline's
NEAR_LINES = 3  # above the headline; farther lines must share more with it than the page
# Words in the names of elements that hold other pages', readers' or the site's own lines.
FOREIGN_WORDS = (
    "comment", "disqus", "related", "recommend", "recommended", "recommendation", "teaser",
    "sidebar", "copyright", "newsletter", "popular", "trending", "most-read", "mostread", "latest",
    "more-from", "read-more", "readmore", "also-like", "promo", "advert", "sponsor", "carousel",
    "weather", "current-date", "today", "breadcrumb", "navbar", "menu", "navigation", "search",
    "cookie", "consent", "event-date", "ticker", "subscribe", "signup", "recent",
)  # fmt: skip
FOREIGN_TAGS = frozenset("nav footer aside".split())
# Whole words, also in camel case: "relatedPosts", but not "promoted" or "correlated".
_FOREIGN = re.compile(
    r"(?:(?<![A-Za-z])|(?<=[a-z])(?=[A-Z]))(?i:"
    + "|".join(map(re.escape, FOREIGN_WORDS))
    + r")s?(?![a-z])"
)
# In lower case; an eighth of the other's time.
_MAY_BE_FOREIGN = re.compile("|".join(map(re.escape, FOREIGN_WORDS)))


_SIDEBAR = re.compile(r"(?i)side-?bar")


@dataclass(frozen=True, slots=True)
class Line:
    """A block near the headline.

    Attributes:
        block: the block.
        names: class, id and other naming attributes of the elements around it, up to those around
            the headline too.
        after: whether it is below the headline.
    """

    block: Block
    names: str
    after: bool


@dataclass(frozen=True, slots=True)
class Opening:
    """A cut page, and the lines around its headline in document order; none without a headline."""

    page: CutPage
    headline: int
    lines: tuple[Line, ...]


def find_opening(page: CutPage, title: str | None) -> Opening:
    """Find the block that shows the title, and the lines around it that are the page's own."""
    number = _find_headline(page, title)
    return Opening(page, number, tuple(_iter_lines(page, number)) if number >= 0 else ())


def _find_headline(page: CutPage, title: str | None) -> int:
    """Return the number of the block that shows the title; -1 for none.

    The heading of the highest level with the same words, else the h1 most like it, else a line with
    the same words.
    """
    wanted = read_words(title or "")
    headings = [block for block in page.blocks if block.level]
    if same := list(_iter_showing(headings, title, wanted)):
        return min(same, key=lambda block: (block.hidden, block.level)).number

    def likeness(block: Block) -> tuple[bool, int, int]:
        shared = set(wanted) & set(read_words(block.text))
        return (not block.hidden, len(shared), len(block.text))

    if tops := [block for block in headings if block.level == 1]:
        return max(tops, key=likeness).number

    numbers = (block.number for block in _iter_showing(page.blocks, title, wanted))
    return next(numbers, -1)


def _iter_showing(blocks: Iterable[Block], title: str | None, wanted: list[str]) -> Iterator[Block]:
    """Yield the blocks that show the title; `wanted` are its words."""
    return (block for block in blocks if title and wanted and _shows(block.text, title, wanted))


def _shows(text: str, title: str, wanted: list[str]) -> bool:
    """Whether a line holds the title and little else."""
    if not len(title) - MAX_TITLE_SLACK <= len(text) <= 2 * len(title) + MAX_TITLE_SLACK:
        return False

    words = read_words(text)
    shared = set(wanted) & set(words)
    return len(words) <= len(wanted) * 1.5 + 2 and len(shared) >= 0.8 * len(set(wanted))


def _iter_lines(page: CutPage, headline: int) -> Iterator[Line]:
    """Yield the lines from above the headline to where the article's text has begun."""
    around = _ancestors(page, page.blocks[headline].node)
    yield from _iter_lines_above(page, headline, around)

    prose = 0
    for block in page.blocks[headline + 1 : headline + 1 + LINES_AFTER]:
        if block.level == 1 and not block.hidden:
            return

        names = _own_names(page, block, around)
        if names is None:
            continue

        yield Line(block, names, after=True)
        prose += is_prose(block)
        if prose >= PROSE_LINES:
            return


def _iter_lines_above(page: CutPage, headline: int, around: frozenset[int]) -> Iterator[Line]:
    for block in page.blocks[max(0, headline - LINES_BEFORE) : headline]:
        is_near = block.number >= headline - NEAR_LINES
        names = _own_names(page, block, around)
        if names is not None and (is_near or not _is_page_wide(page, block, around)):
            yield Line(block, names, after=False)


def is_prose(block: Block) -> bool:
    """Whether a block is a paragraph of text rather than a line about it."""
    return len(block.text) >= PROSE_CHARS and block.link_chars < 0.3 * len(block.text)


def _own_names(page: CutPage, block: Block, around: frozenset[int]) -> str | None:
    """Return the names around a line but not around the headline, None for foreign lines."""
    nodes = page.nodes
    names = []
    node = block.node

    while node >= 0 and node not in around:
        if is_foreign(page, node):
            return None

        if nodes.key[node]:
            names.append(nodes.key[node])

        node = nodes.parent[node]

    if block.hidden:
        return None

    return " ".join(names)


def _is_page_wide(page: CutPage, block: Block, around: frozenset[int]) -> bool:
    """Whether a line is in another part of the page than the headline, as a header's date is."""
    node = block.node
    while node not in around:
        node = page.nodes.parent[node]

    return page.nodes.end[node] - page.nodes.first[node] > 0.9 * len(page.blocks)


def is_foreign(page: CutPage, node: int) -> bool:
    """Whether an element is other pages', readers' or the site's, by its tag or names."""
    nodes = page.nodes
    tag, key = nodes.tag[node], nodes.key[node]
    if tag == "nav":
        return True

    if tag in FOREIGN_TAGS and nodes.end[node] - nodes.first[node] > SMALL_BLOCKS:
        return True

    return key != "" and _has_foreign_word(key)


def seen_element(page: CutPage, node: int) -> etree._Element | None:
    """Return the element of a node, found from the text in it; None where no reader sees any."""
    blocks = page.blocks[page.nodes.first[node] : page.nodes.end[node]]
    shown = (piece for block in blocks for piece in block.pieces if not piece.hidden)
    elements = (_element_of(page, node, piece) for piece in shown)
    return next((element for element in elements if element is not None), None)


def _element_of(page: CutPage, node: int, piece: Piece) -> etree._Element | None:
    """Return the element of a node around a piece of text; None if the text is outside of it."""
    around, element = piece.node, holder_of(piece)
    while around > node and element is not None:
        around, element = page.nodes.parent[around], element.getparent()

    return element if around == node else None


def holder_of(piece: Piece) -> etree._Element | None:
    """Return the element around a piece of text."""
    if piece.is_tail:
        return piece.element.getparent()

    return piece.element


def is_inside_foreign(page: CutPage, node: int, *, beside: bool = True) -> bool:
    """Whether an element or a part around it, of less than half the page, is foreign.

    Args:
        page: the page.
        node: the element.
        beside: whether bars beside the text are foreign.
    """
    nodes, half = page.nodes, len(page.blocks) / 2
    while node >= 0 and nodes.end[node] - nodes.first[node] < half:
        is_bar = not beside and _is_sidebar(nodes.tag[node], nodes.key[node])
        if not is_bar and is_foreign(page, node):
            return True

        node = nodes.parent[node]

    return False


def _is_sidebar(tag: str, key: str) -> bool:
    """Whether an element is foreign as a bar beside the text only."""
    return tag not in ("nav", "footer") and not _has_foreign_word(_SIDEBAR.sub(" ", key))


@lru_cache(maxsize=8192)
def _has_foreign_word(names: str) -> bool:
    return _MAY_BE_FOREIGN.search(names.lower()) is not None and _FOREIGN.search(names) is not None


def _ancestors(page: CutPage, node: int) -> frozenset[int]:
    found = set()
    while node >= 0:
        found.add(node)
        node = page.nodes.parent[node]

    return frozenset(found)
