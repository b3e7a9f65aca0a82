"""max_pages: the maximum number of pages that a crawl fetches, the most important first."""

from collections import Counter
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.statscollectors import StatsCollector

from newsspider.crawl.crawl_context import crawl_of
from newsspider.crawl.ending.outcome import OVER_LIMIT_STAT
from newsspider.crawl.request_context import context_of
from newsspider.crawl.skipped_requests import OverLimit
from newsspider.revisiting.page_states import LIST_ROLES
from newsspider.urls import site_of

CHAIN_MARKS = frozenset({"redirect_times", "retry_times"})  # in the meta of redirects and retries


class PageLimitMiddleware:
    """Downloader middleware: counts pages when they are fetched, so that the scheduler's order chooses them.

    Redirects and retries of a page are not counted again. robots.txt, feeds and sitemaps are not
    counted. At the limit, the queue of the crawl returns only redirects and retries, and the crawl
    ends.

    Attributes:
        over: the number of requests that had left the queue at the limit, by site.
    """

    def __init__(self, most: int, stats: StatsCollector, *, ends: bool) -> None:
        """Set the limit; `ends` = whether the crawl ends there, as all but dry runs do."""
        self._left = most
        self._stats = stats
        self._ends = ends
        self.over: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it if the spider has a limit."""
        crawl = crawl_of(crawler)
        most = crawl.arguments.max_pages
        if most is None:
            raise NotConfigured
        assert crawler.stats is not None  # set before components are built
        return cls(most, crawler.stats, ends=not crawl.is_dry_run)

    @property
    def is_reached(self) -> bool:
        """Whether no more pages are fetched."""
        return self._ends and self._left <= 0

    def process_request(self, request: Request) -> None:
        """Count a page.

        Raises:
            OverLimit: the limit is reached.
        """
        context = context_of(request)
        if context is None or is_counted(request):
            return

        if self._left > 0:
            self._left -= context.role not in LIST_ROLES
            return

        self._stats.inc_value(OVER_LIMIT_STAT)
        self.over[site_of(request.url) or ""] += 1
        raise OverLimit("max_pages is reached")


def is_counted(request: Request) -> bool:
    """Whether a request belongs to a page that was counted: a redirect or a retry."""
    return not CHAIN_MARKS.isdisjoint(request.meta)
