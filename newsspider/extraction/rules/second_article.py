"""Find a second whole article below the first, as endless pages load it; it is never body."""

import numpy as np

from newsspider.extraction.evidence.gather import Evidence
from newsspider.extraction.rules.dropping import (
    BYLINE_WORDS,
    LINKED,
    STARTS,
    TITLE_LIKENESS,
    Flags,
    Floats,
)

ARTICLE_TAGS = frozenset({"article", "div", "section"})
FIRST_WORDS = 80  # kept of it, from which it is a whole article
SECOND_WORDS = 60  # of it in sentences, kept or not: the model may have seen through a part of it
SECOND_PARAGRAPHS = 2  # a tile in a list of articles has one
OPENING = 3  # blocks: headline, byline, text
HEADLINE_WORDS = 3  # shorter ones name a part of the page


def find_second_articles(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find the kept blocks from the second article on: outside the first, with its own headline.

    The first is the widest element around the page's title that ends before the second, which is in
    no <article> with the title. So the entries of a live blog and the parts of a piece by several
    hands are none.
    """
    title = _find_title(evidence)
    if title is None:
        return []

    shape = evidence.shape
    prose = evidence.wording.prose
    held, words, paragraphs = shape.sums(
        np.array([evidence.wording.words * kept, prose, prose > 0])
    )
    around = _ancestors(evidence, title)
    ends = shape.end[around]  # ascending
    whole = (words >= SECOND_WORDS) & (paragraphs >= SECOND_PARAGRAPHS) & (held > 0)
    articles = [
        end
        for each, end in zip(around, ends, strict=True)
        if evidence.page.nodes.tag[each] == "article"
    ]
    candidates = whole & (shape.first >= max(articles, default=ends[0]))

    for number in np.flatnonzero(candidates).tolist():
        first = around[int(np.searchsorted(ends, shape.first[number], side="right")) - 1]
        if held[first] >= FIRST_WORDS and _is_headed(evidence, number):
            return _from(int(shape.first[number]), evidence, kept)

    return []


def _find_title(evidence: Evidence) -> int | None:
    """Return the number of the page's headline."""
    likeness = evidence.column("like_title")
    alike = (
        b.number for b in evidence.page.blocks if b.level and likeness[b.number] >= TITLE_LIKENESS
    )

    return next(alike, None)


def _ancestors(evidence: Evidence, block: int) -> list[int]:
    place = int(evidence.shape.owner[block])
    around = []
    while place >= 0:
        around.append(place)
        place = int(evidence.shape.parent[place])

    return around


def _is_headed(evidence: Evidence, number: int) -> bool:
    """Whether an element begins with a headline, and is an <article>, signed, or linked."""
    tag, start = evidence.page.nodes.tag[number], int(evidence.shape.first[number])
    if tag not in ARTICLE_TAGS:
        return False

    words, opening = evidence.wording.words, evidence.page.blocks[start : start + OPENING]
    headline = next(
        (
            block.number
            for block in opening[:2]
            if block.level and words[block.number] >= HEADLINE_WORDS
        ),
        -1,
    )
    if headline < 0:
        return False

    if tag == "article" or evidence.wording.link_density[headline] >= LINKED:
        return True

    bylines = evidence.column("says_byline")[headline + 1 : headline + OPENING] >= STARTS
    return bool((bylines & (words[headline + 1 : headline + OPENING] <= BYLINE_WORDS)).any())


def _from(start: int, evidence: Evidence, kept: Flags) -> list[int]:
    """Return the kept blocks from one on, and the headings right above it."""
    blocks = evidence.page.blocks
    while start and (blocks[start - 1].level or not kept[start - 1]):
        start -= 1

    return [index for index in range(start, len(blocks)) if kept[index]]
