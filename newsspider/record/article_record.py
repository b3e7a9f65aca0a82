"""The article record: what a page becomes, flat and complete in itself."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from reprlib import Repr
from typing import Annotated, Any, Self

from newsspider.clock import day_in, moment_in
from newsspider.kinds import ARTICLE_KINDS, Kind
from newsspider.record.cards import render_card
from newsspider.record.fields import Field, iter_fields
from newsspider.record.values import (
    DATE,
    GENRES,
    HASH,
    LANGUAGE_TAG,
    NOTHING,
    ORIGINS,
    SHARE,
    WEB_ADDRESS,
    LiveUpdate,
    Picture,
    Rights,
    as_json_type,
    as_tuples,
    clean_value,
)
from newsspider.urls import canonical_key, shorten_key, without_credentials

SHOWN_CHARS = 45  # of a text in a terminal or a notebook; a body has thousands


@dataclass(frozen=True, kw_only=True)
class ArticleRecord:
    """One page's record; a field the page does not give is None or empty, never "" or "NULL".

    Dates are ISO 8601 strings with the time and zone that the page gave: a day alone stays
    `YYYY-MM-DD`. The names follow schema.org NewsArticle where it has one; docs/reference/record.md
    has the table. `record["title"]` and `dict(record)` work as for a dictionary of the fields.

    >>> record = ArticleRecord(title="Ferry back", published="2026-03-24T09:30:00+01:00")
    >>> record["title"], "title" in record, len(dict(record)) == len(record.keys())
    ('Ferry back', True, True)
    >>> record.published_at
    datetime.datetime(2026, 3, 24, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(seconds=3600)))
    """

    url: Annotated[str | None, Field("As fetched, after redirects.", rules=WEB_ADDRESS, of_store=True, note=20)] = None
    canonical_url: Annotated[str | None, Field("As the page declares it, made absolute.", rules=WEB_ADDRESS)] = None
    site: Annotated[str | None, Field("The registered domain.", note=30)] = None
    source: Annotated[
        str | None,
        Field("The file it was read from; in a crawl the address the crawl began with.", of_store=True, note=180),
    ] = None
    kind: Annotated[Kind, Field("What the page is.", note=130)] = "article"
    reason: Annotated[str | None, Field("Why it is of this kind.")] = None
    warnings: Annotated[tuple[str, ...], Field("What a careful reader should know.", note=150)] = ()
    title: Annotated[str | None, Field("The headline as the page shows it.", prose=True, versioned=True, note=10)] = (
        None
    )
    alternative_title: Annotated[
        str | None, Field("Another headline that the page declares, in other words.", prose=True)
    ] = None
    description: Annotated[str | None, Field("The page's summary of itself.", prose=True, versioned=True, note=110)] = (
        None
    )
    section: Annotated[str | None, Field("The section's name.", prose=True, note=80)] = None
    tags: Annotated[tuple[str, ...], Field("Keywords, each once.", prose=True, note=90)] = ()
    genre: Annotated[
        str | None,
        Field("What kind of text it is, where the page says so.", rules={"enum": [*GENRES, None]}, note=85),
    ] = None
    language: Annotated[str | None, Field("BCP 47.", rules=LANGUAGE_TAG, note=100)] = None
    image: Annotated[str | None, Field("The lead image's address.", rules=WEB_ADDRESS, note=120)] = None
    images: Annotated[tuple[Picture, ...], Field("The lead picture and those in the body.", prose=True)] = ()
    publisher: Annotated[str | None, Field("The publisher's name.", prose=True, note=70)] = None
    rights: Annotated[Rights | None, Field("License, copyright, and what is reserved.", prose=True)] = None
    authors: Annotated[
        tuple[str, ...],
        Field("Names as printed, in order.", rules={"uniqueItems": True}, prose=True, versioned=True, note=60),
    ] = ()
    author_urls: Annotated[
        tuple[str | None, ...], Field("The address of each author's page, in the order of authors; null for none.")
    ] = ()
    agencies: Annotated[
        tuple[str, ...],
        Field("Wire services that the text comes from, by their usual names.", rules={"uniqueItems": True}, note=65),
    ] = ()
    published: Annotated[
        str | None,
        Field(
            "ISO 8601 with the time and zone that the page gave; a day alone stays a day.",
            rules=DATE,
            versioned=True,
            note=40,
            moment="published_utc",
            day="published_day",
        ),
    ] = None
    modified: Annotated[
        str | None,
        Field("The last change, likewise; never filled from published.", rules=DATE, note=50, moment="modified_utc"),
    ] = None
    body: Annotated[str | None, Field("The text, blocks parted by one blank line.", prose=True, versioned=True)] = None
    body_markdown: Annotated[str | None, Field("The same blocks as Markdown.", prose=True)] = None
    word_count: Annotated[
        int | None, Field("Words of the body; text without spaces counts by character.", rules={"minimum": 0}, note=170)
    ] = None
    body_hash: Annotated[
        str | None, Field("Stays the same when only white space or the Unicode form changes.", rules=HASH, ours=True)
    ] = None
    is_free: Annotated[
        bool | None, Field("false for a declared paywall, null where nothing is declared.", note=140)
    ] = None
    is_complete: Annotated[
        bool | None,
        Field("false where a part of the text is missing, true where the declared words are there; else null."),
    ] = None
    confidence: Annotated[
        float | None, Field("How likely the body has word F1 of 0.9 or more.", rules=SHARE, note=160)
    ] = None
    provenance: Annotated[dict[str, str], Field("Field name to where its value came from.", rules=ORIGINS)] = field(
        default_factory=dict
    )
    fetched_at: Annotated[str | None, Field("ISO 8601 with zone.", note=190, moment="fetched_utc")] = None
    version: Annotated[
        int,
        Field("Counts changes of the cleaned text, title or another main field.", rules={"minimum": 1}, of_store=True),
    ] = 1
    first_seen: Annotated[str | None, Field("ISO 8601 with zone.", of_store=True, moment="first_seen_utc")] = None
    pages: Annotated[tuple[str, ...], Field("Addresses of a joined article's parts.")] = ()
    live_updates: Annotated[tuple[LiveUpdate, ...], Field("A live blog's entries.", prose=True)] = ()
    also_at: Annotated[tuple[str, ...], Field("Other addresses of the same record.", of_store=True)] = ()
    duplicate_of: Annotated[str | None, Field("The earliest near-duplicate.", of_store=True, is_key=True)] = None
    similarity: Annotated[float | None, Field("How alike it is.", rules=SHARE, of_store=True)] = None
    extraction_version: Annotated[str | None, Field("Which model and rules made the record.")] = None
    site_memory: Annotated[
        str | None, Field("State of the site's memory that was used, 16 hexadecimal digits; null for none.", ours=True)
    ] = None

    def __post_init__(self) -> None:
        """Take out passwords and what no store, file or terminal takes, and give each author an address or None.

        The page's text may hold anything, from anywhere. Where there are more or fewer addresses
        than authors, nobody can say whose they are: records of earlier versions have such lists.
        """
        for name in TEXT_FIELDS:
            value = getattr(self, name)
            if value and (clean := clean_value(value, prose=name in PROSE_FIELDS)) != value:
                # The one way into a frozen object while it is made
                object.__setattr__(self, name, clean)

        if self.source and "@" in self.source:
            object.__setattr__(self, "source", without_credentials(self.source))
        if isinstance(self.authors, tuple) and len(self.author_urls) != len(self.authors):
            object.__setattr__(self, "author_urls", (None,) * len(self.authors))

    @property
    def is_article(self) -> bool:
        """Whether the record goes to the articles; all others go to quarantine."""
        return self.kind in ARTICLE_KINDS

    @property
    def key(self) -> str:
        """What makes two records one: the accepted canonical URL, else the URL, else the source with its text.

        Different pages may come from one source: standard input, or the same relative path in two
        folders.
        """
        key = canonical_key(self.url, self.canonical_url)
        return key or shorten_key(f"source:{self.source or ''}#{self.body_hash or ''}")

    @property
    def published_at(self) -> datetime | None:
        """The moment of `published`, in the page's zone; None where it is a day alone or has no zone."""
        return moment_in(self.published)

    @property
    def modified_at(self) -> datetime | None:
        """The moment of `modified`, likewise."""
        return moment_in(self.modified)

    @property
    def published_day(self) -> date | None:
        """The day of `published`, in the page's zone."""
        return day_in(self.published)

    def keys(self) -> tuple[str, ...]:
        """Return the names of the fields, in the documented order."""
        return FIELD_NAMES

    def __getitem__(self, name: str) -> Any:
        """Return a field's value.

        Raises:
            KeyError: there is no such field.
        """
        if name not in FIELD_NAMES:
            raise KeyError(name)
        return getattr(self, name)

    def __contains__(self, name: object) -> bool:
        """Whether there is a field of this name."""
        return name in FIELD_NAMES

    def __repr__(self) -> str:
        """Return the fields that the page gives, with long values shortened.

        >>> ArticleRecord(title="Ferry back", body="It sails again. " * 99)
        ArticleRecord(kind='article', title='Ferry back', body='It sails again. It s...in. It sails again. ', version=1)
        """
        given = ((name, getattr(self, name)) for name in FIELD_NAMES)
        shown = ", ".join(f"{name}={_SHORT.repr(value)}" for name, value in given if value not in NOTHING)
        return f"ArticleRecord({shown})"

    def _ipython_key_completions_(self) -> tuple[str, ...]:
        """Return what IPython and Jupyter complete after `record["`."""
        return FIELD_NAMES

    # No __iter__: Scrapy takes what a callback returns for a list of items if it has one.

    def _repr_html_(self) -> str:
        """Return the record as Jupyter shows it: HTML in which nothing of the page is markup."""
        return render_card(
            title=self.title or self.url or self.source,
            url=self.url,
            byline=(*self.authors, self.published, self.publisher or self.site),
            notice=None if self.kind == "article" else f"{self.kind}: {self.reason or ''}",
            text=self.body,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the record as JSON types: lists for tuples, every field present, in the documented order."""
        return {name: as_json_type(getattr(self, name)) for name in FIELD_NAMES}

    def to_json(self) -> str:
        """Return the record as one line of JSON, characters as they are."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Build a record from `to_dict`'s form; unknown names are ignored, missing ones get their defaults."""
        known: dict[str, Any] = {name: values[name] for name in FIELD_NAMES if values.get(name) is not None}
        return cls(**{name: as_tuples(value) for name, value in known.items()})


def _shortener() -> Repr:
    """Return what shortens the values that are shown."""
    short = Repr()
    short.maxstring = short.maxother = SHOWN_CHARS
    return short


FIELDS: tuple[Field, ...] = tuple(iter_fields(ArticleRecord))
FIELD_NAMES: tuple[str, ...] = tuple(each.name for each in FIELDS)
_SHORT = _shortener()
TEXT_FIELDS: tuple[str, ...] = tuple(each.name for each in FIELDS if each.is_text)
PROSE_FIELDS: frozenset[str] = frozenset(each.name for each in FIELDS if each.prose)
STORE_FIELDS: tuple[str, ...] = tuple(each.name for each in FIELDS if each.of_store)
# Not among them: fields that sites change with every save (modified, image, tags).
VERSIONED_FIELDS: tuple[str, ...] = tuple(each.name for each in FIELDS if each.versioned)
