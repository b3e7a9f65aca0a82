"""Lists that wait to be fetched are put off, once many that look like them have brought nothing new."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from newsspider.crawl.crawl_context import crawl_of
from newsspider.crawl.request_context import context_of
from newsspider.crawl.skipped_requests import EmptyList
from newsspider.crawl.visits.ledger import Ledger

LEFT_STAT = "newsspider/barren_lists_left"


class EmptyListsMiddleware:
    """Downloader middleware: drops requests for lists that were never read, by what those like them have brought.

    A page names all its tags and authors at once, before the first of them shows that they list what is known.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Ask the crawler's spider, and note in its ledger what is put off."""
        self._crawler = crawler
        self._trail = crawl_of(crawler).trail

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let all others pass.

        Raises:
            EmptyList: the list is put off.
        """
        context = context_of(request)
        if (
            context is None
            or context.role != "section"
            or context.was_read
            or context.seed == request.url
        ):
            return
        if self._trail.is_exhausted(request.url):
            assert self._crawler.stats is not None  # set before components are built
            self._crawler.stats.inc_value(LEFT_STAT)
            if ledger := self._crawler.get_extension(Ledger):
                ledger.put_off(request)
            raise EmptyList(f"lists like it have brought nothing new: {request.url}")
