"""Writing: all records to the store, by the crawl's keeper."""

from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newsspider.record import ArticleRecord
from newsspider.store.run import Keeper


class StorePipeline:
    """Keeps every record, articles and quarantine, in the database that NEWSSPIDER_DATABASE names."""

    def __init__(self, keeper: Keeper) -> None:
        """Give the records to this keeper."""
        self._keeper = keeper

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it where the crawl has a keeper; without NEWSSPIDER_STORE there is none."""
        keeper = crawler.get_extension(Keeper)  # type: ignore[type-abstract]  # found by its base class
        if keeper is None:
            raise NotConfigured
        return cls(keeper)

    def process_item(self, item: ArticleRecord) -> ArticleRecord:
        """Store a record and pass it on."""
        self._keeper.keep(item)
        return item
