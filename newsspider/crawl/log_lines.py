"""The log lines of each page, which are made only if the log shows them."""

import logging
from typing import Any, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure


class PageLines(LogFormatter):
    """Scrapy's log formatter, without the lines "Crawled" and "Scraped" above LOG_LEVEL=DEBUG.

    Scrapy makes a log record of both for each page, counts it, and then leaves it out.
    """

    def __init__(self, *, shows_pages: bool) -> None:
        """Make the lines of each page, or leave them out."""
        self._shows_pages = shows_pages

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read the level of the log."""
        level = crawler.settings["LOG_LEVEL"]
        number = logging.getLevelName(level) if isinstance(level, str) else level
        return cls(shows_pages=number <= logging.DEBUG)

    def crawled(  # type: ignore[override]  # None leaves the line out, as Scrapy's manual says
        self, request: Request, response: Response, spider: Spider
    ) -> LogFormatterResult | None:
        """Return the line for a response."""
        return super().crawled(request, response, spider) if self._shows_pages else None

    def scraped(  # type: ignore[override]  # the same
        self, item: Any, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult | None:
        """Return the line for a record."""
        return super().scraped(item, response, spider) if self._shows_pages else None
