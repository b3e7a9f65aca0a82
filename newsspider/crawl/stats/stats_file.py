"""The stats of a crawl in a file, for `newsspider bench` and tests."""

import json
from pathlib import Path
from typing import Any

from scrapy.crawler import Crawler
from scrapy.statscollectors import MemoryStatsCollector


class StatsFile(MemoryStatsCollector):
    """Scrapy stats collector (STATS_CLASS) that writes JSON to the file in NEWSSPIDER_STATS_FILE."""

    def __init__(self, crawler: Crawler) -> None:
        """Read the path."""
        super().__init__(crawler)
        self._path: str | None = crawler.settings.get("NEWSSPIDER_STATS_FILE")

    def close_spider(self, *arguments: Any, **named: Any) -> None:
        """Write the stats, with dates as text."""
        super().close_spider(*arguments, **named)
        if self._path:
            text = json.dumps(self.get_stats(), default=str)
            Path(self._path).write_text(text, encoding="utf-8")
