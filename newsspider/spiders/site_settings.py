"""A site's profile, applied to the requests to it: delay, concurrency, headers, cookies, language, proxy, render."""

from collections.abc import Iterator
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler

from newsspider.revisiting.states import LIST_ROLES
from newsspider.sites.profile import Site
from newsspider.spiders.crawl_context import crawl_of
from newsspider.spiders.request_context import note, role_of
from newsspider.urls import site_of


class SiteSettingsMiddleware:
    """Downloader middleware: asks each site as its profile says; robots.txt too."""

    def __init__(self, crawler: Crawler) -> None:
        """Apply the profiles of this crawler's spider."""
        self._crawler = crawler
        self._sites = crawl_of(crawler).sites
        self._slots: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Change a request to a site that has a profile."""
        site = self._sites.get(site_of(request.url) or "")
        renders = site is not None and site.render and role_of(request) not in LIST_ROLES
        note(request, renders=renders)  # also if not: a redirect may have left the site
        if site is None:
            return
        self._open_slot(request, site)
        for name, value in iter_headers(site):
            request.headers[name] = value
        if site.proxy:
            request.meta["proxy"] = site.proxy
        if site.delay is not None:
            request.meta["autothrottle_dont_adjust_delay"] = True

    def _open_slot(self, request: Request, site: Site) -> None:
        """Set a host's delay and concurrency before its first request is in the queue."""
        if self._crawler.engine is None:
            return
        downloader = self._crawler.engine.downloader
        host = downloader.get_slot_key(request)
        if host in self._slots:
            return
        self._slots.add(host)
        wanted: dict[str, Any] = {"delay": site.delay, "concurrency": site.concurrency}
        given = {name: value for name, value in wanted.items() if value is not None}
        if given:
            downloader.per_slot_settings[host] = {**downloader.per_slot_settings.get(host, {}), **given}


def iter_headers(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the headers that a site's profile asks for.

    >>> list(iter_headers(Site(url="https://herald.example", language="de", cookies={"id": "7", "paid": "1"})))
    [('Accept-Language', 'de'), ('Cookie', 'id=7; paid=1')]
    """
    if site.language:
        yield "Accept-Language", site.language
    if site.cookies:
        yield "Cookie", "; ".join(f"{name}={value}" for name, value in site.cookies.items())
    yield from site.headers.items()
