"""Requests for articles lose their visitor parameters, once a site's parameters are known."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from newsspider.crawl.request_context import role_of
from newsspider.crawl.visits.ledger import Ledger, ledger_of

MOVED_PERMANENTLY = 301  # so that both addresses are stored as names of one page


class VisitorAddressesMiddleware:
    """Downloader middleware: removes the parameters that a site adds to URLs for each visitor.

    A page of a hundred links is read before the first of them shows that a parameter doesn't change
    the page. Requests for pages that were fetched by then are dropped as duplicates.
    """

    def __init__(self, ledger: Ledger) -> None:
        """Look addresses up in this ledger."""
        self._ledger = ledger

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it if the crawl has a store."""
        return cls(ledger_of(crawler))

    def process_request(self, request: Request) -> Request | None:
        """Return the request at the main address of the page, if it differs."""
        if role_of(request) is None or "?" not in request.url:
            return None

        url = self._ledger.address_of(request)
        if url == request.url:
            return None

        passed = [*request.meta.get("redirect_urls", ()), request.url]
        reasons = [*request.meta.get("redirect_reasons", ()), MOVED_PERMANENTLY]
        meta = {**request.meta, "redirect_urls": passed, "redirect_reasons": reasons}
        return request.replace(url=url, meta=meta, dont_filter=False)
