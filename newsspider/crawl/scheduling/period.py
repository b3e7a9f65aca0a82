"""A backfill's period, once a page's own date is known: many addresses don't tell it before the download."""

from collections.abc import AsyncIterator
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.http import Response

from newsspider.crawl.crawl_context import CrawlContext, crawl_of
from newsspider.crawl.request_context import note
from newsspider.record import ArticleRecord


class PeriodMiddleware:
    """Spider middleware: no record goes on of an article that was published outside the period; its links are followed.

    Its address stays one that is yet to be fetched: a crawl that wants other days finds it.
    """

    def __init__(self, crawl: CrawlContext) -> None:
        """Ask what this crawl wants."""
        self._crawl = crawl

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it for a crawl, whose period is known when its spider starts."""
        return cls(crawl_of(crawler))

    async def process_spider_output(
        self, response: Response, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        """Pass everything on but the records of such articles."""
        selection = self._crawl.selection
        async for each in result:
            is_article = isinstance(each, ArticleRecord) and each.is_article
            day = selection.outside_on(each.published, each.site or "") if is_article else None
            if day is None:
                yield each
            elif response.request is not None:
                note(response.request, outside_on=day)
