"""A crawl's stats, kept in a file when it ends."""

import json
from pathlib import Path
from typing import Any

from scrapy.crawler import Crawler
from scrapy.statscollectors import MemoryStatsCollector


class StatsFile(MemoryStatsCollector):
    """Scrapy stats collector (STATS_CLASS): writes the stats as JSON to the file that NEWSSPIDER_STATS_FILE names."""

    def __init__(self, crawler: Crawler) -> None:
        """Remember where to write."""
        super().__init__(crawler)
        self._path: str | None = crawler.settings.get("NEWSSPIDER_STATS_FILE")

    def close_spider(self, *arguments: Any, **named: Any) -> None:
        """Write the stats, dates as text."""
        super().close_spider(*arguments, **named)
        if self._path:
            Path(self._path).write_text(json.dumps(self.get_stats(), default=str), encoding="utf-8")
