"""Terms of notices, counted in all blocks of a page at once."""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

# Terms of notices that a reader would never take for the article, found anywhere in a block (lower
# case).
TERMS = {
    "consent": (
        "cookie|consent|opt-out|opt out|privacy|personal data|personal information|gdpr|ccpa|"
        "third part|datenschutz|einwillig|externer inhalt|externe inhalte|externen inhalt|"
        "personenbezogen|einverstanden|données personnelles|confidentialité|contenu externe|"
        "datos personales|privacidad|dados pessoais|dati personali|informativa|persoonsgegevens|"
        "personopplysninger|personuppgifter|dane osobowe|персональных данных|javascript|browser"
    ),
    "offer": (
        "subscri|newsletter|inbox|sign up|free trial|download the app|whatsapp|telegram|facebook|"
        "twitter|instagram|youtube|linkedin|tiktok|abonn|suscr|assin|iscri|podcast|donat|our app|@"
    ),
    "rules": (
        "comment|moderat|copyright|©|all rights|permission|republish|terms of|disclaimer|affiliate|"
        "commission|advert|sponsor"
    ),
}
_GRAM = 4  # bytes
_ONE_GRAM = "<u4"
_SLOTS = 1 << 16  # of the table of grams; one in a thousand grams of other text hits one

# Terms and their groups by their first bytes, and the terms that have fewer bytes.
_BY_GRAM: dict[bytes, list[tuple[bytes, str]]] = defaultdict(list)
_SHORT: list[tuple[bytes, str]] = []
for _group, _terms in TERMS.items():
    for _term in map(str.encode, _terms.split("|")):
        if len(_term) < _GRAM:
            _SHORT.append((_term, _group))
        else:
            _BY_GRAM[_term[:_GRAM]].append((_term, _group))


def count_terms(page: str, ends: NDArray[np.int64]) -> dict[str, Array]:
    """Count the terms of each group in each text.

    Args:
        page: all texts in lower case, with a character between them.
        ends: how many characters into the page each text and the character after it end.
    """
    utf8 = page.encode("utf-8", "replace")
    if len(utf8) > len(page):
        ends = _places_in_bytes(utf8, ends)

    places: dict[str, list[int]] = {group: [] for group in TERMS}
    for group, place in _find_terms(utf8):
        places[group].append(place)

    return {group: _count_below(ends, found) for group, found in places.items()}


def _places_in_bytes(utf8: bytes, ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the places of characters as places of bytes; those after the last are moved to it."""
    is_first = (np.frombuffer(utf8, np.uint8) & 0xC0) != 0x80  # of the bytes of a character
    firsts = np.append(np.flatnonzero(is_first), len(utf8))
    return firsts[np.minimum(ends, len(firsts) - 1)]


def _count_below(ends: NDArray[np.int64], places: list[int]) -> Array:
    """Count the places in each text, by the ends of the texts."""
    texts = np.searchsorted(ends, np.array(places, np.int64), side="right")
    return np.bincount(np.minimum(texts, len(ends) - 1), minlength=len(ends)).astype(float)


def _find_terms(utf8: bytes) -> Iterator[tuple[str, int]]:
    """Yield the group and the place, in bytes, of each term.

    A search for each of the terms would go over the page 67 times.
    """
    for at in _find_grams(utf8):
        for term, group in _BY_GRAM.get(utf8[at : at + _GRAM], ()):
            if utf8.startswith(term, at):
                yield group, at

    for term, group in _SHORT:
        at = utf8.find(term)
        while at >= 0:
            yield group, at
            at = utf8.find(term, at + 1)


def _find_grams(utf8: bytes) -> Iterator[int]:
    """Yield places, in bytes, where a term may begin, by the first bytes of a term."""
    padded = utf8 + bytes(2 * _GRAM)
    for offset in range(_GRAM):
        aligned = padded[offset : offset + len(utf8) // _GRAM * _GRAM + _GRAM]
        grams = np.frombuffer(aligned, _ONE_GRAM)
        hits = np.flatnonzero(_IS_GRAM[_slot(grams)])
        yield from (hits * _GRAM + offset).tolist()


def _slot(grams: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return the places of grams in a table of _SLOTS: Knuth's multiplicative hashing."""
    return (grams * np.uint32(2_654_435_761)) >> np.uint32(16)


_IS_GRAM = np.zeros(_SLOTS, dtype=bool)
_IS_GRAM[_slot(np.frombuffer(b"".join(_BY_GRAM), _ONE_GRAM))] = True
