"""The article record: what a page becomes, flat and complete in itself."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Self, TypedDict

from newsspider.kinds import ARTICLE_KINDS, Kind
from newsspider.text import clean_text, drop_break_hints
from newsspider.urls import canonical_key, shorten_key


class LiveUpdate(TypedDict):
    """One entry of a live blog."""

    time: str | None
    title: str | None
    text: str


@dataclass(frozen=True, kw_only=True)
class ArticleRecord:
    """One page's record; a field the page does not give is None or empty, never "" or "NULL".

    Dates are ISO 8601 strings with the time and zone that the page gave: a day alone stays `YYYY-MM-DD`.
    The names follow schema.org NewsArticle where it has one; the README has the table.
    """

    url: str | None = None
    canonical_url: str | None = None
    site: str | None = None
    source: str | None = None
    kind: Kind = "article"
    reason: str | None = None
    warnings: tuple[str, ...] = ()
    title: str | None = None
    description: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    image: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    author_urls: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    body: str | None = None
    body_markdown: str | None = None
    word_count: int | None = None
    body_hash: str | None = None
    is_free: bool | None = None
    confidence: float | None = None
    provenance: dict[str, str] = field(default_factory=dict)
    fetched_at: str | None = None
    version: int = 1
    first_seen: str | None = None
    pages: tuple[str, ...] = ()
    live_updates: tuple[LiveUpdate, ...] = ()
    also_at: tuple[str, ...] = ()
    duplicate_of: str | None = None
    similarity: float | None = None
    extraction_version: str | None = None

    def __post_init__(self) -> None:
        """Take out what no store, file or terminal takes: the page's text may hold anything, from anywhere."""
        for name in TEXT_FIELDS:
            value = getattr(self, name)
            if value and (clean := clean_value(value, prose=name in PROSE_FIELDS)) != value:
                object.__setattr__(self, name, clean)  # the one way into a frozen object while it is made

    @property
    def is_article(self) -> bool:
        """Whether the record goes to the articles; all others go to quarantine."""
        return self.kind in ARTICLE_KINDS

    @property
    def key(self) -> str:
        """What makes two records one: the accepted canonical URL, else the URL, else the source with its text.

        Different pages may come from one source: standard input, or the same relative path in two folders.
        """
        key = canonical_key(self.url, self.canonical_url)
        return key or shorten_key(f"source:{self.source or ''}#{self.body_hash or ''}")

    def to_dict(self) -> dict[str, Any]:
        """Return the record as JSON types: lists for tuples, every field present, in the documented order."""
        return {name: _as_json_type(getattr(self, name)) for name in FIELD_NAMES}

    def to_json(self) -> str:
        """Return the record as one line of JSON, characters as they are."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Build a record from `to_dict`'s form; unknown names are ignored, so that older readers can go on."""
        known: dict[str, Any] = {name: values[name] for name in FIELD_NAMES if name in values}
        known |= {name: tuple(known[name] or ()) for name in LIST_FIELDS & known.keys()}
        return cls(**known)


def _as_json_type(value: Any) -> Any:
    """Return a field's value in lists and objects of its own."""
    if isinstance(value, tuple):
        return [_as_json_type(each) for each in value]
    return dict(value) if isinstance(value, dict) else value


def clean_value(value: Any, *, prose: bool) -> Any:
    """Return a field's value with its text cleaned; a text that is nothing else is None.

    Prose loses its break hints, too; in addresses and file names each character counts.
    """
    match value:
        case str():
            return clean_text(drop_break_hints(value) if prose else value) or None
        case tuple():
            return tuple(clean for each in value if (clean := clean_value(each, prose=prose)))
        case {"text": str()}:  # an entry of a live blog
            entry = {name: clean_value(each, prose=prose) for name, each in value.items()}
            return entry if entry["text"] else None
        case _:
            return value


def record_schema() -> dict[str, Any]:
    """Return the JSON schema (draft 2020-12) of a record as `to_dict` and `to_json` give it."""
    from importlib.resources import files  # here: it loads slowly, and only who checks records asks

    schema: dict[str, Any] = json.loads(files("newsspider").joinpath("record.schema.json").read_text(encoding="utf-8"))
    return schema


FIELD_NAMES: tuple[str, ...] = tuple(field.name for field in fields(ArticleRecord))
# What a page writes; the rest is ours.
TEXT_FIELDS: tuple[str, ...] = tuple(
    name
    for name in FIELD_NAMES
    if name not in {"kind", "provenance", "word_count", "body_hash", "is_free", "confidence", "version", "similarity"}
)
PROSE_FIELDS: frozenset[str] = frozenset(
    "title description section tags publisher authors body body_markdown live_updates".split()
)
LIST_FIELDS: frozenset[str] = frozenset(field.name for field in fields(ArticleRecord) if field.default == ())
