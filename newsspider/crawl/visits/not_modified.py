"""Pages that have not changed since the last visit (HTTP 304) are noted, and not given to the spider."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from newsspider.crawl.request_context import role_of
from newsspider.crawl.skipped_requests import NotModified
from newsspider.crawl.visits.describing import visit_of
from newsspider.crawl.visits.ledger import Ledger, ledger_of
from newsspider.crawl.visits.page_readers import readers_of

HTTP_NOT_MODIFIED = 304
CONDITIONAL_HEADERS = frozenset({b"If-None-Match", b"If-Modified-Since"})


class NotModifiedMiddleware:
    """Downloader middleware: notes the visit to an unmodified page and drops its response."""

    def __init__(self, crawler: Crawler, ledger: Ledger) -> None:
        """Note visits in this ledger."""
        self._readers = readers_of(crawler)
        self._ledger = ledger

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it if the crawl has a store."""
        return cls(crawler, ledger_of(crawler))

    def process_response(self, request: Request, response: Response) -> Response:
        """Return other responses.

        Raises:
            NotModified: the page has not changed.
        """
        is_conditional = bool(CONDITIONAL_HEADERS & request.headers.keys())
        if response.status != HTTP_NOT_MODIFIED or not is_conditional or role_of(request) is None:
            return response  # an unconditional request with this status is an error

        self._ledger.note_visit(visit_of(request, response, self._readers.of(request)))
        raise NotModified(f"not modified: {request.url}")
