"""The known state of an address, and the result of one visit."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["article", "section", "feed", "sitemap", "seed"]
# Found by links; seeds and lists are named
LINKED_ROLES: frozenset[str] = frozenset({"article", "section"})
# Made for machines: they aren't pages and need no browser
LIST_ROLES: frozenset[str] = frozenset({"feed", "sitemap"})
LISTING_ROLES: frozenset[str] = frozenset({"section", "feed", "sitemap", "seed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PageState:
    """The known state of a page. Moments are ISO 8601 in UTC.

    Attributes:
        address: normalised; it identifies the page.
        url: where it is fetched.
        site: its registered domain.
        role: its role, before the first visit the probable one; a seed is a section.
        source: the seed from which it was found.
        depth: clicks from the seed.
        found_at: when it was found.
        fetched_at: the last visit; None before the first one.
        born_at: the moment from which its age is counted.
        news_at: when it last listed something new.
        due_at: the next visit; None for never.
        wait_until: the end of the wait that the site asked for by Retry-After.
        etag, last_modified: validators for conditional requests.
        reader: the version of its reader; validators of another reader are not sent.
        kind: the kind of its record.
        body_hash: the hash of its record's body.
        failures: visits in a row that gave nothing.
    """

    address: str
    url: str
    site: str
    role: Role
    source: str | None = None
    depth: int = 0
    found_at: str
    fetched_at: str | None = None
    born_at: str | None = None
    news_at: str | None = None
    due_at: str | None = None
    wait_until: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    reader: str | None = None
    kind: str | None = None
    body_hash: str | None = None
    failures: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """The result of one visit to an address, beside its record.

    Attributes:
        address: the requested address, normalised.
        url: where the answer came from.
        site: its registered domain.
        role: the role it was requested with.
        source: the seed from which it was found.
        depth: clicks from the seed.
        at: the moment of the visit.
        passed: the normalised addresses of all redirects on the way, and of the answer.
        moved: whether all redirects were permanent.
        modified: whether the page was sent; False for 304.
        status: the status of the answer; None for none.
        etag, last_modified: validators of the answer.
        reader: the version of its reader.
        brought: the number of unknown articles that it listed.
        wait_seconds: the wait that the site asked for by Retry-After.
        led_to: the normalised address of a redirect to a page that had been requested before.
        guessed: whether nothing names it: lists are also tried in the usual places.
        seconds: from the request to the answer's headers; None if it wasn't measured.
    """

    address: str
    url: str
    site: str
    role: Role
    source: str | None
    depth: int
    at: str
    passed: tuple[str, ...] = ()
    moved: bool = False
    modified: bool = True
    status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    reader: str | None = None
    brought: int = 0
    wait_seconds: float | None = None
    led_to: str | None = None
    guessed: bool = False
    seconds: float | None = None
