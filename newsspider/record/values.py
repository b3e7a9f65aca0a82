"""The values of a record's fields: nested objects, rules for the JSON schema, cleaning."""

from collections.abc import Iterator
from typing import Any, TypedDict

from newsspider.text import clean_text, drop_break_hints

# Keywords of JSON schema for the values of some fields.
WEB_ADDRESS = {"pattern": "^https?://"}
LANGUAGE_TAG = {"pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"}
DATE = {"pattern": r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$"}
HASH = {"pattern": "^[0-9a-f]{32}$"}
SHARE = {"minimum": 0, "maximum": 1}
ORIGINS = {
    "additionalProperties": {
        "enum": (
            "json-ld meta markup feed news-sitemap profile url text model site wrapper mend".split()
        )
    }
}


GENRES = (
    "news opinion editorial analysis background review interview profile reportage feature "
    "obituary fact_check letter press_release sponsored satire"
).split()


class LiveUpdate(TypedDict):
    """One entry of a live blog."""

    time: str | None
    title: str | None
    text: str


class Picture(TypedDict):
    """An image of the article: its address, caption, credit and alternative text."""

    url: str
    caption: str | None
    credit: str | None
    alt: str | None


class Rights(TypedDict):
    """The rights that the page declares.

    `license` is an address or a name. `robots` are the words that reserve something, from meta
    elements and X-Robots-Tag. `tdm_reservation` and `tdm_policy` follow the TDM Reservation
    Protocol of a W3C community group.
    """

    license: str | None
    copyright: str | None
    usage_terms: str | None
    robots: tuple[str, ...]
    tdm_reservation: bool | None
    tdm_policy: str | None


NOTHING: tuple[Any, ...] = (None, (), {})  # values of fields that a page does not have
# An entry without these is useless.
_NEEDED = frozenset({"text", "url"})


def clean_value(value: Any, *, prose: bool) -> Any:
    """Return a field's value with its text cleaned; empty text becomes None or leaves its list.

    Prose also loses its break hints; in addresses and file names each character counts. None in a
    list stays.
    """
    if isinstance(value, str):
        return clean_text(drop_break_hints(value) if prose else value) or None

    if isinstance(value, tuple):
        return tuple(_iter_clean(value, prose=prose))

    if isinstance(value, dict):
        return _clean_entry(value, prose=prose)

    return value


def _iter_clean(values: tuple[Any, ...], *, prose: bool) -> Iterator[Any]:
    for each in values:
        clean = clean_value(each, prose=prose)
        if clean or each is None:
            yield clean


def _clean_entry(entry: dict[str, Any], *, prose: bool) -> dict[str, Any] | None:
    """Return an entry with its texts cleaned, or None if a text that it needs is empty."""
    clean = {name: clean_value(each, prose=prose) for name, each in entry.items()}
    needed = _NEEDED & clean.keys()
    return clean if all(clean[name] for name in needed) else None


def as_json_type(value: Any) -> Any:
    """Return a copy of a field's value with lists for tuples."""
    if isinstance(value, tuple):
        return [as_json_type(each) for each in value]
    if isinstance(value, dict):
        return {name: as_json_type(each) for name, each in value.items()}
    return value


def as_tuples(value: Any) -> Any:
    """Return a copy of a field's value with tuples for lists."""
    if isinstance(value, list | tuple):
        return tuple(as_tuples(each) for each in value)
    if isinstance(value, dict):
        return {name: as_tuples(each) for name, each in value.items()}
    return value
