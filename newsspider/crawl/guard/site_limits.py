"""Limits against traps: the number of pages per site, and the nesting of sitemaps."""

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
    """Spider middleware: limits the number of different URLs per site."""

    def __init__(self, crawler: Crawler, most: int) -> None:
        """Set the limit."""
        super().__init__(crawler)
        self._guard = Guard.of(crawler)
        self._most = most
        # Hashes of URLs, by site.
        self._asked: defaultdict[str | None, set[int]] = defaultdict(set)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it, unless NEWSSPIDER_MAX_SITE_PAGES is 0."""
        most = crawler.settings.getint("NEWSSPIDER_MAX_SITE_PAGES")
        if not most:
            raise NotConfigured("any number of pages")
        return cls(crawler, most)

    def get_processed_request(self, request: Request, response: Response | None) -> Request | None:
        """Return the request; None if its site has reached the limit."""
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
    """Spider middleware: limits how deep sitemaps are nested."""

    def __init__(self, crawler: Crawler, most: int) -> None:
        """Set the limit."""
        super().__init__(crawler)
        self._guard = Guard.of(crawler)
        self._most = most

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it from NEWSSPIDER_MAX_SITEMAP_NESTING."""
        return cls(crawler, crawler.settings.getint("NEWSSPIDER_MAX_SITEMAP_NESTING"))

    def get_processed_request(self, request: Request, response: Response | None) -> Request | None:
        """Return the request; None for a sitemap that is nested too deep."""
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
