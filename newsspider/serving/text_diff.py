"""Two versions of a value: the paragraphs that were removed and added, their different words marked."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, NamedTuple

from newsspider.serving.excerpts import Piece

REMOVED, ADDED = "removed", "added"
MAX_WORDS = 1_000  # of a paragraph whose words are compared: the time grows with their square
_SPACES = re.compile(r"(\s+)")


class Change(NamedTuple):
    """A paragraph that was removed or added, in pieces."""

    sign: str
    pieces: list[Piece]


def iter_changes(earlier: Any, later: Any) -> Iterator[Change]:
    """Yield the paragraphs of a text, or the values of a list, that differ."""
    old, new = _split(earlier), _split(later)
    for tag, *bounds in SequenceMatcher(None, old, new).get_opcodes():
        if tag != "equal":
            yield from _compare(old[bounds[0] : bounds[1]], new[bounds[2] : bounds[3]])


def _compare(old: list[str], new: list[str]) -> Iterator[Change]:
    """Yield paragraphs in the places of others, pair by pair."""
    for one, other in zip_longest(old, new):
        if one is not None:
            yield Change(REMOVED, mark_difference(one, other or ""))
        if other is not None:
            yield Change(ADDED, mark_difference(other, one or ""))


def mark_difference(text: str, other: str) -> list[Piece]:
    """Return a text in pieces; the words that another text has not are marked.

    >>> [(piece.text, piece.is_found) for piece in mark_difference("At half past", "At ten past")]
    [('At ', False), ('half', True), (' past', False)]
    """
    words, others = _SPACES.split(text), _SPACES.split(other)
    if not other or max(len(words), len(others)) > 2 * MAX_WORDS:
        return [Piece(text, False)]

    matcher = SequenceMatcher(None, words, others, autojunk=False)
    pieces = (
        Piece("".join(words[begin:end]), tag != "equal")
        for tag, begin, end, _, _ in matcher.get_opcodes()
    )
    return [piece for piece in pieces if piece.text]


def _split(value: Any) -> list[str]:
    return list(value) if isinstance(value, tuple) else (value or "").split("\n\n")
