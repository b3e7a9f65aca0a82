"""The content of a feed or sitemap, whatever its format."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal

from newsspider.discovery.entry_dates import exact_moment
from newsspider.discovery.limits import MAX_BYTES, MAX_ENTRIES, SAME_MOMENT_ENTRIES
from newsspider.errors import ListingError
from newsspider.pages.raw_page import EntryHint
from newsspider.pages.unpacking import GZIP_MAGIC, TooManyMembers, UnpackedTooLarge, unpack
from newsspider.text import count_of
from newsspider.urls import without_tracking

ListingKind = Literal["feed", "news-sitemap", "sitemap", "index", "unreadable"]


@dataclass(frozen=True)
class Entry:
    """An address that a list names.

    Attributes:
        url: absolute.
        hint: the values that the list gives for the page, or None.
        modified: when the page was changed, as the list writes it.
    """

    url: str
    hint: EntryHint | None = None
    modified: str | None = None


@dataclass(frozen=True)
class Listing:
    """The content of a feed or sitemap.

    Attributes:
        kind: its kind; an index lists further sitemaps in `sitemaps`.
        pages: entries of pages, in the list's order, each address once.
        sitemaps: entries of further sitemaps.
        problems: the parts that were left out, and why.
        has_more: whether entries beyond the limits were left out.
    """

    kind: ListingKind
    pages: tuple[Entry, ...] = ()
    sitemaps: tuple[Entry, ...] = ()
    problems: tuple[str, ...] = ()
    has_more: bool = False


def unpack_list(body: bytes) -> bytes:
    """Return a list's bytes, decompressed if they are gzip data; of a cut file, its beginning.

    Raises:
        ListingError: it is too large, costs too much to decompress, or isn't gzip data after all.
    """
    if not body.startswith(GZIP_MAGIC):
        return body

    try:
        unpacked = unpack(body, ["gzip"], MAX_BYTES)
    except UnpackedTooLarge as error:
        raise ListingError(f"larger than {MAX_BYTES >> 20} MiB") from error
    except TooManyMembers as error:
        raise ListingError(str(error)) from error

    if unpacked.problem and not unpacked.body:
        raise ListingError(unpacked.problem)

    return unpacked.body


def tidy(listing: Listing) -> Listing:
    """Return a list with each address once, within the limits, without meaningless dates."""
    first: dict[str, Entry] = {}

    for entry in listing.pages:
        url = without_tracking(entry.url)
        first.setdefault(url, replace(entry, url=url))

    pages = tuple(first.values())
    beyond = len(pages) - MAX_ENTRIES

    if beyond > 0:
        entries = count_of(beyond, "entry", "entries")
        problem = f"{entries} beyond the first {MAX_ENTRIES} left out"
        listing = replace(listing, problems=(*listing.problems, problem), has_more=True)

    return replace(listing, pages=_without_file_dates(pages[:MAX_ENTRIES]))


def _without_file_dates(pages: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return entries without moments that many of them share.

    Such a moment is the time when the site wrote the file, not when it changed the pages. A day
    alone may be true for many pages.
    """
    numbers = Counter(entry.modified for entry in pages)
    frequent = {moment for moment, number in numbers.items() if number >= SAME_MOMENT_ENTRIES}
    of_the_file = set(filter(exact_moment, frequent))

    if not of_the_file:
        return pages

    def tidied(entry: Entry) -> Entry:
        return replace(entry, modified=None) if entry.modified in of_the_file else entry

    return tuple(map(tidied, pages))
