"""A page before it is parsed: bytes and what is known of them; no parser is loaded, as many only pass it on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from newsspider.clock import read_moment
from newsspider.urls import is_web_url


@dataclass(frozen=True, kw_only=True)
class EntryHint:
    """What the feed or news sitemap that named a page said of it; the page's own word goes before.

    Attributes:
        origin: where the entry stood; the provenance of what is taken from it.
        published: as the entry writes it.
        access: a news sitemap's `Subscription` or `Registration`.
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
    """What is known of a page before it is parsed; the fields are `parse_page`'s.

    Attributes:
        problem: why its bytes could not be read; None where they could.
        flat: whether it is text that has lost its markup.
        entry: what a feed or news sitemap said of it.
        drop, keep: CSS selectors of a site's profile: what is no part of an article, and what is
            all the same.
        language: what the profile says of a page that names none, BCP 47.
        fetched_at: ISO 8601 with zone; None where an archive's date is not one.
        cut: why its bytes are not all there; None where they are.
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
        """Set the address and the time to None where they aren't valid: archives and tables can contain anything."""
        if self.url is not None and not is_web_url(self.url):
            # The one way into a frozen object while it is made
            object.__setattr__(self, "url", None)
        if self.fetched_at is not None:
            object.__setattr__(self, "fetched_at", read_moment(self.fetched_at))


@dataclass(frozen=True)
class SavedPage:
    """A page that can be read, named before it is: what is passed over costs no reading.

    Attributes:
        source: where it stands, as its record will name it.
        read: reads it, once, before the next one is asked for.
        url: its address, where that is known before.
        apart: whether it has a file of its own: then `read` is good in any process, and at any
            time.
    """

    source: str
    read: Callable[[], RawPage]
    url: str | None = None
    apart: bool = False
