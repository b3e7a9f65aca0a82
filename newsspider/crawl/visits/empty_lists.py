"""Waiting lists are put off once many lists like them contained nothing new."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from newsspider.crawl.crawl_context import crawl_of
from newsspider.crawl.request_context import context_of
from newsspider.crawl.skipped_requests import EmptyList
from newsspider.crawl.visits.ledger import Ledger

LEFT_STAT = "newsspider/empty_lists_left"


class EmptyListsMiddleware:
    """Downloader middleware: drops requests for unread lists if many lists like them contained nothing new.

    A page links all its tags and authors at once, before the first of them shows that it lists
    known articles.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Use the crawl's counts of empty pages, and note dropped lists in its ledger."""
        self._crawler = crawler
        self._empty_pages = crawl_of(crawler).empty_pages

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it for a crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Pass all other requests.

        Raises:
            EmptyList: the list is put off.
        """
        if not _is_unread_list(request) or not self._empty_pages.is_exhausted(request.url):
            return

        assert self._crawler.stats is not None  # set before components are built
        self._crawler.stats.inc_value(LEFT_STAT)
        if ledger := self._crawler.get_extension(Ledger):
            ledger.put_off(request)

        raise EmptyList(f"lists like it contained nothing new: {request.url}")


def _is_unread_list(request: Request) -> bool:
    """Whether a request is for a list, other than a seed, that no run has read."""
    context = context_of(request)
    if context is None or context.role != "section":
        return False
    return not context.was_read and context.seed != request.url
