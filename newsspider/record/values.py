"""The values of a record's fields: entries with names, rules for the JSON schema, and their cleaning."""

from typing import Any, TypedDict

from newsspider.text import clean_text, drop_break_hints

# Keywords of JSON schema for the values of some fields.
WEB_ADDRESS = {"pattern": "^https?://"}
LANGUAGE_TAG = {"pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"}
DATE = {"pattern": r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$"}
HASH = {"pattern": "^[0-9a-f]{32}$"}
SHARE = {"minimum": 0, "maximum": 1}
ORIGINS = {
    "additionalProperties": {"enum": ("json-ld meta markup feed news-sitemap profile url text model site mend".split())}
}


GENRES = (
    "news opinion editorial analysis background review interview profile reportage feature obituary fact_check letter "
    "press_release sponsored satire"
).split()


class LiveUpdate(TypedDict):
    """One entry of a live blog."""

    time: str | None
    title: str | None
    text: str


class Picture(TypedDict):
    """An image of the article: its address, what the page prints below it, and the text that stands in for it."""

    url: str
    caption: str | None
    credit: str | None
    alt: str | None


class Rights(TypedDict):
    """What the page says of its rights.

    `license` is an address or a name. `robots` are the words that reserve something, from meta
    elements and X-Robots-Tag. `tdm_reservation` and `tdm_policy` follow the W3C community group's
    TDM Reservation Protocol.
    """

    license: str | None
    copyright: str | None
    usage_terms: str | None
    robots: tuple[str, ...]
    tdm_reservation: bool | None
    tdm_policy: str | None


NOTHING: tuple[Any, ...] = (None, (), {})  # values of fields that a page does not give
# Without these an entry says nothing.
_NEEDED = frozenset({"text", "url"})


def clean_value(value: Any, *, prose: bool) -> Any:
    """Return a field's value with its text cleaned; a text that is nothing else is None, or left out of a list.

    Prose loses its break hints, too; in addresses and file names each character counts. None in a
    list stays.
    """
    match value:
        case str():
            return clean_text(drop_break_hints(value) if prose else value) or None
        case tuple():
            return tuple(clean for each in value if (clean := clean_value(each, prose=prose)) or each is None)
        case dict():
            entry = {name: clean_value(each, prose=prose) for name, each in value.items()}
            return entry if all(entry[name] for name in _NEEDED & entry.keys()) else None
        case _:
            return value


def as_json_type(value: Any) -> Any:
    """Return a field's value in lists and objects of its own."""
    if isinstance(value, tuple):
        return [as_json_type(each) for each in value]
    return {name: as_json_type(each) for name, each in value.items()} if isinstance(value, dict) else value


def as_tuples(value: Any) -> Any:
    """Return a field's value with tuples for JSON's lists."""
    if isinstance(value, list | tuple):
        return tuple(as_tuples(each) for each in value)
    return {name: as_tuples(each) for name, each in value.items()} if isinstance(value, dict) else value
