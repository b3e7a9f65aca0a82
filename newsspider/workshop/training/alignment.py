"""Label blocks by aligning a gold body with them, word by word."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from newsspider.text import read_words

ANCHOR = 3  # words in a run that is compared as one: nearly unique, so matching is quick
MAX_GAP = 250_000  # words x words of a gap between anchors that is still compared word by word
MIN_STRAY = 6  # words of gold that were skipped in order and are looked for anywhere


@dataclass(frozen=True, slots=True)
class Labels:
    """Per block: its words, and how many of them the gold body holds at that place."""

    words: NDArray[np.float64]
    matched: NDArray[np.float64]

    @property
    def share(self) -> NDArray[np.float64]:
        """Return the share of each block's words that are gold, 0.0 for blocks without words."""
        return self.matched / np.maximum(self.words, 1.0)


def label_blocks(texts: list[str], gold: str) -> Labels:
    """Find the gold body in the blocks' texts; each gold word is found at most once."""
    split = [read_words(text) for text in texts]
    page = list(chain.from_iterable(split))
    block_of = np.repeat(np.arange(len(split)), list(map(len, split)))
    wanted = read_words(gold)
    found = np.zeros(len(page), dtype=bool)
    covered = np.zeros(len(wanted), dtype=bool)

    for start, place, size in _anchored(page, wanted):
        found[start : start + size] = True
        covered[place : place + size] = True

    _find_strays(page, wanted, found, covered)
    words = np.array(list(map(len, split)), dtype=float)
    matched = (
        np.bincount(block_of[found], minlength=len(split)).astype(float)
        if len(page)
        else np.zeros(len(split))
    )
    return Labels(words, matched)


def _anchored(page: list[str], wanted: list[str]) -> list[tuple[int, int, int]]:
    """Match runs of words first, then the gaps between them word by word."""
    spans = [
        (match.a, match.b, match.size + ANCHOR - 1)
        for match in SequenceMatcher(
            None, _runs(page), _runs(wanted), autojunk=False
        ).get_matching_blocks()
        if match.size
    ]
    result, here, there = [], 0, 0
    for start, place, size in [*spans, (len(page), len(wanted), 0)]:
        skip = max(here - start, there - place, 0)
        start, place, size = start + skip, place + skip, size - skip
        if (start - here) * (place - there) and (start - here) * (place - there) <= MAX_GAP:
            gap = SequenceMatcher(None, page[here:start], wanted[there:place], autojunk=False)
            result += [
                (here + m.a, there + m.b, m.size) for m in gap.get_matching_blocks() if m.size
            ]

        if size > 0:
            result.append((start, place, size))
            here, there = start + size, place + size

    return result


def _runs(words: list[str]) -> list[tuple[str, ...]]:
    return list(zip(*(words[shift:] for shift in range(ANCHOR)), strict=False))


def _find_strays(
    page: list[str], wanted: list[str], found: NDArray[np.bool_], covered: NDArray[np.bool_]
) -> None:
    """Find gold that stands elsewhere on the page (a standfirst below a picture), as whole runs of words."""
    edges = np.flatnonzero(np.diff(np.concatenate([[True], covered, [True]]).astype(np.int8)))
    places: dict[tuple[str, ...], list[int]] = {}
    for place in range(len(page) - ANCHOR + 1):
        places.setdefault(tuple(page[place : place + ANCHOR]), []).append(place)

    for start, end in zip(edges[::2], edges[1::2], strict=True):
        at = int(start)
        while end - at >= MIN_STRAY:
            best = max(
                (_run(page, wanted, place, at, int(end), found), -place)
                for place in [*places.get(tuple(wanted[at : at + ANCHOR]), []), 0]
            )
            if best[0] >= MIN_STRAY:
                found[-best[1] : -best[1] + best[0]] = True
                at += best[0]
            else:
                at += 1


def _run(
    page: list[str], wanted: list[str], place: int, at: int, end: int, found: NDArray[np.bool_]
) -> int:
    size = 0
    while (
        at + size < end
        and place + size < len(page)
        and page[place + size] == wanted[at + size]
        and not found[place + size]
    ):
        size += 1

    return size
