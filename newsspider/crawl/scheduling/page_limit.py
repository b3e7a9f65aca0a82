"""max_pages: the crawl fetches so many pages and no more, those first that matter most."""

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

CHAIN_MARKS = frozenset(
    {"redirect_times", "retry_times"}
)  # in the meta of redirects and repetitions


class PageLimitMiddleware:
    """Downloader middleware: counts pages where they are fetched, so that the scheduler's order chooses them.

    A page's redirects and repetitions are not counted again, nor are robots.txt, feeds and sitemaps. Once the limit is
    reached, the crawl's queue hands out only those redirects and repetitions, and the crawl ends.

    Attributes:
        over: requests that had left the queue when the limit was reached, by site.
    """

    def __init__(self, most: int, stats: StatsCollector, *, ends: bool) -> None:
        """Allow so many pages; `ends` says whether the crawl ends then, as any but a dry run does."""
        self._left = most
        self._stats = stats
        self._ends = ends
        self.over: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it where the spider has a limit."""
        crawl = crawl_of(crawler)
        most = crawl.arguments.max_pages
        if most is None:
            raise NotConfigured
        assert crawler.stats is not None  # set before components are built
        return cls(most, crawler.stats, ends=not crawl.is_dry_run)

    @property
    def is_reached(self) -> bool:
        """Whether no other page is fetched."""
        return self._ends and self._left <= 0

    def process_request(self, request: Request) -> None:
        """Count a page.

        Raises:
            OverLimit: enough have been fetched.
        """
        context = context_of(request)
        if context is None or is_counted(request):
            return
        if context.role in LIST_ROLES and self._left > 0:
            return

        if self._left <= 0:
            self._stats.inc_value(OVER_LIMIT_STAT)
            self.over[site_of(request.url) or ""] += 1
            raise OverLimit("max_pages is reached")

        self._left -= 1


def is_counted(request: Request) -> bool:
    """Whether a request goes on with a page that was counted: a redirect or a repetition."""
    return not CHAIN_MARKS.isdisjoint(request.meta)
