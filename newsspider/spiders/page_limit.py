"""max_pages: the crawl fetches so many pages and no more, those first that matter most."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.statscollectors import StatsCollector

from newsspider.revisiting.states import LIST_ROLES
from newsspider.spiders.crawl_context import crawl_of
from newsspider.spiders.request_context import context_of
from newsspider.spiders.unneeded import OverLimit

OVER_LIMIT_STAT = "newsspider/over_max_pages"  # requests that were not made


class PageLimitMiddleware:
    """Downloader middleware: counts pages where they are fetched, so that the scheduler's order chooses them.

    A page's redirects and repetitions are not counted again, nor are robots.txt, feeds and sitemaps.
    """

    def __init__(self, most: int, stats: StatsCollector) -> None:
        """Allow so many pages."""
        self._left = most
        self._stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it where the spider has a limit."""
        most = crawl_of(crawler).arguments.max_pages
        if most is None:
            raise NotConfigured
        assert crawler.stats is not None  # set before components are built
        return cls(most, crawler.stats)

    def process_request(self, request: Request) -> None:
        """Count a page.

        Raises:
            OverLimit: enough have been fetched.
        """
        context = context_of(request)
        if context is None or {"redirect_times", "retry_times"} & request.meta.keys():
            return
        if context.role in LIST_ROLES and self._left > 0:
            return
        if self._left <= 0:
            self._stats.inc_value(OVER_LIMIT_STAT)
            raise OverLimit("max_pages is reached")
        self._left -= 1
