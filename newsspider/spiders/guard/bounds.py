"""How many pages of a site a crawl asks for, whatever its links say: a trap makes new ones for ever."""

from collections import defaultdict
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.spidermiddlewares.base import BaseSpiderMiddleware

from newsspider.spiders.guard.extension import Guard
from newsspider.urls import site_of


class SitePages(BaseSpiderMiddleware):
    """Spider middleware: lets so many addresses of a site through; one that was let through before costs nothing."""

    def __init__(self, crawler: Crawler, most: int) -> None:
        """Let so many through."""
        super().__init__(crawler)
        self._guard = Guard.of(crawler)
        self._most = most
        self._asked: defaultdict[str | None, set[int]] = defaultdict(set)  # hashes of addresses, by site

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it, unless NEWSSPIDER_MAX_SITE_PAGES is 0."""
        most = crawler.settings.getint("NEWSSPIDER_MAX_SITE_PAGES")
        if not most:
            raise NotConfigured("any number of pages")
        return cls(crawler, most)

    def get_processed_request(self, request: Request, response: Response | None) -> Request | None:
        """Return the request, or None where the site has had its share."""
        site = site_of(request.url)
        asked, address = self._asked[site], hash(request.url)
        if address in asked:
            return request
        if len(asked) < self._most:
            asked.add(address)
            return request
        self._guard.refusals.refuse("site_pages", f"a page of {site} beyond the first {self._most}")
        return None
