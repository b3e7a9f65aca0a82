"""Lists of addresses that a site gives to machines: what a feed or sitemap says, whatever its format."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal

from newsspider.discovery.dating import exact_moment
from newsspider.discovery.limits import MAX_BYTES, MAX_ENTRIES, SAME_MOMENT_ENTRIES
from newsspider.errors import ListingError
from newsspider.pages.raw_page import EntryHint
from newsspider.pages.unpacking import GZIP_MAGIC, TooManyMembers, Unpacked, UnpackedTooLarge, unpack
from newsspider.text import count_of
from newsspider.urls import without_tracking

ListingKind = Literal["feed", "news-sitemap", "sitemap", "index", "unreadable"]


@dataclass(frozen=True)
class Entry:
    """An address that a list names.

    Attributes:
        url: absolute.
        hint: what the list says of the page there; None for nothing.
        modified: when the page was changed, as the list writes it.
    """

    url: str
    hint: EntryHint | None = None
    modified: str | None = None


@dataclass(frozen=True)
class Listing:
    """What a feed or sitemap lists.

    Attributes:
        kind: what it is; an index lists further sitemaps in `sitemaps`.
        pages: entries of pages, in the list's order, each address once.
        sitemaps: entries of further sitemaps.
        problems: what was left out of it and why.
        has_more: whether entries beyond the limits were left out.
    """

    kind: ListingKind
    pages: tuple[Entry, ...] = ()
    sitemaps: tuple[Entry, ...] = ()
    problems: tuple[str, ...] = ()
    has_more: bool = False


def unpack_list(body: bytes) -> bytes:
    """Return a list's bytes, decompressed where they are gzip data; a cut file gives what there is of it.

    Raises:
        ListingError: it is larger than a list may be, costs more to unpack than it may, or isn't
            gzip data after all.
    """
    try:
        unpacked = unpack(body, ["gzip"], MAX_BYTES) if body.startswith(GZIP_MAGIC) else Unpacked(body)
    except UnpackedTooLarge as error:
        raise ListingError(f"larger than {MAX_BYTES >> 20} MiB") from error
    except TooManyMembers as error:
        raise ListingError(str(error)) from error

    if unpacked.problem and not unpacked.body:
        raise ListingError(unpacked.problem)

    return unpacked.body


def tidy(listing: Listing) -> Listing:
    """Return a list with each address once, within the limits, and without dates that say nothing."""
    first: dict[str, Entry] = {}
    for entry in listing.pages:
        url = without_tracking(entry.url)
        first.setdefault(url, replace(entry, url=url))

    pages = tuple(first.values())
    problems, has_more = listing.problems, listing.has_more or len(pages) > MAX_ENTRIES

    if len(pages) > MAX_ENTRIES:
        problems = (
            *problems,
            f"{count_of(len(pages) - MAX_ENTRIES, 'entry', 'entries')} beyond the first {MAX_ENTRIES} left out",
        )
        pages = pages[:MAX_ENTRIES]

    return replace(listing, pages=_without_file_dates(pages), problems=problems, has_more=has_more)


def _without_file_dates(pages: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return entries without the moments that many share: a site that writes all its pages' dates anew, changed none.

    A day alone may be many pages' own.
    """
    frequent = {
        moment
        for moment, number in Counter(entry.modified for entry in pages).items()
        if number >= SAME_MOMENT_ENTRIES and exact_moment(moment)
    }
    return tuple(replace(entry, modified=None) if entry.modified in frequent else entry for entry in pages)
