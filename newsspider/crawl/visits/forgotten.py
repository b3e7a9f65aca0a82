"""URLs that were removed with `newsspider forget` are never fetched again."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.statscollectors import StatsCollector

from newsspider.crawl.crawl_context import crawl_of
from newsspider.crawl.skipped_requests import Forgotten
from newsspider.crawl.turns import turn_of
from newsspider.errors import StoreError
from newsspider.store.database import choose_database_in, is_there
from newsspider.store.store import Store
from newsspider.urls import normalise_url


class ForgottenMiddleware:
    """Downloader middleware: drops requests for forgotten pages."""

    def __init__(self, stats: StatsCollector, forgotten: frozenset[str]) -> None:
        """Drop requests for these normalised URLs."""
        self._stats = stats
        self._forgotten = forgotten

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it if the store has forgotten URLs."""
        database = choose_database_in(crawler.settings)
        if not crawler.settings.getbool("NEWSSPIDER_STORE") or not is_there(database):
            raise NotConfigured

        is_dry_run = crawl_of(crawler).is_dry_run
        try:
            turn = turn_of(crawler)
            with (
                turn.store
                if turn
                else Store(database, create=False, migrates=not is_dry_run) as store
            ):
                forgotten = store.forgotten()
        except StoreError:
            if not is_dry_run:
                raise
            raise NotConfigured from None  # the ledger of the dry run reports it

        if not forgotten:
            raise NotConfigured

        assert crawler.stats is not None  # set before components are built
        return cls(crawler.stats, forgotten)

    def process_request(self, request: Request) -> None:
        """Pass all other requests.

        Raises:
            Forgotten: the page was removed.
        """
        if normalise_url(request.url) in self._forgotten:
            self._stats.inc_value("newsspider/forgotten")
            raise Forgotten(f"removed with newsspider forget: {request.url}")
