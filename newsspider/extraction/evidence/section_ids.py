"""Ids that are slugs of headings: they are the author's words, and name no part of the page."""

import re
from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from newsspider.extraction.cutting.blocks import CutPage
from newsspider.extraction.cutting.name_groups import naming_bits
from newsspider.extraction.evidence.phrases import is_section_line

# elements of one build side by side, each with an id and a heading of its own, that make chapters
CHAPTERS = 3
CHAPTERS_SHARE = 0.5  # of the page's prose; with less they may be the parts below an article
SLUG_WORDS = 3  # of an id that is a phrase and no name
SLUG_LIKENESS = 0.3  # share of such an id's words that its heading has too

_ID = re.compile(r"(?:^|\s)(?:id|name)=(\S+)")
_WORD = re.compile(r"[^\W_]+")


def keys_without_slugs(page: CutPage, prose: NDArray[np.float64]) -> list[str]:
    """Return the elements' naming attributes without the ids that are slugs of headings.

    A table of contents leads to `<section id="comments-by-the-mayor">`, where no reader's comment
    stands.

    Args:
        page: the cut page.
        prose: words in sentences, of each block.
    """
    keys = list(page.nodes.key)
    headings = {block.number for block in page.blocks if block.level}
    headed = [
        number
        for number, (key, first) in enumerate(zip(keys, page.nodes.first, strict=True))
        if first in headings and "id=" in key and _begins_with_heading(page, number)
    ]
    suspects = [
        number
        for number in headed
        if any(naming_bits(f"id={slug}") for slug in _ID.findall(keys[number]))
    ]

    if suspects:
        passed = np.concatenate([[0.0], np.cumsum(prose)])
        chapters = _find_chapters(page, headed, passed)
        for number in suspects:
            if _inside(page, passed, number) and (number in chapters or _is_phrase(page, number)):
                keys[number] = _ID.sub("", keys[number])

    return keys


def _begins_with_heading(page: CutPage, number: int) -> bool:
    """Whether an element has text, and the heading before which it begins names no usual part."""
    first = page.nodes.first[number]
    if first >= min(page.nodes.end[number], len(page.blocks)):
        return False

    return not is_section_line(page.blocks[first].text)


def _find_chapters(page: CutPage, headed: list[int], passed: NDArray[np.float64]) -> set[int]:
    """Return the neighbouring elements that are built alike and together hold most of the prose."""
    groups: dict[tuple[int, str, str], list[int]] = defaultdict(list)
    for number in headed:
        groups[
            page.nodes.parent[number], page.nodes.tag[number], _ID.sub("", page.nodes.key[number])
        ].append(number)

    chapters: set[int] = set()
    needed = CHAPTERS_SHARE * float(passed[-1])
    for group in groups.values():
        if len(group) < CHAPTERS:
            continue

        if sum(_inside(page, passed, each) for each in group) >= needed:
            chapters.update(group)

    return chapters


def _is_phrase(page: CutPage, number: int) -> bool:
    """Whether an id is a phrase that has words of the heading which the element begins with."""
    heading = set(_WORD.findall(page.blocks[page.nodes.first[number]].text.lower()))
    slugs = [_WORD.findall(slug.lower()) for slug in _ID.findall(page.nodes.key[number])]

    return any(
        len(slug) >= SLUG_WORDS and len(heading.intersection(slug)) >= SLUG_LIKENESS * len(slug)
        for slug in slugs
    )


def _inside(page: CutPage, passed: NDArray[np.float64], number: int) -> float:
    """Return the words of prose in an element."""
    end = min(page.nodes.end[number], len(page.blocks))
    return float(passed[end] - passed[page.nodes.first[number]])
