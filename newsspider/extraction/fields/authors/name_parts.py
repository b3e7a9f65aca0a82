"""Cut text from a name that is not part of it: "By", roles, addresses, the text after a stroke."""

import re

from newsspider.extraction.fields.authors.byline_words import (
    BEATS,
    BY_LABELS,
    BY_WORDS,
    DESKS,
    MIN_COMPOUND_CHARS,
    ROLE_ENDS,
    ROLE_STARTS,
    ROLE_WORDS,
    any_of,
)
from newsspider.extraction.fields.authors.name_checks import (
    LETTER,
    is_desk,
    is_only_role,
    is_role,
    is_role_run,
    plain_name,
)
from newsspider.text import squash

_BY = re.compile(
    rf"^(?:(?:{any_of(BY_WORDS)})(?!\w)\s*(?:[:：/／|–-]\s*|\s|(?<=[^\x00-\u2fff]))(?!(?:der|den|"
    rf"dem)\s)|(?:{any_of((*BY_LABELS, *BY_WORDS, 'di'))})\s*[:：/／]\s*|di\s+(?=\w+\s\w)"
    r"|(?:eingestellt|gepostet|veröffentlicht) von\s+)",
    re.I,
)

# A lost blank: "ByAnn Lee".
_FUSED_BY = re.compile(r"^(?:[Ww]ritten\s)?[Bb]y(?=[A-Z])(?!Y?[A-Z]{2,}$)")

_CUT = re.compile(r"\s*[|•·⋅■\n\t]\s*|\s+[–—-]\s+")

DATE = re.compile(
    r"(?:\b(?:on|am|le|el|den|vom|"
    r"på)\s+(?:[^\W\d_]{3,10},\s+)?)?(?:[^\W\d_]{3,12}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|"
    r"\d{1,2}\.?\s(?:de\s)?[^\W\d_]{3,12}\.?,?\s(?:de\s)?\d{4}|"
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4})(?:[\s,]+\d{1,2}[:.]\d\d(?:\s?[ap]m)?)?",
    re.I,
)

_WITH_AGENCIES = re.compile(r"\s+(?:with|mit|avec|con)\s+(?:agenc|agent|agenz).*$", re.I)

_HANDLE = re.compile(r"@\w+")

# Text that follows a name without a separator and isn't a part of it.
_TAIL = re.compile(
    r"(?:\s*(?<=[a-zß-ÿ])Follow$)|\s+(?:(?:last\s)?updated|published|posted|stand|aktualisiert|"
    r"veröffentlicht|shares|\d{1,3}[\s-]*min(?:ute)?s?\b|am\s*[|]|(?:(?:at|um|às|alle|à|kl\.?|om|"
    r"saat)\s)?\d{1,2}[:.h]\d\d\b).*$",
    re.I,
)

# "Photos by Bob Ray" behind the writer; not "Text und Fotos: Anna Lee"
_PICTURES = re.compile(
    r"(?<!\bund)(?<!\band)(?<!&)(?<!\bet)(?<!\by)(?<!\be)(?:^|[\s,;.|/])"
    r"(?:photos?|photography|photographs|pictures|illustrations?|illustrated|video|graphics?|fotos?|"
    r"fotografie|bilder|illustrationen|grafik(?:en)?|fotografías?|ilustraciones|imágenes|ilustração)"
    r"(?:\s?[:：]|\s(?:by|von|par|por|de|di|door|av|af)\s).*$",
    re.I | re.S,
)

_SENTENCE = re.compile(r"(?<=[^\W\d_]{3})\.\s+(?=[^\W\d_])")  # "Ann Lee. Herald International"

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++\.[\w.]++")

_PARENTHESES = re.compile(r"\s*[(\[（【][^)\]）】]{0,200}[)\]）】]")


def cut_byline(text: str, publications: frozenset[str] = frozenset()) -> str:
    """Return a byline without "By", addresses, brackets, roles, and text after a stroke.

    Those who made the pictures are no authors.
    """
    rest = _WITH_AGENCIES.sub("", squash(DATE.sub(" | ", _HANDLE.sub(" ", _EMAIL.sub(" ", text)))))
    if not rest.startswith(("(", "[", "（", "【")):
        rest = _PARENTHESES.sub("", rest)
    else:
        rest = ""

    rest = _FUSED_BY.sub("", _PICTURES.sub("", rest), count=1)
    while (shorter := _BY.sub("", rest, count=1)) != rest:
        rest = shorter

    parts = [part for part in _CUT.split(rest) if LETTER.search(part)]
    others = (
        part for part in parts if not is_only_role(part) and plain_name(part) not in publications
    )
    named = next(others, parts[0] if parts else "")

    if is_only_role(named):
        return strip_marks(named)

    named = _TAIL.sub("", named)
    first, *rest_of_it = _SENTENCE.split(named)
    return _without_role(
        _without_leading_role(
            strip_marks(first if rest_of_it and len(first.split()) > 1 else named)
        )
    )


def _without_role(name: str) -> str:
    """Strip a job title that follows the name without a separator: "Ann Lee Senior Reporter"."""
    words = name.split(" ")
    if "," in name or words[-1].lower() in DESKS - ROLE_STARTS or is_desk(name):
        return name

    lowered = [word.lower() for word in words]
    if any(word in BEATS for word in lowered[:2]):
        return name  # "Luxury Travel Expert"

    for place in range(2, len(words)):
        if is_role_run(lowered[place:]) or (place < 4 and lowered[place] in ROLE_STARTS):
            return " ".join(words[:place])

    return name


def _without_leading_role(name: str) -> str:
    """Strip a job title before the name: "Political Editor Ann Lee"."""
    words = name.split(" ")
    lowered = [word.lower() for word in words]

    for place in range(len(words) - 2, 0, -1):
        is_role_before = is_role_run(lowered[:place]) and lowered[place - 1] in ROLE_WORDS
        if (is_role_before or _is_compound_role(lowered[:place])) and not is_role(
            " ".join(words[place:])
        ):
            return " ".join(words[place:])

    return name


def _is_compound_role(words: list[str]) -> bool:
    """Whether one word is a compound that is a role."""
    return (
        len(words) == 1
        and words[0].endswith(ROLE_ENDS)
        and len(words[0]) >= MIN_COMPOUND_CHARS + len("reporter")
    )


def strip_marks(name: str) -> str:
    """Return a name without the punctuation around it."""
    return name.strip(' &\u200b\u200e\u200f,;:|/／–—-*"“”„«»')
