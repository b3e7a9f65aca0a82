"""The words of a search and of an article, in the form that an index compares."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from newsspider.text import UNSPACED

_UNSPACED = re.compile(f"([{UNSPACED}])")
_ACCENTS = re.compile("[\u0300-\u036f\u05b0-\u05c7\u064b-\u065f\u0670]")
LONGEST_CUT = 20  # characters that an excerpt loses at an end so that it has whole words
_TERM = re.compile(r'"([^"]+)"|(\S+)')


def spaced(value: str) -> str:
    """Put spaces between the characters of unspaced scripts, and remove accents and vowel points of others."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", value))
    return _UNSPACED.sub(r" \1 ", unicodedata.normalize("NFC", bare))


def iter_terms(words: str) -> Iterator[str]:
    """Yield the terms of words as a person types them, spaced; "quoted words" are one.

    >>> list(iter_terms('ferry "old harbour" 東京'))
    ['ferry', 'old harbour', '東 京']
    """
    for typed in _iter_typed(words):
        term = " ".join(spaced(typed).split())
        if term:
            yield term


def join_words(words: Iterable[str]) -> str:
    """Return a command's words as one text; a word with a space was in the shell's quotes and is a phrase.

    >>> join_words(["ferry", "old harbour", '"half past" nine'])
    'ferry "old harbour" "half past" nine'
    """
    return " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)


def words_pattern(words: str) -> str:
    r"""Return a regular expression that finds the words and phrases as they are written.

    >>> print(words_pattern('ferry "old harbour"'))
    ferry|old\s+harbour
    """
    phrases = [typed.split() for typed in _iter_typed(words)]
    return "|".join(r"\s+".join(map(re.escape, phrase)) for phrase in phrases if phrase)


def _iter_typed(words: str) -> Iterator[str]:
    """Yield each word and each quoted phrase, without quotation marks."""
    for phrase, word in _TERM.findall(words.replace('""', "")):
        yield (phrase or word).replace('"', " ")


def excerpt(body: str, pattern: str, chars: int) -> str:
    """Return the part of a text around the first match, or its beginning, in whole words if possible.

    >>> excerpt("The ferry sails at half past nine from the old harbour.", "half", 24)
    '…sails at half past…'
    """
    start, end = _find_stretch(body, pattern, chars)
    before = "…" if start else ""
    after = "…" if end < len(body) else ""
    return f"{before}{body[start:end]}{after}"


def _find_stretch(body: str, pattern: str, chars: int) -> tuple[int, int]:
    """Return where an excerpt begins and ends."""
    match = re.search(pattern, body, re.IGNORECASE) if pattern else None
    start = 0
    if match:
        start = max(0, match.start() - chars // 2)
    end = start + chars

    if match and start:
        space = body.find(" ", start, min(start + LONGEST_CUT, match.start()))
        if space >= 0:
            start = space + 1
    if end < len(body):
        space = body.rfind(" ", end - LONGEST_CUT, end + 1)
        if space > start:
            end = space
    return start, end
