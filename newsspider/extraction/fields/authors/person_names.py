"""From a byline to names: split, cleaned of what is no name, as printed, in order."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from newsspider.extraction.fields.authors.agency_names import LONG_SPELLINGS, agency_named
from newsspider.extraction.fields.authors.byline_words import (
    AND_WORDS,
    BEATS,
    BY_LABELS,
    BY_WORDS,
    DESKS,
    MIN_COMPOUND_CHARS,
    NOBODY,
    NOISE,
    PARTICLES,
    ROLE_ENDS,
    ROLE_STARTS,
    ROLE_WORDS,
    SUFFIXES,
    any_of,
)
from newsspider.text import split_words, squash
from newsspider.urls import is_web_url

MAX_NAME_WORDS, MAX_NAME_CHARS = 7, 70  # a name; agencies have the longest
MAX_TEXT_CHARS = 2_000  # read of one text; papers of a hundred authors have less
MAX_UNSPACED_NAME = 6  # characters of a Chinese, Japanese or Korean name
_BY = re.compile(
    rf"^(?:(?:{any_of(BY_WORDS)})(?!\w)\s*(?:[:：/／|–-]\s*|\s|(?<=[^\x00-\u2fff]))(?!(?:der|den|"
    rf"dem)\s)|(?:{any_of((*BY_LABELS, *BY_WORDS, 'di'))})\s*[:：/／]\s*|di\s+(?=\w+\s\w)"
    r"|(?:eingestellt|gepostet|veröffentlicht) von\s+)",
    re.I,
)
_FUSED_BY = re.compile(
    r"^(?:[Ww]ritten\s)?[Bb]y(?=[A-Z])(?!Y?[A-Z]{2,}$)"
)  # a lost blank: "ByAnn Lee"
_CUT = re.compile(r"\s*[|•·⋅■\n\t]\s*|\s+[–—-]\s+")
_STRONG = re.compile(r"\s*[;；]\s*")
_SLASH = re.compile(r"\s*[/／]\s*")
DATE = re.compile(
    r"(?:\b(?:on|am|le|el|den|vom|"
    r"på)\s+(?:[^\W\d_]{3,10},\s+)?)?(?:[^\W\d_]{3,12}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|"
    r"\d{1,2}\.?\s(?:de\s)?[^\W\d_]{3,12}\.?,?\s(?:de\s)?\d{4}|"
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4})(?:[\s,]+\d{1,2}[:.]\d\d(?:\s?[ap]m)?)?",
    re.I,
)
_WITH_AGENCIES = re.compile(r"\s+(?:with|mit|avec|con)\s+(?:agenc|agent|agenz).*$", re.I)
_JOINING = re.compile(
    rf"\s(?:mit|with|avec|con|met|med|{any_of(AND_WORDS)})$", re.I
)  # "Ann Lee mit AP"
_HANDLE = re.compile(r"@\w+")
# What follows a name unparted and is none of it.
_TAIL = re.compile(
    r"(?:\s*(?<=[a-zß-ÿ])Follow$)|\s+(?:(?:last\s)?updated|published|posted|stand|aktualisiert|"
    r"veröffentlicht|shares|\d{1,3}[\s-]*min(?:ute)?s?\b|am\s*[|]|(?:(?:at|um|às|alle|à|kl\.?|om|"
    r"saat)\s)?\d{1,2}[:.h]\d\d\b).*$",
    re.I,
)
_ARTICLE = re.compile(r"^(?:the|die|der|das|le|la|les|el|il)\s+", re.I)
_DESK_END = re.compile(
    r"(?<![\s-])[\s-]++(?:redaktion|redazione|rédaction|redacción|redactie|newsroom)$", re.I
)
_SENTENCE = re.compile(r"(?<=[^\W\d_]{3})\.\s+(?=[^\W\d_])")  # "Ann Lee. Herald International"
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++\.[\w.]++")
_PARENTHESES = re.compile(r"\s*[(\[（【][^)\]）】]{0,200}[)\]）】]")
_AND = re.compile(rf"\s+(?:{any_of(AND_WORDS)})\s+", re.I)
_LETTER_BETWEEN = re.compile(r"\s[^\W\d_]\s")  # Ortega y Gasset
_COMMA = re.compile(r"\s*[,،、，;；]\s*(?:(?:and|und|et|y|og|och|en|&)\s+)?")
_CREDENTIAL = re.compile(
    r"(?:[A-Z][A-Za-z]?\.?){1,5}®?(?:-[A-Z]+)?|Ph\.?D\.?|[A-Z]{2,}®?(?:\s\d+)?"
)
_NOT_DECLARED = re.compile(
    r"[@#{}<>=\\©:]|(?<![^\W_])_|_(?![^\W_])|\bgetty\b|\bunsplash\b|^\w+(?:\.\w+){2,}$|^image\b|"
    r"^photo\b|view all|\bon (?:facebook|twitter|instagram|linkedin|youtube|x)$"
)
_LETTER = re.compile(r"[^\W\d_]")
_LOWER = re.compile(r"[a-zà-öø-ÿ]")


def clean_names(
    texts: Iterable[str],
    outlets: Iterable[str] = (),
    *,
    whole: bool = False,
    declared: bool = False,
) -> tuple[str, ...]:
    """Return the names in some texts, each once, in order.

    Args:
        texts: each a name or a byline of several.
        outlets: names of the publication, which are cut off behind a person's name.
        whole: whether a text is one name already, such as an organisation's: cleaned, but not
            split.
        declared: whether the texts are stated to be names, so that they need not look like some.

    >>> clean_names(["By Ann Lee, Jr. and Bob Ray"]), clean_names(["Von Anna Lee | 24.03.2026"])
    (('Ann Lee, Jr.', 'Bob Ray'), ('Anna Lee',))
    """
    publications = frozenset(plain_name(outlet) for outlet in outlets) - {""}
    found: dict[str, str] = {}

    for text in (each[:MAX_TEXT_CHARS] for each in texts):
        if text.lstrip().lower().startswith(("http", "www.", "//")):
            continue

        for name in _whole_names(text) if whole else split_names(text, publications):
            if not is_only_role(name) and (is_name(name) or (declared and can_be_declared(name))):
                found.setdefault(plain_name(name), name)

    return tuple(found.values())


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """Return a name's letters and digits in lower case: the form in which names are compared."""
    return "".join(re.findall(r"\w+", name.lower()))


@lru_cache(maxsize=1024)  # a page states the same byline several times
def split_names(text: str, publications: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the names that a byline joins."""
    return tuple(_iter_names(text, publications))


def _iter_names(text: str, publications: frozenset[str]) -> Iterator[str]:
    """Yield the names between commas, strokes and "and"."""
    for chunk in _split_strokes(_cut(text, publications)):
        for part in _join_suffixes(_COMMA.split(chunk), publications):
            yield from _split_joined(part, publications)


def _whole_names(text: str) -> Iterator[str]:
    """Yield an organisation's name as it is, and wire services that strokes part each apart."""
    name = _cut(text)
    pieces = _SLASH.split(name)
    yield from pieces if all(map(agency_named, pieces)) else [name]


def _split_strokes(text: str) -> Iterator[str]:
    """Yield the parts between semicolons, and between strokes where each is a name of its own."""
    for chunk in _STRONG.split(text):
        pieces = [piece for piece in _SLASH.split(chunk) if _LETTER.search(piece)]
        if len(pieces) > 1 and all(is_name(piece) and len(piece) > 1 for piece in pieces):
            for place, piece in enumerate(pieces):
                if not place or not is_only_role(piece):
                    yield piece
        elif chunk:
            yield chunk


def _split_joined(part: str, publications: frozenset[str]) -> Iterator[str]:
    """Yield the names that "and" joins, and a wire service apart from the name before it."""
    if plain_name(part) in publications:
        yield _strip(part)
        return

    pieces = _AND.split(part)
    own = publications
    if any(map(agency_named, pieces)):
        own = frozenset()  # "The Herald and AFP" are two

    if _are_several(pieces, part) and all(_could_stand_alone(piece, own) for piece in pieces):
        for piece in pieces:
            yield from _split_agency(_strip(piece))
    else:
        yield from _split_agency(_strip(part))


def _split_agency(name: str) -> Iterator[str]:
    """Yield a name and the wire service that follows it unparted: "Ann Lee Associated Press"."""
    first, _, last = name.rpartition(" ")
    lowered = name.casefold()

    if lowered.endswith(LONG_SPELLINGS):
        long = next(each for each in LONG_SPELLINGS if lowered.endswith(each))
        first, last = name[: -len(long)].strip(), name[-len(long) :]

    first = _JOINING.sub("", first)
    if (
        len(first.split()) > 1
        and is_person(first)
        and agency_named(last)
        and not agency_named(name)
    ):
        yield from (first, last)
    else:
        yield name


def _cut(text: str, publications: frozenset[str] = frozenset()) -> str:
    """Return a byline without "By", addresses, brackets, roles, and what follows a stroke."""
    rest = _WITH_AGENCIES.sub("", squash(DATE.sub(" | ", _HANDLE.sub(" ", _EMAIL.sub(" ", text)))))
    if not rest.startswith(("(", "[", "（", "【")):
        rest = _PARENTHESES.sub("", rest)
    else:
        rest = ""

    rest = _FUSED_BY.sub("", rest, count=1)
    while (shorter := _BY.sub("", rest, count=1)) != rest:
        rest = shorter

    parts = [part for part in _CUT.split(rest) if _LETTER.search(part)]
    others = (
        part for part in parts if not is_only_role(part) and plain_name(part) not in publications
    )
    named = next(others, parts[0] if parts else "")

    if is_only_role(named):
        return _strip(named)

    named = _TAIL.sub("", named)
    first, *rest_of_it = _SENTENCE.split(named)
    return _without_role(
        _without_leading_role(_strip(first if rest_of_it and len(first.split()) > 1 else named))
    )


def _without_role(name: str) -> str:
    """Return a name without what its bearer is, where that follows unparted: "Ann Lee Senior Reporter"."""
    words = name.split(" ")
    if "," in name or words[-1].lower() in DESKS - ROLE_STARTS or is_desk(name):
        return name

    lowered = [word.lower() for word in words]
    if any(word in BEATS for word in lowered[:2]):
        return name  # "Luxury Travel Expert"

    for place in range(2, len(words)):
        if _is_role_run(lowered[place:]) or (place < 4 and lowered[place] in ROLE_STARTS):
            return " ".join(words[:place])

    return name


def _without_leading_role(name: str) -> str:
    """Return a name without what its bearer is where that stands before it: "Political Editor Ann Lee"."""
    words = name.split(" ")
    lowered = [word.lower() for word in words]

    for place in range(len(words) - 2, 0, -1):
        is_role_before = _is_role_run(lowered[:place]) and lowered[place - 1] in ROLE_WORDS
        if (is_role_before or _is_compound_role(lowered[:place])) and not is_role(
            " ".join(words[place:])
        ):
            return " ".join(words[place:])

    return name


def _is_compound_role(words: list[str]) -> bool:
    """Whether one word is a compound that says what somebody is."""
    return (
        len(words) == 1
        and words[0].endswith(ROLE_ENDS)
        and len(words[0]) >= MIN_COMPOUND_CHARS + len("reporter")
    )


def _is_role_run(words: list[str]) -> bool:
    """Whether words are a role and what it is for, nothing else."""
    return any(word in ROLE_WORDS for word in words) and all(
        word in ROLE_WORDS or word in BEATS for word in words
    )


def is_desk(name: str) -> bool:
    """Whether a name is that of a desk that signs as a whole.

    >>> is_desk("Herald Editorial Staff"), is_desk("Staff Reporter"), is_desk("Ann Lee Staff Reporter")
    (True, True, False)
    """
    words = name.lower().split()
    return bool(words) and (words[-1] in DESKS or (len(words) == 2 and words[0] in DESKS))


def is_only_role(text: str) -> bool:
    """Whether words say what somebody is and name nobody, not even a desk.

    >>> [is_only_role(text) for text in ("Marketing and Event Coordinator", "Staff Reporter", "Ann Lee, Editor")]
    [True, False, False]
    """
    words = [
        word for word in re.split(r"[\s,/&-]+", text.lower()) if word and word not in AND_WORDS
    ]
    words = [word for word in words if word not in PARTICLES]

    return _is_role_run(words) and not is_desk(text)


def _strip(name: str) -> str:
    return name.strip(' &\u200b\u200e\u200f,;:|/／–—-*"“”„«»')


def _join_suffixes(parts: list[str], publications: frozenset[str]) -> Iterator[str]:
    """Yield the parts that commas part, with "Jr." and degrees back at their names, without roles and outlets."""
    if len(parts) == 2 and not any(
        is_person(part) or is_suffix(part) or agency_named(part) for part in parts
    ):
        yield ", ".join(parts)  # Lee, Ann
        return

    if len(parts) > 2 and all(len(part.split()) == 1 for part in parts):
        parts = parts[:1]  # an agency and the sections it is filed under

    name = ""
    for part in parts:
        if name and agency_named(part):
            yield name
            name = part
        elif name and (_is_outlet(part, publications) or _is_place_after(part, name)):
            continue
        elif name and is_suffix(part):
            name = f"{name}, {part}"
        elif name and (is_role(part) or _LOWER.match(part) or _is_beat(part)):
            continue
        else:
            if name:
                yield name

            name = part

    if name:
        yield name


def _is_beat(part: str) -> bool:
    """Whether words say nothing but what somebody writes about or leads: "Content & Marketing"."""
    return all(word in BEATS or word in AND_WORDS for word in part.lower().split())


def is_outlet(name: str, outlets: Iterable[str]) -> bool:
    """Whether a name is the publication's, alone or with a word behind: "Herald News", "herald.example".

    >>> [is_outlet(name, ["herald.example", "Herald"]) for name in ("HERALD", "Herald Online", "herald.de", "Ann Lee")]
    [True, True, True, False]
    """
    publications = frozenset(plain_name(outlet) for outlet in outlets) - {""}
    bare = _ARTICLE.sub("", re.sub(r"\.\w{2,}$", "", _DESK_END.sub("", name)))

    return _is_outlet(name, publications) or plain_name(bare) in publications


def _is_outlet(part: str, publications: frozenset[str]) -> bool:
    """Whether a part names the publication, or one of its stations: "MDR THÜRINGEN" of mdr.de."""
    return plain_name(part) in publications or plain_name(part.split(" ")[0]) in publications


def _is_place_after(part: str, name: str) -> bool:
    """Whether a part is where a dateline says that a person or a wire service wrote: "Ann Lee, Lille"."""
    known = bool(agency_named(name)) or (len(name.split()) > 1 and not _COMMA.search(name))
    return (
        known
        and len(part.split()) == 1
        and part[0].isupper()
        and part.isalpha()
        and not _is_degree(part, name)
    )


def _is_degree(part: str, name: str) -> bool:
    """Whether a part behind a person's name is "Jr." or a degree."""
    return is_suffix(part) and not agency_named(name)


def is_suffix(part: str) -> bool:
    """Whether a part behind a comma is "Jr." or a degree rather than a name."""
    words = part.strip(" .").split()
    if not words:
        return False

    return words[0].strip(".").lower() in SUFFIXES or (
        len(words) <= 2 and all(_CREDENTIAL.fullmatch(word) for word in words)
    )


def is_role(text: str) -> bool:
    """Whether words say what somebody is.

    >>> is_role("Senior Health Reporter"), is_role("Ann Lee")
    (True, False)
    """
    return any(word.strip(".,").lower() in ROLE_WORDS for word in re.split(r"[\s/-]+", text))


def _are_several(pieces: list[str], joined: str) -> bool:
    """Whether pieces beside "and" are alike: whole names, or first names alone, which no single letter joins."""
    single = [len(piece.split()) == 1 for piece in pieces if not agency_named(piece)]
    return len(pieces) > 1 and (
        not any(single) or (all(single) and not _LETTER_BETWEEN.search(joined))
    )


def _could_stand_alone(piece: str, publications: frozenset[str]) -> bool:
    """Whether what stands beside "and" is a person's name and no half of an organisation's."""
    words = piece.split()
    if agency_named(piece):
        return True

    if (
        not words
        or not is_name(_strip(piece))
        or plain_name(piece) in publications
        or agency_named(words[-1])
    ):
        return False

    return len(words) > 1 or bool(re.match(r"[^\W\d_]", words[0]) and words[0][0].isupper())


def is_person(name: str) -> bool:
    """Whether a name has the parts of a person's: several words, or the few characters of a script without spaces.

    >>> is_person("Ann Lee"), is_person("松岡大地"), is_person("Agenturen")
    (True, True, False)
    """
    return len(name.split()) > 1 or (2 <= len(split_words(name)) == len(name) <= MAX_UNSPACED_NAME)


def _names_nobody(lowered: str) -> bool:
    """Whether words in lower case are what systems put where no author is given: "no author"."""
    return lowered in NOBODY or all(word in NOBODY or word == "no" for word in lowered.split())


def can_be_declared(text: str) -> bool:
    """Whether a text that is stated to be a name can be one, whatever its letters look like."""
    lowered = text.lower()
    return (
        2 <= len(text) <= MAX_NAME_CHARS
        and bool(_LETTER.search(text))
        and len(text.split()) <= MAX_NAME_WORDS
        and not _names_nobody(lowered)
        and not is_web_url(text)
        and not _NOT_DECLARED.search(lowered)
    )


@lru_cache(maxsize=4096)
def is_name(text: str) -> bool:
    """Whether a text can be a person's or an agency's name.

    >>> [is_name(text) for text in ("Ann Lee", "dpa", "View all posts", "24 March 2026", "The ferry sails again.")]
    [True, True, False, False, False]
    """
    words = text.split()
    if (
        not 1 <= len(words) <= MAX_NAME_WORDS
        or not 2 <= len(text) <= MAX_NAME_CHARS
        or not _LETTER.search(text)
    ):
        return False

    if (
        NOISE.search(text)
        or _NOT_DECLARED.search(text.lower())
        or is_web_url(text)
        or _names_nobody(text.lower())
        or text.endswith(("?", "!", "…"))
    ):
        return False

    if sum(c.isdigit() for c in text) > 3 or (words[0].isdigit() and len(words) > 1):
        return False

    if text.endswith(".") and len(words) > 3 and len(words[-1]) > 5:
        return False

    small = [word for word in words if _LOWER.match(word) and word.lower() not in PARTICLES]
    is_small_desk = (
        len(words) == 2 and is_desk(text) and words[1][0].isupper()
    )  # "herald.example Redaktion"
    return len(words) == 1 or len(small) <= len(words) / 3 or is_small_desk
