"""Which date a date is, by the words beside it and the names of the elements around it."""

import re
from functools import lru_cache

from newsspider.extraction.fields.dates.role_words import (
    MODIFIED_WORDS,
    OTHER_WORDS,
    PUBLISHED_WORDS,
)
from newsspider.text import read_words

PUBLISHED, MODIFIED, OTHER, UNSAID = "published", "modified", "other", ""
# Class names alone say it: themes name their only date "updated".
NAMED_MODIFIED = "named modified"
LABEL_CHARS = 40  # beside the date, with its label
MAX_LABEL_WORDS = 3  # of a line, or of the rest of a line, that names the date beside it
# In lower case, as all patterns of names: to ignore case takes five times as long
_MODIFIED_NAMES = re.compile(r"updat|modif|revis")
_PUBLISHED_NAMES = re.compile(r"publish|posted|created|issued|entry-date|pubdate")
_ROLES_BY_NAMES = ((_PUBLISHED_NAMES, PUBLISHED), (_MODIFIED_NAMES, NAMED_MODIFIED))
# Class names of elements that hold the date.
_DATE_NAMES = re.compile(
    r"date|time(?!line)|publish|posted|entry-meta|post-meta|article-meta|byline|meta\b|info|"
    r"author|fecha|datum|dato|tarih"
)


@lru_cache(maxsize=4096)  # the lines around a date are asked again and again
def role_of(label: str) -> str:
    """Return the role of a date by the words of its label; the last one counts."""
    lowered = " " + label.casefold()
    places = {
        role: max(map(lowered.rfind, words))
        for role, words in (
            (MODIFIED, MODIFIED_WORDS),
            (PUBLISHED, PUBLISHED_WORDS),
            (OTHER, OTHER_WORDS),
        )
    }
    role = max(places, key=places.__getitem__)

    if places[role] >= 0:
        return role

    return UNSAID


def is_label(text: str) -> bool:
    """Whether a text is so short that it may name the date beside it."""
    return len(text) <= LABEL_CHARS and len(read_words(text)) <= MAX_LABEL_WORDS


@lru_cache(maxsize=4096)
def role_of_names(names: str) -> str:
    """Return the role of a date by class names; publication if they name both roles."""
    lower = names.lower()
    named = (role for pattern, role in _ROLES_BY_NAMES if pattern.search(lower))
    return next(named, UNSAID)


@lru_cache(maxsize=4096)
def names_date(names: str) -> bool:
    """Whether class names belong to an element that holds a date."""
    return _DATE_NAMES.search(names.lower()) is not None
