"""How many pages of a site a crawl asks for, and how deep indexes of sitemaps go: traps make new ones for ever."""

from collections import defaultdict
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.spidermiddlewares.base import BaseSpiderMiddleware

from newsspider.crawl.guard.extension import Guard
from newsspider.crawl.request_context import context_of, note, role_of
from newsspider.urls import site_of


class SitePages(BaseSpiderMiddleware):
    """Spider middleware: lets so many addresses of a site through; one that was let through before costs nothing."""

    def __init__(self, crawler: Crawler, most: int) -> None:
        """Let so many through."""
        super().__init__(crawler)
        self._guard = Guard.of(crawler)
        self._most = most
        self._asked: defaultdict[str | None, set[int]] = defaultdict(
            set
        )  # hashes of addresses, by site

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


class SitemapNesting(BaseSpiderMiddleware):
    """Spider middleware: lets sitemaps through that lie below so many others, and none below those."""

    def __init__(self, crawler: Crawler, most: int) -> None:
        """Let so many through."""
        super().__init__(crawler)
        self._guard = Guard.of(crawler)
        self._most = most

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it from NEWSSPIDER_MAX_SITEMAP_NESTING."""
        return cls(crawler, crawler.settings.getint("NEWSSPIDER_MAX_SITEMAP_NESTING"))

    def get_processed_request(self, request: Request, response: Response | None) -> Request | None:
        """Return the request, or None for a sitemap that lies too deep."""
        above = context_of(response)
        if above is None or above.role != "sitemap" or role_of(request) != "sitemap":
            return request

        note(request, sitemap_nesting=above.sitemap_nesting + 1)
        if above.sitemap_nesting < self._most:
            return request

        self._guard.refusals.refuse(
            "sitemap_nesting", f"{request.url}: a sitemap below {self._most} others"
        )
        return None
