"""What a worker does with a page.

What works on pages is imported inside the functions: the process that hands pages out names these functions and never
parses a page, and the parser, numpy, the rules and the model would double its time to start.
"""

import os
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from newsspider.errors import ListingError, PageError
from newsspider.raw_page import RawPage
from newsspider.record import ArticleRecord, Kind
from newsspider.urls import site_of

if TYPE_CHECKING:
    from newsspider.discovery.links import Link
    from newsspider.discovery.listings import Listing

KINDS_WHEN_CUT = frozenset({"not_html", "bot_wall"})  # what a part of the bytes is enough to tell


@dataclass(frozen=True)
class Extracted:
    """What a crawl wants of a page: its record, the links worth following in page order, the feeds it names.

    Attributes:
        has_more_links: whether there were more than were asked for.
    """

    record: ArticleRecord
    links: "tuple[Link, ...]" = ()
    feeds: tuple[str, ...] = ()
    has_more_links: bool = False


def extract_raw(raw: RawPage) -> ArticleRecord:
    """Return the record of a raw page, whatever is wrong with it: the one way from bytes to record."""
    from newsspider.extraction.article import extract_article
    from newsspider.page import parse_raw

    try:
        return _unless_cut(raw, extract_article(parse_raw(raw)))
    except PageError as error:
        return _unless_cut(raw, failed_record(raw, str(error), error.kind))


def extract_with_links(raw: RawPage, max_links: int | None = None) -> Extracted:
    """Return the same record with the page's first links, parsed once; a page that gives nothing has none."""
    from newsspider.discovery.alternates import iter_feeds
    from newsspider.discovery.links import iter_links
    from newsspider.extraction.article import extract_article
    from newsspider.page import drop_elements, parse_raw

    try:
        page = parse_raw(raw)
    except PageError as error:
        return Extracted(_unless_cut(raw, failed_record(raw, str(error), error.kind)))
    # The links first: what a site's profile drops from its articles may be the very list of its news.
    links, feeds = iter_links(page), tuple(iter_feeds(page))
    first = tuple(islice(links, max_links))
    has_more_links = next(links, None) is not None
    drop_elements(page, raw.drop, raw.keep)
    return Extracted(_unless_cut(raw, extract_article(page)), first, feeds, has_more_links)


def list_entries(raw: RawPage) -> "Listing":
    """Return what a feed or sitemap lists; one that can't be read lists nothing, and its problem is the reason."""
    from newsspider.discovery.listings import Listing
    from newsspider.discovery.reading import read_listing

    try:
        return read_listing(raw.body, raw.url or "")
    except ListingError as error:
        return Listing("unreadable", problems=(str(error),))


def _unless_cut(raw: RawPage, record: ArticleRecord) -> ArticleRecord:
    """Return the record; a page whose bytes are not all there is truncated, as what it would be can't be said."""
    if raw.cut is None or record.kind in KINDS_WHEN_CUT:
        return record
    return replace(record, kind="truncated", reason=raw.cut)


def check_model() -> None:
    """Refuse a model of the user's own that can't be read, once and before any page.

    Raises:
        UsageError: one line that names the file.
    """
    if os.environ.get("NEWSSPIDER_MODEL"):
        from newsspider.extraction.model.shipped import load_readers

        load_readers()


def failed_record(raw: RawPage, reason: str, kind: Kind = "failed") -> ArticleRecord:
    """Return the quarantine record of a page that gave nothing."""
    return ArticleRecord(
        url=raw.url, site=site_of(raw.url), source=raw.source, kind=kind, reason=reason, fetched_at=raw.fetched_at
    )
