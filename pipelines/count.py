"""Counting: every record by kind and by field, so that the crawl's stats say what was found."""

from collections.abc import Iterator
from typing import Self

from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector

from newsspider.mend_warnings import iter_failed_mends
from newsspider.record import ArticleRecord

MEND_FAILED_STAT = "newsspider/mend_failed"  # once for each mend and page; the record's warnings name the mend
COUNTED_FIELDS = ("title", "published", "authors", "body", "language")


def iter_counts(record: ArticleRecord) -> Iterator[str]:
    """Yield the names of the counters that a record raises.

    >>> list(iter_counts(ArticleRecord(title="Ferry back", kind="article")))
    ['newsspider/kind/article', 'newsspider/field/title']
    """
    yield f"newsspider/kind/{record.kind}"
    yield from (MEND_FAILED_STAT for _ in iter_failed_mends(record.warnings))
    if record.is_article:
        yield from (f"newsspider/field/{name}" for name in COUNTED_FIELDS if getattr(record, name))


class CountPipeline:
    """Raises the stats of each record."""

    def __init__(self, stats: StatsCollector) -> None:
        """Count in these stats."""
        self._stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it with the crawler's stats."""
        assert crawler.stats is not None  # set before components are built
        return cls(crawler.stats)

    def process_item(self, item: ArticleRecord) -> ArticleRecord:
        """Count a record and pass it on."""
        for name in iter_counts(item):
            self._stats.inc_value(name)
        return item
