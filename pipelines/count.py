"""Counting: every record by kind and by field, so that the crawl's stats say what was found."""

from collections.abc import Iterator
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector

from newsspider.record import ArticleRecord

COUNTED_FIELDS = ("title", "published", "authors", "body", "language")


def iter_counts(record: ArticleRecord) -> Iterator[str]:
    """Yield the names of the counters that a record raises.

    >>> list(iter_counts(ArticleRecord(title="Ferry back", kind="article")))
    ['newsspider/kind/article', 'newsspider/field/title']
    """
    yield f"newsspider/kind/{record.kind}"
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

    def process_item(self, item: Any) -> Any:
        """Count a record and pass it on; items that are none pass as they are."""
        for name in iter_counts(item) if isinstance(item, ArticleRecord) else ():
            self._stats.inc_value(name)
        return item
