"""A page before it is parsed: its bytes and the facts known about it.

No parser is imported here, since much code only passes such pages on.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from newsspider.clock import read_moment
from newsspider.urls import is_web_url


@dataclass(frozen=True, kw_only=True)
class EntryHint:
    """The values that a feed or news sitemap gave for a page; the page's own take precedence.

    Attributes:
        origin: the kind of list; it is the provenance of values taken from the entry.
        published: as the entry writes it.
        access: the value of a news sitemap's `access`: `Subscription` or `Registration`.
    """

    origin: Literal["feed", "news-sitemap"]
    title: str | None = None
    published: str | None = None
    modified: str | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    description: str | None = None
    section: str | None = None
    language: str | None = None
    publisher: str | None = None
    access: str | None = None


@dataclass(frozen=True, kw_only=True)
class RawPage:
    """A page before it is parsed. The fields are the arguments of `parse_page`.

    Attributes:
        problem: why its bytes could not be read, or None.
        flat: whether it is plain text, from a page without its markup.
        entry: the values that a feed or news sitemap gave for it.
        drop, keep: CSS selectors of a site's profile: elements that are not part of an article, and
            elements that are part of it all the same.
        language: the language of the profile for a page that declares none, BCP 47.
        fetched_at: ISO 8601 with zone; None if an archive has an invalid date.
        cut: why some of its bytes are missing, or None.
    """

    body: bytes
    url: str | None = None
    source: str | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    fetched_at: str | None = None
    problem: str | None = None
    flat: bool = False
    entry: EntryHint | None = None
    drop: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    language: str | None = None
    cut: str | None = None

    def __post_init__(self) -> None:
        """Set an invalid address or time to None: archives and tables can contain anything."""
        if self.url is not None and not is_web_url(self.url):
            # The one way into a frozen object while it is made
            object.__setattr__(self, "url", None)
        if self.fetched_at is not None:
            object.__setattr__(self, "fetched_at", read_moment(self.fetched_at))


@dataclass(frozen=True)
class SavedPage:
    """A page that can be read later: one that is skipped costs no reading.

    Attributes:
        source: its place, as its record names it.
        read: reads it; to be called once, before the next page is requested.
        url: its address, if known before it is read.
        apart: whether it has a file of its own; then `read` works in any process and at any time.
    """

    source: str
    read: Callable[[], RawPage]
    url: str | None = None
    apart: bool = False
