"""The period of a backfill, applied to the dates in pages: many URLs don't contain a date."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.http import Response

from newsspider.crawl.crawl_context import CrawlContext, crawl_of
from newsspider.crawl.request_context import note
from newsspider.record import ArticleRecord


class PeriodMiddleware:
    """Spider middleware: drops the record of an article outside of the period.

    Its links are followed.

    The store keeps its URL as not fetched, for crawls that want other days.
    """

    def __init__(self, crawl: CrawlContext) -> None:
        """Use the selection of this crawl."""
        self._crawl = crawl

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it for a crawl. The period is known when the spider starts."""
        return cls(crawl_of(crawler))

    async def process_spider_output(
        self, response: Response, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        """Yield everything except the records of such articles."""
        async for each in result:
            day = self._day_outside(each)
            if day is None:
                yield each
            elif response.request is not None:
                note(response.request, outside_on=day)

    def _day_outside(self, each: object) -> date | None:
        """Return the date of an article that is outside of the period; None for anything else."""
        if not isinstance(each, ArticleRecord) or not each.is_article:
            return None
        return self._crawl.selection.outside_on(each.published, each.site or "")
