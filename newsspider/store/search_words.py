"""What a person types and what an article holds, brought to the words that an index compares."""

import re
import unicodedata
from collections.abc import Iterator

from newsspider.text import UNSPACED

_UNSPACED = re.compile(f"([{UNSPACED}])")
_ACCENTS = re.compile("[\u0300-\u036f\u05b0-\u05c7\u064b-\u065f\u0670]")
_TERM = re.compile(r'"([^"]+)"|(\S+)')


def spaced(value: str) -> str:
    """Part the characters of unspaced scripts by spaces, and take accents and vowel points off all others."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", value))
    return _UNSPACED.sub(r" \1 ", unicodedata.normalize("NFC", bare))


def iter_terms(words: str) -> Iterator[str]:
    """Yield the terms of words as a person types them, spaced; "quoted words" are one.

    >>> list(iter_terms('ferry "old harbour" 東京'))
    ['ferry', 'old harbour', '東 京']
    """
    for phrase, word in _TERM.findall(words.replace('""', "")):
        if term := " ".join(spaced((phrase or word).replace('"', " ")).split()):
            yield term
