"""The part of a body that a list shows, its found words marked."""

import re
from typing import NamedTuple

from newsspider.record import ArticleRecord
from newsspider.store.search.words import excerpt, words_pattern
from newsspider.text import squash

EXCERPT_CHARS = 220


class Piece(NamedTuple):
    """A piece of a text, and whether it was searched for."""

    text: str
    is_found: bool


def cut_excerpt(record: ArticleRecord, words: str | None) -> list[Piece]:
    """Return the part of a body around the first word that was searched for, else its beginning."""
    pattern = words_pattern(words or "")
    return mark_words(excerpt(squash(record.body or ""), pattern, EXCERPT_CHARS), pattern)


def mark_words(text: str, pattern: str) -> list[Piece]:
    """Return a text in pieces: those that match a pattern, and those between them.

    >>> [(piece.text, piece.is_found) for piece in mark_words("The ferry sails", "ferry")]
    [('The ', False), ('ferry', True), (' sails', False)]
    """
    if not pattern:
        return [Piece(text, False)]
    pieces = re.split(f"({pattern})", text, flags=re.IGNORECASE)
    return [Piece(piece, bool(number % 2)) for number, piece in enumerate(pieces) if piece]
