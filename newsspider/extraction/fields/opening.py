"""The lines around the headline, where a page shows its byline and its date."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from newsspider.extraction.blocks import Block, CutPage
from newsspider.text import read_words

LINES_BEFORE = 8  # blocks above the headline; a kicker, section, date and byline are fewer
LINES_AFTER = 30  # blocks below it; share buttons and a picture's caption often stand between
PROSE_CHARS = 160  # from which a line of little link text is a paragraph
PROSE_LINES = 2  # paragraphs after which the article has begun: a standfirst may stand before the byline
# Words in the names of elements that hold other pages', readers' or the site's own lines.
FOREIGN_WORDS = (
    "comment", "disqus", "related", "recommend", "teaser", "sidebar", "footer", "copyright", "newsletter", "popular",
    "trending", "most-read", "mostread", "latest", "more-from", "read-more", "readmore", "also-like", "promo",
    "advert", "sponsor", "carousel", "weather", "current-date", "today", "breadcrumb", "navbar", "menu",
    "role=navigation", "role=search", "cookie", "consent", "event-date", "ticker", "subscribe", "signup",
)  # fmt: skip
FOREIGN_TAGS = frozenset("nav footer aside".split())
_FOREIGN = re.compile("|".join(map(re.escape, FOREIGN_WORDS)), re.I)


@dataclass(frozen=True, slots=True)
class Line:
    """A block near the headline.

    Attributes:
        block: the block.
        names: class, id and other naming attributes of the elements around it, up to those around the headline too.
        after: whether it stands below the headline.
    """

    block: Block
    names: str
    after: bool


@dataclass(frozen=True, slots=True)
class Opening:
    """A cut page, and the lines around its headline in document order; none where no headline is found."""

    page: CutPage
    headline: int
    lines: tuple[Line, ...]


def find_opening(page: CutPage, title: str | None) -> Opening:
    """Find the block that shows the title, and the lines around it that are the page's own."""
    number = _find_headline(page, title)
    return Opening(page, number, tuple(_iter_lines(page, number)) if number >= 0 else ())


def _find_headline(page: CutPage, title: str | None) -> int:
    """Return the number of the block that shows the title; -1 for none.

    The heading of the highest level with the same words, else the first h1, else the first line with the same words.
    """
    wanted = read_words(title or "")
    same = [b for b in page.blocks if wanted and not b.hidden and _shows(b.text, wanted)]
    chosen = min(same, key=lambda block: block.level or 9, default=None)
    if chosen is None or not chosen.level:
        chosen = next((b for b in page.blocks if b.level == 1 and not b.hidden), chosen)
    return chosen.number if chosen else -1


def _shows(text: str, wanted: list[str]) -> bool:
    """Whether a line holds the title and little else."""
    if abs(len(text) - sum(map(len, wanted))) > len(text) * 0.6:
        return False
    words = read_words(text)
    return len(words) <= len(wanted) * 1.5 + 2 and len(set(wanted) & set(words)) >= 0.8 * len(set(wanted))


def _iter_lines(page: CutPage, headline: int) -> Iterator[Line]:
    """Yield the lines from above the headline to where the article's text has begun."""
    title = page.blocks[headline]
    above = _ancestors(page, title.node)
    for block in page.blocks[max(0, headline - LINES_BEFORE) : headline]:
        if names := _own_names(page, block, above, below=False):
            yield Line(block, names[0], after=False)
    prose = 0
    for block in page.blocks[headline + 1 : headline + 1 + LINES_AFTER]:
        if block.level == 1:
            return
        names = _own_names(page, block, above, below=True)
        if names:
            yield Line(block, names[0], after=True)
        prose += bool(names) and len(block.text) >= PROSE_CHARS and block.link_chars < 0.3 * len(block.text)
        if prose >= PROSE_LINES:
            return


def _own_names(page: CutPage, block: Block, above: frozenset[int], *, below: bool) -> tuple[str] | None:
    """Return the names of the elements around a line but not around the headline; None for a foreign line.

    Above the headline, what shares nothing with it but the whole page is the site's: its header shows today's date.
    """
    nodes = page.nodes
    names = []
    node = block.node
    while node >= 0 and node not in above:
        if nodes.tag[node] in FOREIGN_TAGS or (nodes.key[node] and _is_foreign(nodes.key[node])):
            return None
        if nodes.key[node]:
            names.append(nodes.key[node])
        node = nodes.parent[node]
    if block.hidden or (not below and node >= 0 and nodes.first[node] == 0 and block.number > 0 and _is_wide(page, node)):
        return None
    return (" ".join(names),)


def _is_wide(page: CutPage, node: int) -> bool:
    """Whether an element is the whole page rather than a part of it."""
    return page.nodes.end[node] - page.nodes.first[node] > 0.9 * len(page.blocks)


@lru_cache(maxsize=8192)
def _is_foreign(names: str) -> bool:
    return bool(_FOREIGN.search(names))


def _ancestors(page: CutPage, node: int) -> frozenset[int]:
    found = set()
    while node >= 0:
        found.add(node)
        node = page.nodes.parent[node]
    return frozenset(found)
