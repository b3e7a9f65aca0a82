"""Writing: all records to the store, in batches, at the latest every few seconds."""

import logging
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call
from scrapy.utils.defer import deferred_from_coro

from newsspider.errors import StoreError
from newsspider.exit_codes import crawl_code_for
from newsspider.record import ArticleRecord
from newsspider.store.database import choose_database_in
from newsspider.store.run import Run
from newsspider.store.store import Store

logger = logging.getLogger(__name__)

FLUSH_SECONDS = 2.0  # a real timer and not the next record: on a slow site that may come a minute later
BATCH_RECORDS = 20  # a transaction: the event loop stands still for it, some 0.6 ms a record
MAX_WAITING = 1_000  # records held while the store can't be written; more would only be lost later


class StorePipeline:
    """Keeps every record, articles and quarantine, in the database that NEWSSPIDER_DATABASE names.

    The store is opened with the first record, so that `scrapy shell` and `scrapy parse` leave none behind.
    """

    def __init__(self, crawler: Crawler, database: str) -> None:
        """Write what this crawler finds to a database by path or URL."""
        self._crawler = crawler
        self._database = database
        self._run: Run | None = None
        self._timer = create_looping_call(self._flush)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it, unless NEWSSPIDER_STORE is off."""
        if not crawler.settings.getbool("NEWSSPIDER_STORE"):
            raise NotConfigured
        return cls(crawler, choose_database_in(crawler.settings))

    def process_item(self, item: ArticleRecord) -> ArticleRecord:
        """Store a record and pass it on."""
        if self._run is None:
            self._run = self._open()
        try:
            self._run.add(item)
        except StoreError as error:
            self._note_failure(error, self._run)
        return item

    def close_spider(self) -> None:
        """Store the last records and note how the run ended."""
        if self._run is None:
            return
        if self._timer.running:
            self._timer.stop()
        try:
            self._run.finish(crawl_code_for(self._run.counts))
        except StoreError as error:
            self._give_up(f"{error}; {self._run.waiting} records were not stored")
        else:
            logger.info(
                "%s: %s", self._run.store.name, ", ".join(f"{n} {kind}" for kind, n in self._run.counts.items())
            )

    def _open(self) -> Run:
        """Open the store and start the timer; without a store a crawl makes no sense and ends.

        Raises:
            StoreError: it can't be opened.
        """
        assert self._crawler.spider is not None  # records come from a spider
        try:
            given: dict[str, object] = getattr(self._crawler.spider, "given", {})
            arguments = {name: str(value) for name, value in given.items()}
            run = Run(Store(self._database), f"crawl {self._crawler.spider.name}", arguments, BATCH_RECORDS)
        except StoreError as error:
            self._give_up(str(error))
            raise
        self._timer.start(FLUSH_SECONDS, now=False)
        return run

    def _flush(self) -> None:
        """Store what waits."""
        if self._run is not None:
            try:
                self._run.flush()
            except StoreError as error:
                self._note_failure(error, self._run)

    def _note_failure(self, error: StoreError, run: Run) -> None:
        """Log a failed write; it is tried again with the next, until too much waits."""
        logger.error("%s; %d records wait for the next try", error, run.waiting)
        if run.waiting >= MAX_WAITING:
            self._give_up(str(error))

    def _give_up(self, why: str) -> None:
        """End the crawl with the exit code of an unusable store."""
        logger.critical("%s", why)
        if self._crawler.stats:
            self._crawler.stats.set_value("newsspider/store/unusable", why)
        if self._crawler.engine and self._crawler.engine.running:
            deferred_from_coro(self._crawler.engine.close_spider_async(reason="store_unusable"))
