"""The processor time of a crawl's main process, without its worker processes."""

from time import process_time
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector


class ProcessorTime:
    """Scrapy extension: the stat `newsspider/main_process_seconds`, from the spider's start to its end.

    It includes the threads of the process, such as the one that writes to the database. Crawls that
    share a process each count all of it.
    """

    def __init__(self, crawler: Crawler, stats: StatsCollector) -> None:
        """Measure while the spider is open."""
        self._stats = stats
        self._began = process_time()
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it with the crawler's stats."""
        assert crawler.stats is not None  # set before components are built
        return cls(crawler, crawler.stats)

    def spider_opened(self) -> None:
        """Leave out the time of the start-up."""
        self._began = process_time()

    def spider_closed(self) -> None:
        """Write the stat."""
        self._stats.set_value(
            "newsspider/main_process_seconds", round(process_time() - self._began, 3)
        )
