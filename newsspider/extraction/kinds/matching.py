"""Find the phrases of the tables in texts, titles and headings."""

import re
from functools import lru_cache

LABEL_CHARS = 80  # a heading or title of an error page or a wall has no more
_PUNCTUATION = re.compile(r"^[^\w]+|[^\w]+$")
# A number and the blanks behind it; one with none is caught, to be put back, so that it is read
# once.
_NUMBER = re.compile(r"(\d[\d.,]*+(?!\s))|\d[\d.,]*+\s(?:[\d.,]*+\s)*+")


def plain(text: str) -> str:
    """Return the text in lower case with plain apostrophes, as the phrase tables have them.

    >>> plain("Vous n’êtes pas")
    "vous n'êtes pas"
    """
    return text.lower().replace("’", "'").replace("\u00a0", " ")


@lru_cache(maxsize=1024)  # each kind asks for the parts of the page's headings
def bare(text: str) -> str:
    """Return the text without the marks around it.

    >>> bare("404 – ")
    '404'
    """
    return _PUNCTUATION.sub("", text)


def is_label(text: str, phrases: tuple[str, ...]) -> bool:
    """Whether a heading or a part of a title, in lower case, is or begins with one of the phrases.

    >>> (is_label("page not found!", ("page not found",)),
    ...  is_label("404: how links rot and what it costs", ("404",)))
    (True, False)
    """
    label = bare(text)
    if len(label) > LABEL_CHARS or not label.startswith(phrases):
        return False

    return any(_is_most_of(phrase, label) for phrase in phrases if label.startswith(phrase))


def _is_most_of(phrase: str, label: str) -> bool:
    """Whether a phrase at a label's beginning is whole words, and half of the label or more."""
    return len(phrase) >= len(label) / 2 and not label[len(phrase) :][:1].isalnum()


def phrases_in(text: str, phrases: tuple[str, ...]) -> list[str]:
    """Return the phrases in a text in lower case; numbers inside a phrase are ignored.

    >>> phrases_in("we and our 312 partners", ("our partners",))
    ['our partners']
    """
    text = _NUMBER.sub(r"\1", text)
    return [phrase for phrase in phrases if phrase in text]
