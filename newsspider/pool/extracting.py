"""What a worker does with a page.

Extraction is imported inside the functions: the process that hands pages out names these functions and never parses a
page, and numpy, the rules and the model would double its time to start.
"""

import os
from dataclasses import dataclass

from newsspider.discovery.alternates import iter_feeds
from newsspider.discovery.links import Link, iter_links
from newsspider.discovery.listings import Listing
from newsspider.errors import ListingError, PageError
from newsspider.page import RawPage, drop_elements, parse_raw
from newsspider.record import ArticleRecord, Kind
from newsspider.urls import site_of


@dataclass(frozen=True)
class Extracted:
    """What a crawl wants of a page: its record, the links worth following in page order, the feeds it names."""

    record: ArticleRecord
    links: tuple[Link, ...] = ()
    feeds: tuple[str, ...] = ()


def extract_raw(raw: RawPage) -> ArticleRecord:
    """Return the record of a raw page, whatever is wrong with it: the one way from bytes to record."""
    from newsspider.extraction.article import extract_article

    try:
        return extract_article(parse_raw(raw))
    except PageError as error:
        return failed_record(raw, str(error), error.kind)


def extract_with_links(raw: RawPage) -> Extracted:
    """Return the same record with the page's links, parsed once; a page that gives nothing has none."""
    from newsspider.extraction.article import extract_article

    try:
        page = parse_raw(raw)
    except PageError as error:
        return Extracted(failed_record(raw, str(error), error.kind))
    # The links first: what a site's profile drops from its articles may be the very list of its news.
    links, feeds = tuple(iter_links(page)), tuple(iter_feeds(page))
    drop_elements(page, raw.drop, raw.keep)
    return Extracted(extract_article(page), links, feeds)


def list_entries(raw: RawPage) -> Listing:
    """Return what a feed or sitemap lists; one that can't be read lists nothing, and its problem is the reason."""
    from newsspider.discovery.reading import read_listing

    try:
        return read_listing(raw.body, raw.url or "")
    except ListingError as error:
        return Listing("unreadable", problems=(str(error),))


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
