"""Feeds (-O, -o, FEEDS) that can't be written end the crawl: Scrapy's own logs a traceback an item and exits with 0."""

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
    """Scrapy's storage in files; a new file is the user's alone."""

    def open(self, spider: Spider) -> IO[bytes]:
        """Return the file, opened."""
        path = Path(self.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        make_private(path)
        return super().open(spider)


class ReportingFeedExporter(FeedExporter):
    """Scrapy extension in the place of Scrapy's: a full disk is said once, and is exit code 4."""

    def __init__(self, crawler: Crawler) -> None:
        """Begin with all well."""
        super().__init__(crawler)
        self._gave_up = False

    def item_scraped(self, item: Any, spider: Spider) -> None:
        """Write the item, or end the crawl; what was written before stays."""
        if self._gave_up:
            return
        try:
            super().item_scraped(item, spider)
        except OSError as error:
            self._give_up(
                ", ".join(slot.uri for slot in self.slots), error.strerror or str(error), spider
            )

    async def close_spider(self, spider: Spider) -> None:
        """Complete the feeds; one that another storage than a file refused is said, too."""
        await super().close_spider(spider)
        failed = [name for name in self.crawler.stats.get_stats() if name.startswith(FAILED_STATS)]
        if failed and not self._gave_up:
            self._give_up(", ".join(self.feeds), "could not be stored", spider)

    async def _close_slot(self, slot: FeedSlot, spider: Spider) -> None:
        """Complete a feed, unless what is left of it can't be written."""
        try:
            if slot.file and not self._gave_up:
                slot.file.flush()
        except OSError as error:
            self._give_up(slot.uri, error.strerror or str(error), spider)
        if not self._gave_up:
            await super()._close_slot(slot, spider)
        elif slot.file:
            with suppress(OSError):  # said already
                slot.file.close()

    def _give_up(self, name: str, why: str, spider: Spider) -> None:
        """End the crawl with the exit code of an unusable store."""
        self._gave_up = True
        said = f"{name}: {why}"
        spider.logger.critical("%s: records can't be written", said)
        end_crawl(self.crawler, "store_unusable", said)
