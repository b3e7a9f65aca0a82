"""Failures of the store during a crawl: which writes are tried again, and which end the crawl."""

import logging
from collections.abc import Callable
from typing import TypeVar

from scrapy.crawler import Crawler

from newsspider.crawl.ending.early_end import end_crawl
from newsspider.errors import StoreError, TurnLostError
from newsspider.store.retrying import with_retries
from newsspider.store.run import Run
from newsspider.text import count_of

logger = logging.getLogger(__name__)

MAX_WAITING = 1_000  # records in memory while the store can't be written; more would only be lost

Answer = TypeVar("Answer")


class StoreFailures:
    """Handles the failures of a crawl's store."""

    def __init__(self, crawler: Crawler) -> None:
        """End this crawler's crawl if the store can't be used."""
        self._crawler = crawler

    def ask(self, question: Callable[[], Answer]) -> Answer:
        """Return the store's answer. The crawl waits while the database server is away.

        Raises:
            StoreError: the store doesn't answer; the crawl ends.
        """
        try:
            return with_retries(question)
        except StoreError as error:
            self.give_up(error)
            raise

    def note_failed_write(self, error: StoreError, run: Run) -> None:
        """Log a failed write.

        It is tried again, unless too many records wait or the turn is lost.
        """
        if isinstance(error, TurnLostError):
            self.give_up(error)
            return
        logger.error("%s; waiting for the next try: %s", error, count_of(run.waiting, "record"))
        if run.waiting >= MAX_WAITING:
            self.give_up(error)

    def give_up(self, error: Exception, more: str = "") -> None:
        """End the crawl, with the exit code of an unusable store unless another worker has the site."""
        if isinstance(error, TurnLostError):
            logger.warning("%s%s", error, more)
            end_crawl(self._crawler, "turn_lost", str(error))
            return
        logger.critical("%s%s", error, more)
        end_crawl(self._crawler, "store_unusable", f"{error}{more}")
