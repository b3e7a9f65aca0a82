"""Split a byline into names, as printed, in order, without other text."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import filterfalse, pairwise

from newsspider.extraction.fields.authors.agency_names import LONG_SPELLINGS, agency_named
from newsspider.extraction.fields.authors.byline_words import (
    AND_WORDS,
    BEATS,
    any_of,
)
from newsspider.extraction.fields.authors.name_checks import (
    LETTER,
    LOWER_CASE,
    can_be_declared,
    is_name,
    is_only_role,
    is_person,
    is_role,
    is_suffix,
    names_publication,
    plain_name,
)
from newsspider.extraction.fields.authors.name_parts import cut_byline, strip_marks

MAX_TEXT_CHARS = 2_000  # read of one text; papers of a hundred authors have less

_STRONG = re.compile(r"\s*[;；]\s*")

_SLASH = re.compile(r"\s*[/／]\s*")

# "Ann Lee mit AP".
_JOINING = re.compile(rf"\s(?:mit|with|avec|con|met|med|{any_of(AND_WORDS)})$", re.I)

_AND = re.compile(rf"\s+(?:{any_of(AND_WORDS)})\s+", re.I)

_LETTER_BETWEEN = re.compile(r"\s[^\W\d_]\s")  # Ortega y Gasset

_COMMA = re.compile(r"\s*[,،、，;；]\s*(?:(?:and|und|et|y|og|och|en|&)\s+)?")


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


@lru_cache(maxsize=1024)  # a page states the same byline several times
def split_names(text: str, publications: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the names that a byline joins."""
    return tuple(_iter_names(text, publications))


def _iter_names(text: str, publications: frozenset[str]) -> Iterator[str]:
    """Yield the names between commas, strokes and "and"."""
    for chunk in _split_strokes(cut_byline(text, publications)):
        for part in _join_suffixes(_COMMA.split(chunk), publications):
            yield from _split_joined(part, publications)


def _whole_names(text: str) -> Iterator[str]:
    """Yield an organisation's name as it is, and wire services that strokes part each apart."""
    name = cut_byline(text)
    pieces = _SLASH.split(name)
    yield from pieces if all(map(agency_named, pieces)) else [name]


def _split_strokes(text: str) -> Iterator[str]:
    """Yield the parts between semicolons, and between strokes where each is a name of its own."""
    for chunk in _STRONG.split(text):
        pieces = [piece for piece in _SLASH.split(chunk) if LETTER.search(piece)]
        if _are_names(pieces):
            yield from (pieces[0], *filterfalse(is_only_role, pieces[1:]))
        elif chunk:
            yield chunk


def _are_names(pieces: list[str]) -> bool:
    """Whether there are several pieces, each a name of more than a letter."""
    return len(pieces) > 1 and all(is_name(piece) and len(piece) > 1 for piece in pieces)


def _split_joined(part: str, publications: frozenset[str]) -> Iterator[str]:
    """Yield the names that "and" joins, and a wire service apart from the name before it."""
    if plain_name(part) in publications:
        yield strip_marks(part)
        return

    pieces = _AND.split(part)
    own = publications
    if any(map(agency_named, pieces)):
        own = frozenset()  # "The Herald and AFP" are two

    if _are_several(pieces, part) and all(_could_stand_alone(piece, own) for piece in pieces):
        for piece in pieces:
            yield from _split_agency(strip_marks(piece))
    else:
        yield from _split_agency(strip_marks(part))


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


def _join_suffixes(parts: list[str], publications: frozenset[str]) -> Iterator[str]:
    """Yield the names between commas, with "Jr." and degrees, without roles and outlets."""
    if len(parts) == 2 and not any(map(_is_whole, parts)):
        yield ", ".join(parts)  # Lee, Ann
        return

    if len(parts) > 2 and all(len(part.split()) == 1 for part in parts):
        parts = parts[:1]  # an agency and the sections it is filed under

    name = ""
    for part, after in pairwise((*parts, "")):
        if not name:
            name = part
        elif agency_named(part):
            yield name
            name = part
        elif names_publication(part, publications) or _is_place_after(part, name):
            continue
        elif is_suffix(part):
            name = f"{name}, {part}"
        elif not _is_about_work(part):
            yield name
            name = part
        elif other := _name_after_role(part, after):
            yield name
            name = other

    if name:
        yield name


def _is_whole(part: str) -> bool:
    """Whether a part between commas is more than a first name or a surname."""
    return is_person(part) or is_suffix(part) or bool(agency_named(part))


def _is_about_work(part: str) -> bool:
    """Whether a part after a name is a role or a subject."""
    return is_role(part) or LOWER_CASE.match(part) is not None or _is_beat(part)


def _name_after_role(part: str, after: str) -> str | None:
    """Return the name that "and" joins to a role, if a role follows it, too; None for none.

    >>> _name_after_role("safety expert & Bob Ray", "harbour expert")
    'Bob Ray'
    """
    *role, name = _AND.split(part)
    is_joined = bool(role) and len(name.split()) > 1 and is_person(name) and not is_role(name)
    return name if is_joined and after and _is_about_work(after) else None


def _is_beat(part: str) -> bool:
    """Whether words are only subjects of a role: "Content & Marketing"."""
    return all(word in BEATS or word in AND_WORDS for word in part.lower().split())


def _is_place_after(part: str, name: str) -> bool:
    """Whether a part is the place of a dateline: "Ann Lee, Lille"."""
    is_place = len(part.split()) == 1 and part[0].isupper() and part.isalpha()
    if not is_place or _is_degree(part, name):
        return False

    return bool(agency_named(name)) or (len(name.split()) > 1 and not _COMMA.search(name))


def _is_degree(part: str, name: str) -> bool:
    """Whether a part behind a person's name is "Jr." or a degree."""
    return is_suffix(part) and not agency_named(name)


def _are_several(pieces: list[str], joined: str) -> bool:
    """Whether pieces beside "and" are alike: all whole names, or all first names."""
    single = [len(piece.split()) == 1 for piece in pieces if not agency_named(piece)]
    return len(pieces) > 1 and (
        not any(single) or (all(single) and not _LETTER_BETWEEN.search(joined))
    )


def _could_stand_alone(piece: str, publications: frozenset[str]) -> bool:
    """Whether a piece beside "and" is a person's name and not half of an organisation's."""
    words = piece.split()
    if agency_named(piece):
        return True

    if (
        not words
        or not is_name(strip_marks(piece))
        or plain_name(piece) in publications
        or agency_named(words[-1])
    ):
        return False

    return len(words) > 1 or bool(re.match(r"[^\W\d_]", words[0]) and words[0][0].isupper())
