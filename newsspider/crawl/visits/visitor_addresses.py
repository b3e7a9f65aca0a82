"""Articles that wait to be fetched at a visitor's own address are fetched at the page's, once that is learnt."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from newsspider.crawl.request_context import role_of
from newsspider.crawl.visits.ledger import Ledger
from newsspider.crawl.visits.revisits import ledger_of

MOVED_PERMANENTLY = (
    301  # what the one address is to the other, so that it is noted as another name of the page
)


class VisitorAddressesMiddleware:
    """Downloader middleware: asks for an article without what the site adds for each visitor.

    A page of a hundred links is read before the first of them shows that a part of their addresses says nothing. What
    was asked for by then is dropped as any other request for the same page.
    """

    def __init__(self, ledger: Ledger) -> None:
        """Ask this ledger where pages lie."""
        self._ledger = ledger

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it where the crawl has a store."""
        return cls(ledger_of(crawler))

    def process_request(self, request: Request) -> Request | None:
        """Return the request at the page's address, where that is another."""
        if role_of(request) is None or "?" not in request.url:
            return None
        url = self._ledger.address_of(request)
        if url == request.url:
            return None
        passed = [*request.meta.get("redirect_urls", ()), request.url]
        reasons = [*request.meta.get("redirect_reasons", ()), MOVED_PERMANENTLY]
        meta = {**request.meta, "redirect_urls": passed, "redirect_reasons": reasons}
        return request.replace(url=url, meta=meta, dont_filter=False)
