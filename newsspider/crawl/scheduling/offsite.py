"""Requests that leave the crawl's sites: refused where the spider hears of it."""

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.offsite import OffsiteMiddleware


class ReportingOffsiteMiddleware(OffsiteMiddleware):
    """Scrapy's, but a seed that redirects to another site reaches the spider's errback instead of vanishing."""

    def request_scheduled(self, request: Request, spider: Spider) -> None:
        """Let it pass: what is refused here is dropped without a word; `process_request` refuses it a moment later."""
