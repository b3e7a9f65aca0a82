"""What a person types and what an article holds, brought to the words that an index compares."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from newsspider.text import UNSPACED

_UNSPACED = re.compile(f"([{UNSPACED}])")
_ACCENTS = re.compile("[\u0300-\u036f\u05b0-\u05c7\u064b-\u065f\u0670]")
LONGEST_CUT = 20  # characters left out at an end of an excerpt for the sake of a whole word
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


def join_words(words: Iterable[str]) -> str:
    """Return a command's words as one text; a word with a space in it came in the shell's quotes and is a phrase.

    >>> join_words(["ferry", "old harbour", '"half past" nine'])
    'ferry "old harbour" "half past" nine'
    """
    return " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)


def words_pattern(words: str) -> str:
    r"""Return a regular expression that finds the words and phrases as they are written.

    >>> print(words_pattern('ferry "old harbour"'))
    ferry|old\s+harbour
    """
    found = [(phrase or word).replace('"', " ").split() for phrase, word in _TERM.findall(words.replace('""', ""))]
    return "|".join(r"\s+".join(map(re.escape, parts)) for parts in found if parts)


def excerpt(body: str, pattern: str, chars: int) -> str:
    """Return the stretch of a text of one line around the first match, or its beginning; of whole words where it can.

    >>> excerpt("The ferry sails at half past nine from the old harbour.", "half", 24)
    '…sails at half past…'
    """
    match = re.search(pattern, body, re.IGNORECASE) if pattern else None
    start = max(0, match.start() - chars // 2) if match else 0
    end = start + chars
    if match and start and (space := body.find(" ", start, min(start + LONGEST_CUT, match.start()))) >= 0:
        start = space + 1
    if end < len(body) and (space := body.rfind(" ", end - LONGEST_CUT, end + 1)) > start:
        end = space
    return f"{'…' if start else ''}{body[start:end]}{'…' if len(body) > end else ''}"
