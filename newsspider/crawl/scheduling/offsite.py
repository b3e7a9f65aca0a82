"""Requests that leave the sites of the crawl are refused, and the spider is told."""

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.offsite import OffsiteMiddleware


class ReportingOffsiteMiddleware(OffsiteMiddleware):
    """Scrapy's middleware, except that a seed that redirects to another site reaches the errback."""

    def request_scheduled(self, request: Request, spider: Spider) -> None:
        """Pass the request: refusing it here would drop it silently.

        `process_request` refuses it later.
        """
