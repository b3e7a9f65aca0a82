"""The article record: one page, flat and complete in itself."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated

from newsspider.clock import day_in, moment_in
from newsspider.kinds import ARTICLE_KINDS, Kind
from newsspider.record.cards import render_card
from newsspider.record.fields import Field, iter_fields
from newsspider.record.mapping import RecordMapping
from newsspider.record.values import (
    DATE,
    GENRES,
    HASH,
    LANGUAGE_TAG,
    ORIGINS,
    SHARE,
    WEB_ADDRESS,
    LiveUpdate,
    Picture,
    Rights,
    clean_value,
)
from newsspider.urls import canonical_key, shorten_key, without_credentials


@dataclass(frozen=True, kw_only=True, repr=False)
class ArticleRecord(RecordMapping):
    """One page's record; a field that the page does not have is None or empty, never "" or "NULL".

    Dates are ISO 8601 strings with the time and zone that the page gave: a day alone stays
    `YYYY-MM-DD`. The names follow schema.org NewsArticle where it has one; docs/reference/record.md
    has the table. `record["title"]` and `dict(record)` work as for a dictionary of the fields.

    >>> record = ArticleRecord(title="Ferry back", published="2026-03-24T09:30:00+01:00")
    >>> record["title"], "title" in record, len(dict(record)) == len(record.keys())
    ('Ferry back', True, True)
    >>> str(record.published_at)
    '2026-03-24 09:30:00+01:00'
    """

    url: Annotated[
        str | None, Field("As fetched, after redirects.", rules=WEB_ADDRESS, of_store=True, note=20)
    ] = None
    canonical_url: Annotated[
        str | None, Field("As the page declares it, made absolute.", rules=WEB_ADDRESS)
    ] = None
    site: Annotated[str | None, Field("The registered domain.", note=30)] = None
    source: Annotated[
        str | None,
        Field(
            "The file it was read from; in a crawl the address where the crawl began.",
            of_store=True,
            note=180,
        ),
    ] = None
    kind: Annotated[Kind, Field("The kind of the page.", note=130)] = "article"
    reason: Annotated[str | None, Field("Why it is of this kind.")] = None
    warnings: Annotated[tuple[str, ...], Field("Remarks for a careful reader.", note=150)] = ()
    title: Annotated[
        str | None, Field("The headline as the page shows it.", prose=True, versioned=True, note=10)
    ] = None
    alternative_title: Annotated[
        str | None, Field("Another headline that the page declares, in other words.", prose=True)
    ] = None
    description: Annotated[
        str | None, Field("The page's summary of itself.", prose=True, versioned=True, note=110)
    ] = None
    section: Annotated[str | None, Field("The section's name.", prose=True, note=80)] = None
    tags: Annotated[tuple[str, ...], Field("Keywords, each once.", prose=True, note=90)] = ()
    genre: Annotated[
        str | None,
        Field(
            "The kind of text, if the page declares it.", rules={"enum": [*GENRES, None]}, note=85
        ),
    ] = None
    language: Annotated[str | None, Field("BCP 47.", rules=LANGUAGE_TAG, note=100)] = None
    image: Annotated[
        str | None, Field("The lead image's address.", rules=WEB_ADDRESS, note=120)
    ] = None
    images: Annotated[
        tuple[Picture, ...], Field("The lead picture and those in the body.", prose=True)
    ] = ()
    publisher: Annotated[str | None, Field("The publisher's name.", prose=True, note=70)] = None
    rights: Annotated[Rights | None, Field("License, copyright and reservations.", prose=True)] = (
        None
    )
    authors: Annotated[
        tuple[str, ...],
        Field(
            "Names as printed, in order.",
            rules={"uniqueItems": True},
            prose=True,
            versioned=True,
            note=60,
        ),
    ] = ()
    author_urls: Annotated[
        tuple[str | None, ...],
        Field("The address of each author's page, in the order of authors; null for none."),
    ] = ()
    agencies: Annotated[
        tuple[str, ...],
        Field(
            "Wire services that the text comes from, by their usual names.",
            rules={"uniqueItems": True},
            note=65,
        ),
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
        Field(
            "The last change, likewise; never filled from published.",
            rules=DATE,
            note=50,
            moment="modified_utc",
        ),
    ] = None
    body: Annotated[
        str | None, Field("The text, blocks parted by one blank line.", prose=True, versioned=True)
    ] = None
    body_markdown: Annotated[str | None, Field("The same blocks as Markdown.", prose=True)] = None
    word_count: Annotated[
        int | None,
        Field(
            "Words of the body; text without spaces counts by character.",
            rules={"minimum": 0},
            note=170,
        ),
    ] = None
    body_hash: Annotated[
        str | None,
        Field(
            "Stays the same when only white space or the Unicode form changes.",
            rules=HASH,
            ours=True,
        ),
    ] = None
    is_free: Annotated[
        bool | None, Field("false for a declared paywall, null if nothing is declared.", note=140)
    ] = None
    is_complete: Annotated[
        bool | None,
        Field("false if text is missing, true if the declared words are there; else null."),
    ] = None
    confidence: Annotated[
        float | None,
        Field("How likely the body has word F1 of 0.9 or more.", rules=SHARE, note=160),
    ] = None
    provenance: Annotated[
        dict[str, str], Field("Field name to where its value came from.", rules=ORIGINS)
    ] = field(default_factory=dict)
    fetched_at: Annotated[
        str | None, Field("ISO 8601 with zone.", note=190, moment="fetched_utc")
    ] = None
    version: Annotated[
        int,
        Field(
            "Counts changes of the cleaned text, title or another main field.",
            rules={"minimum": 1},
            of_store=True,
        ),
    ] = 1
    first_seen: Annotated[
        str | None, Field("ISO 8601 with zone.", of_store=True, moment="first_seen_utc")
    ] = None
    pages: Annotated[tuple[str, ...], Field("Addresses of a joined article's parts.")] = ()
    live_updates: Annotated[
        tuple[LiveUpdate, ...], Field("A live blog's entries.", prose=True)
    ] = ()
    also_at: Annotated[
        tuple[str, ...], Field("Other addresses of the same record.", of_store=True)
    ] = ()
    duplicate_of: Annotated[
        str | None, Field("The earliest near-duplicate.", of_store=True, is_key=True)
    ] = None
    similarity: Annotated[float | None, Field("How alike it is.", rules=SHARE, of_store=True)] = (
        None
    )
    extraction_version: Annotated[str | None, Field("Which model and rules made the record.")] = (
        None
    )
    site_memory: Annotated[
        str | None,
        Field(
            "State of the site's memory that was used, 16 hexadecimal digits; null for none.",
            ours=True,
        ),
    ] = None

    def __post_init__(self) -> None:
        """Remove passwords and unsafe characters, and give each author an address or None.

        The page's text can contain anything. If there are more or fewer addresses than authors, it
        is unknown which author has which address: records of earlier versions have such lists.
        """
        for name in TEXT_FIELDS:
            value = getattr(self, name)
            if not value:
                continue

            clean = clean_value(value, prose=name in PROSE_FIELDS)
            if clean != value:
                self._set(name, clean)

        if self.source and "@" in self.source:
            self._set("source", without_credentials(self.source))

        if isinstance(self.authors, tuple) and len(self.author_urls) != len(self.authors):
            self._set("author_urls", (None,) * len(self.authors))

    def _set(self, name: str, value: object) -> None:
        """Set a field of the frozen record while it is made."""
        object.__setattr__(self, name, value)

    @property
    def is_article(self) -> bool:
        """Whether the record belongs to the articles; all others go to quarantine."""
        return self.kind in ARTICLE_KINDS

    @property
    def key(self) -> str:
        """The key that two records of one page share.

        It is the accepted canonical URL, else the URL, else the source with a hash of the text.
        Different pages may have one source: standard input, or the same relative path in two
        folders.
        """
        key = canonical_key(self.url, self.canonical_url)
        return key or shorten_key(f"source:{self.source or ''}#{self.body_hash or ''}")

    @property
    def published_at(self) -> datetime | None:
        """The moment of `published` in the page's zone; None for a day alone or a missing zone."""
        return moment_in(self.published)

    @property
    def modified_at(self) -> datetime | None:
        """The moment of `modified`, likewise."""
        return moment_in(self.modified)

    @property
    def published_day(self) -> date | None:
        """The day of `published`, in the page's zone."""
        return day_in(self.published)

    # No __iter__: Scrapy would take the record for a list of items.

    def _repr_html_(self) -> str:
        """Return the record for Jupyter: HTML in which all text of the page is escaped."""
        return render_card(
            title=self.title or self.url or self.source,
            url=self.url,
            byline=(*self.authors, self.published, self.publisher or self.site),
            notice=None if self.kind == "article" else f"{self.kind}: {self.reason or ''}",
            text=self.body,
        )


FIELDS: tuple[Field, ...] = tuple(iter_fields(ArticleRecord))
FIELD_NAMES: tuple[str, ...] = tuple(each.name for each in FIELDS)
TEXT_FIELDS: tuple[str, ...] = tuple(each.name for each in FIELDS if each.is_text)
PROSE_FIELDS: frozenset[str] = frozenset(each.name for each in FIELDS if each.prose)
STORE_FIELDS: tuple[str, ...] = tuple(each.name for each in FIELDS if each.of_store)
# Not among them: fields that sites change with every save (modified, image, tags).
VERSIONED_FIELDS: tuple[str, ...] = tuple(each.name for each in FIELDS if each.versioned)
