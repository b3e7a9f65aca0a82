"""Writing: all records to the store, by the crawl's keeper, or by one of the pipeline's own where there is none."""

import logging
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.defer import deferred_from_coro

from newsspider.errors import StoreError
from newsspider.record import ArticleRecord
from newsspider.store.database import choose_database_in
from newsspider.store.run import Keeper, Run
from newsspider.store.store import Store

logger = logging.getLogger(__name__)


class RunKeeper(Keeper):
    """Keeps records in a database, which the first of them opens; nothing is known there of addresses."""

    def __init__(self, database: str, command: str) -> None:
        """Keep them in a database by path or URL, as a run of a command."""
        self._database = database
        self._command = command
        self._run: Run | None = None

    def keep(self, record: ArticleRecord) -> None:
        """Keep a record.

        Raises:
            StoreError: the database can't be opened or written.
        """
        self._run = self._run or Run(Store(self._database), self._command, {})
        self._run.add(record)

    def close(self) -> None:
        """Store the last records.

        Raises:
            StoreError: they can't be stored.
        """
        if self._run:
            self._run.finish()


class StorePipeline:
    """Keeps every record, articles and quarantine, in the database that NEWSSPIDER_DATABASE names."""

    def __init__(self, crawler: Crawler, keeper: Keeper) -> None:
        """Give the records to this keeper."""
        self._crawler = crawler
        self._keeper = keeper

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it, unless NEWSSPIDER_STORE is off; without the crawl's ledger it keeps records all the same."""
        if keeper := crawler.get_extension(Keeper):  # type: ignore[type-abstract]  # found by its base class
            return cls(crawler, keeper)
        if not crawler.settings.getbool("NEWSSPIDER_STORE", True):
            raise NotConfigured
        return cls(crawler, RunKeeper(choose_database_in(crawler.settings), f"crawl {crawler.spidercls.name}"))

    def process_item(self, item: Any) -> Any:
        """Store a record and pass it on; items that are none pass as they are."""
        if isinstance(item, ArticleRecord):
            try:
                self._keeper.keep(item)
            except StoreError as error:
                self._give_up(error)
        return item

    def close_spider(self) -> None:
        """Store the last records, unless the crawl's ledger does."""
        if isinstance(self._keeper, RunKeeper):
            try:
                self._keeper.close()
            except StoreError as error:
                logger.critical("%s", error)

    def _give_up(self, error: StoreError) -> None:
        """End a crawl whose records would be lost."""
        logger.critical("%s", error)
        if self._crawler.engine and self._crawler.engine.running:
            deferred_from_coro(self._crawler.engine.close_spider_async(reason="store_unusable"))
