"""Feed exports (-O, -o, FEEDS) that end the crawl if they can't be written.

Scrapy's own exporter logs one traceback per item and exits with 0.
"""

from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.extensions.feedexport import FeedExporter, FeedSlot, FileFeedStorage

from newsspider.crawl.ending.early_end import end_crawl
from newsspider.files import make_private

FAILED_STATS = "feedexport/failed_count/"  # Scrapy's, by storage


class PrivateFileStorage(FileFeedStorage):
    """Scrapy's storage in files. Only the user can read a new file."""

    def open(self, spider: Spider) -> IO[bytes]:
        """Return the opened file."""
        path = Path(self.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        make_private(path)
        return super().open(spider)


class ReportingFeedExporter(FeedExporter):
    """Scrapy extension that replaces Scrapy's: a full disk is reported once, with exit code 4."""

    def __init__(self, crawler: Crawler) -> None:
        """Prepare the feeds."""
        super().__init__(crawler)
        self._gave_up = False

    def item_scraped(self, item: Any, spider: Spider) -> None:
        """Write the item, or end the crawl. Items that were written before remain."""
        if self._gave_up:
            return

        try:
            super().item_scraped(item, spider)
        except OSError as error:
            uris = ", ".join(slot.uri for slot in self.slots)
            self._give_up(uris, error.strerror or str(error), spider)

    async def close_spider(self, spider: Spider) -> None:
        """Complete the feeds; report also the feeds that a storage refused."""
        await super().close_spider(spider)

        stats = self.crawler.stats.get_stats()
        failed = any(name.startswith(FAILED_STATS) for name in stats)
        if failed and not self._gave_up:
            self._give_up(", ".join(self.feeds), "could not be stored", spider)

    async def _close_slot(self, slot: FeedSlot, spider: Spider) -> None:
        """Complete a feed, unless the rest of it can't be written."""
        try:
            if slot.file and not self._gave_up:
                slot.file.flush()
        except OSError as error:
            self._give_up(slot.uri, error.strerror or str(error), spider)

        if not self._gave_up:
            await super()._close_slot(slot, spider)
        elif slot.file:
            with suppress(OSError):  # it has been reported
                slot.file.close()

    def _give_up(self, name: str, why: str, spider: Spider) -> None:
        """End the crawl with the exit code of an unusable store."""
        self._gave_up = True
        reason = f"{name}: {why}"
        spider.logger.critical("%s: records can't be written", reason)
        end_crawl(self.crawler, "store_unusable", reason)
