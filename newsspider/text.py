"""Words and white space: for counting, comparing and hashing, never for changing what is stored."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator

# Scripts written without spaces count and compare by character: kana, CJK ideographs, Hangul is spaced but compounds
# freely, Thai. The same ranges as gold/score.py, so that our counts and its figures speak of the same words.
UNSPACED = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f"
_UNSPACED_CHARACTER = re.compile(f"[{UNSPACED}]")
_WORD = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+")


def split_words(text: str) -> list[str]:
    """Return the words in order; text written without spaces gives its characters.

    >>> split_words("Half past 9 — 東京")
    ['Half', 'past', '9', '東', '京']
    """
    return _WORD.findall(text)


def is_unspaced(character: str) -> bool:
    """Whether this is one character of a script written without spaces.

    >>> is_unspaced("東"), is_unspaced("a"), is_unspaced("東京")
    (True, False, False)
    """
    return _UNSPACED_CHARACTER.fullmatch(character) is not None


def iter_words(text: str) -> Iterator[re.Match[str]]:
    """Yield the words' matches one by one, for who needs to know of the first few only."""
    return _WORD.finditer(text)


def read_words(text: str) -> list[str]:
    """Return the words in lower case: the form in which texts are compared.

    >>> read_words("Half past Nine")
    ['half', 'past', 'nine']
    """
    return _WORD.findall(text.lower())


def squash(text: str) -> str:
    r"""Return the text with every run of white space made one space, trimmed.

    >>> squash(" a \n\t b ")
    'a b'
    """
    return " ".join(text.split())


def body_hash(body: str) -> str:
    r"""Return 32 hex digits that stay the same when only white space or the Unicode form changes.

    >>> body_hash("caf\u00e9  open") == body_hash("cafe\u0301\nopen")
    True
    """
    normal = squash(unicodedata.normalize("NFKC", body))
    return hashlib.blake2b(normal.encode(), digest_size=16).hexdigest()
