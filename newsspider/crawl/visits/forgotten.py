"""Addresses that `newsspider forget` has taken out are not asked for again."""

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
    """Downloader middleware: drops requests for pages that were taken down."""

    def __init__(self, stats: StatsCollector, forgotten: frozenset[str]) -> None:
        """Drop these normalised addresses."""
        self._stats = stats
        self._forgotten = forgotten

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it where the store has such addresses."""
        database = choose_database_in(crawler.settings)
        if not crawler.settings.getbool("NEWSSPIDER_STORE") or not is_there(database):
            raise NotConfigured
        is_rehearsal = crawl_of(crawler).is_dry_run
        try:
            turn = turn_of(crawler)
            with (
                turn.store
                if turn
                else Store(database, create=False, migrates=not is_rehearsal) as store
            ):
                forgotten = store.forgotten()
        except StoreError:
            if not is_rehearsal:
                raise
            raise NotConfigured from None  # the dry run's ledger says it
        if not forgotten:
            raise NotConfigured
        assert crawler.stats is not None  # set before components are built
        return cls(crawler.stats, forgotten)

    def process_request(self, request: Request) -> None:
        """Let all others pass.

        Raises:
            Forgotten: the page was taken down.
        """
        if normalise_url(request.url) in self._forgotten:
            self._stats.inc_value("newsspider/forgotten")
            raise Forgotten(f"taken down by newsspider forget: {request.url}")
