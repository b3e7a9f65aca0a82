"""What is known of an address, and what one look at it gave."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["article", "section", "feed", "sitemap", "seed"]
# Of what links lead to; seeds and lists are named
LINKED_ROLES: frozenset[str] = frozenset({"article", "section"})
# Made for machines: no pages, and they need no browser
LIST_ROLES: frozenset[str] = frozenset({"feed", "sitemap"})
LISTING_ROLES: frozenset[str] = frozenset({"section", "feed", "sitemap", "seed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PageState:
    """What is known of a page. Moments are ISO 8601 in UTC.

    Attributes:
        address: normalised; what names the page.
        url: where it is fetched.
        role: what it turned out to be, or before it is read what it probably is; a seed is a
            section.
        source: the seed that it was found from.
        depth: clicks from the seed.
        fetched_at: the last look; None for what was found and not yet fetched.
        born_at: what its age is counted from.
        news_at: when it last listed something new.
        due_at: the next look; None for never.
        wait_until: what the site asked for by Retry-After.
        reader: what read it, by version and what was followed; validators of another reader are not
            sent.
        failures: looks that gave nothing, since the last that gave something.
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
    """What one look at an address gave, beside its record.

    Attributes:
        address: what was asked for, normalised.
        url: where the answer came from.
        passed: the normalised addresses of all redirects on the way, and of the answer.
        moved: whether every redirect was for good.
        modified: whether the page was sent; False for 304.
        status: of the answer; None for none.
        brought: how many addresses of articles it listed that were unknown.
        wait_seconds: what the site asked for by Retry-After.
        led_to: the normalised address that it redirected to, where that page had been asked for
            before.
        guessed: whether nothing named it: lists are asked for where they usually are.
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
