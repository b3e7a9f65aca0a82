"""What a worker does with a page.

Extraction is imported inside the functions: the process that hands pages out names these functions and never parses a
page, and numpy, the rules and the model would double its time to start.
"""

import os
from dataclasses import dataclass

from newsspider.discovery.links import Link, iter_links
from newsspider.errors import PageError
from newsspider.page import RawPage, parse_raw
from newsspider.record import ArticleRecord, Kind
from newsspider.urls import site_of


@dataclass(frozen=True)
class Extracted:
    """What a crawl wants of a page: its record and the links worth following, in page order."""

    record: ArticleRecord
    links: tuple[Link, ...] = ()


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
    return Extracted(extract_article(page), tuple(iter_links(page)))


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
