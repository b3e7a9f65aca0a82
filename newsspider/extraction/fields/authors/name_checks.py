"""Distinguish names from other text: persons, roles, desks, outlets, suffixes such as "Jr."."""

import re
from collections.abc import Iterable
from functools import lru_cache

from newsspider.extraction.fields.authors.byline_words import (
    AND_WORDS,
    BEATS,
    DESKS,
    NOBODY,
    NOISE,
    PARTICLES,
    ROLE_WORDS,
    SUFFIXES,
)
from newsspider.text import split_words
from newsspider.urls import is_web_url

MAX_NAME_WORDS, MAX_NAME_CHARS = 7, 70  # a name; agencies have the longest

MAX_UNSPACED_NAME = 6  # characters of a Chinese, Japanese or Korean name

_ARTICLE = re.compile(r"^(?:the|die|der|das|le|la|les|el|il)\s+", re.I)

_DESK_END = re.compile(
    r"(?<![\s-])[\s-]++(?:redaktion|redazione|rédaction|redacción|redactie|newsroom)$", re.I
)

_CREDENTIAL = re.compile(
    r"(?:[A-Z][A-Za-z]?\.?){1,5}®?(?:-[A-Z]+)?|Ph\.?D\.?|[A-Z]{2,}®?(?:\s\d+)?"
)

_NOT_DECLARED = re.compile(
    r"[@#{}<>=\\©:]|(?<![^\W_])_|_(?![^\W_])|\bgetty\b|\bunsplash\b|^\w+(?:\.\w+){2,}$|^image\b|"
    r"^photo\b|view all|\bon (?:facebook|twitter|instagram|linkedin|youtube|x)$"
)

LETTER = re.compile(r"[^\W\d_]")

LOWER_CASE = re.compile(r"[a-zà-öø-ÿ]")


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """Return a name's letters and digits in lower case: the form in which names are compared."""
    return "".join(re.findall(r"\w+", name.lower()))


def is_role_run(words: list[str]) -> bool:
    """Whether words are only a role and its subject."""
    return any(word in ROLE_WORDS for word in words) and all(
        word in ROLE_WORDS or word in BEATS for word in words
    )


def is_desk(name: str) -> bool:
    """Whether a name is that of a desk that signs as a whole.

    >>> (is_desk("Herald Editorial Staff"), is_desk("Staff Reporter"),
    ...  is_desk("Ann Lee Staff Reporter"))
    (True, True, False)
    """
    words = name.lower().split()
    return bool(words) and (words[-1] in DESKS or (len(words) == 2 and words[0] in DESKS))


def is_only_role(text: str) -> bool:
    """Whether words are only a role, without the name of a person or a desk.

    >>> [is_only_role(text)
    ...  for text in ("Marketing and Event Coordinator", "Staff Reporter", "Ann Lee, Editor")]
    [True, False, False]
    """
    words = [
        word for word in re.split(r"[\s,/&-]+", text.lower()) if word and word not in AND_WORDS
    ]
    words = [word for word in words if word not in PARTICLES]

    return is_role_run(words) and not is_desk(text)


def is_outlet(name: str, outlets: Iterable[str]) -> bool:
    """Whether a name is the publication's, alone or with a word behind it: "Herald News".

    >>> [is_outlet(name, ["herald.example", "Herald"])
    ...  for name in ("HERALD", "Herald Online", "herald.de", "Ann Lee")]
    [True, True, True, False]
    """
    publications = frozenset(plain_name(outlet) for outlet in outlets) - {""}
    bare = _ARTICLE.sub("", re.sub(r"\.\w{2,}$", "", _DESK_END.sub("", name)))

    return names_publication(name, publications) or plain_name(bare) in publications


def names_publication(part: str, publications: frozenset[str]) -> bool:
    """Whether a part names the publication, or one of its stations: "MDR THÜRINGEN" of mdr.de."""
    return plain_name(part) in publications or plain_name(part.split(" ")[0]) in publications


def is_suffix(part: str) -> bool:
    """Whether a part behind a comma is "Jr." or a degree rather than a name."""
    words = part.strip(" .").split()
    if len(words) in (1, 2) and all(map(_CREDENTIAL.fullmatch, words)):
        return True

    return any(word.strip(".").lower() in SUFFIXES for word in words[:1])


def is_role(text: str) -> bool:
    """Whether words have a role.

    >>> is_role("Senior Health Reporter"), is_role("Ann Lee")
    (True, False)
    """
    return any(word.strip(".,").lower() in ROLE_WORDS for word in re.split(r"[\s/-]+", text))


def is_person(name: str) -> bool:
    """Whether a name has several words, or the few characters of a script without spaces.

    >>> is_person("Ann Lee"), is_person("松岡大地"), is_person("Agenturen")
    (True, True, False)
    """
    return len(name.split()) > 1 or (2 <= len(split_words(name)) == len(name) <= MAX_UNSPACED_NAME)


def _names_nobody(lowered: str) -> bool:
    """Whether words in lower case are a system's placeholder for an author: "no author"."""
    return lowered in NOBODY or all(word in NOBODY or word == "no" for word in lowered.split())


def can_be_declared(text: str) -> bool:
    """Whether a text that is stated to be a name can be one, in upper or lower case."""
    if not _has_size_of_name(text) or is_web_url(text):
        return False

    lowered = text.lower()
    return not _names_nobody(lowered) and not _NOT_DECLARED.search(lowered)


@lru_cache(maxsize=4096)
def is_name(text: str) -> bool:
    """Whether a text can be a person's or an agency's name.

    >>> [is_name(text) for text in ("Ann Lee", "dpa", "View all posts", "24 March 2026",
    ...  "The ferry sails again.")]
    [True, True, False, False, False]
    """
    if not _has_size_of_name(text) or NOISE.search(text) or is_web_url(text):
        return False

    lowered = text.lower()
    if _NOT_DECLARED.search(lowered) or _names_nobody(lowered):
        return False

    words = text.split()
    if _is_phrase(text, words) or _is_number(text, words):
        return False

    if len(words) == 1:
        return True

    small = [word for word in words if LOWER_CASE.match(word) and word.lower() not in PARTICLES]
    if len(small) <= len(words) / 3:
        return True

    # "herald.example Redaktion"
    return len(words) == 2 and is_desk(text) and words[1][0].isupper()


def _has_size_of_name(text: str) -> bool:
    """Whether a text has letters, and neither too many words nor too many characters."""
    if not 2 <= len(text) <= MAX_NAME_CHARS or not LETTER.search(text):
        return False

    return 1 <= len(text.split()) <= MAX_NAME_WORDS


def _is_phrase(text: str, words: list[str]) -> bool:
    """Whether a text ends like a sentence; "Ann Lee Jr." doesn't."""
    if text.endswith(("?", "!", "…")):
        return True

    return text.endswith(".") and len(words) > 3 and len(words[-1]) > 5


def _is_number(text: str, words: list[str]) -> bool:
    """Whether a text is a date or a number of things."""
    digits = sum(character.isdigit() for character in text)
    return digits > 3 or (words[0].isdigit() and len(words) > 1)
