"""A site's profile, applied to the requests to it: delay, concurrency, headers, cookies, language, proxy, render."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler

from newsspider.crawl.crawl_context import crawl_of
from newsspider.crawl.request_context import note, role_of
from newsspider.revisiting.page_states import LIST_ROLES
from newsspider.sites.credential_scope import Scope
from newsspider.sites.profile import Site
from newsspider.urls import site_of

logger = logging.getLogger(__name__)

APPLIED = "newsspider_profile"  # the request's meta: what was set for one site, to be taken off before another's
OF_A_PROXY = ("proxy", "_auth_proxy")  # the second is Scrapy's note of whose password it sends
WITHHELD_STAT = "newsspider/keys_withheld"  # requests to a profile's site, but outside of its scope


@dataclass(frozen=True, slots=True)
class Applied:
    """What a request has of a site's profile.

    Attributes:
        scope: where its headers and cookies may go.
        headers: names of those that were set.
        has_proxy: whether it goes through the profile's proxy.
    """

    scope: Scope
    headers: tuple[str, ...]
    has_proxy: bool


class SiteSettingsMiddleware:
    """Downloader middleware: asks each site as its profile says; robots.txt too.

    A redirect copies its request, headers and proxy included. So each request first loses what an earlier site's
    profile gave it.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Apply the profiles of this crawler's spider."""
        self._crawler = crawler
        self._sites = crawl_of(crawler).sites
        self._slots: set[str] = set()
        self._withheld: set[str] = set()  # hosts of which the log has told

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Change a request to a site that has a profile."""
        take_off(request)
        site = self._sites.get(site_of(request.url) or "")
        renders = site is not None and site.render and role_of(request) not in LIST_ROLES
        note(request, renders=renders)  # also if not: a redirect may have left the site
        if site is None:
            return

        self._open_slot(request, site)
        apply_profile(request, site)
        if _has_keys(site) and not site.scope.covers(request.url):
            self._note_withheld(request, site)

    def _open_slot(self, request: Request, site: Site) -> None:
        """Set a site's delay and concurrency before its first request is in the queue."""
        if self._crawler.engine is None:
            return

        downloader = self._crawler.engine.downloader
        slot = downloader.get_slot_key(request)
        if slot in self._slots:
            return

        self._slots.add(slot)
        wanted: dict[str, Any] = {"delay": site.delay, "concurrency": site.concurrency}
        given = {name: value for name, value in wanted.items() if value is not None}

        if given:
            downloader.per_slot_settings[slot] = {
                **downloader.per_slot_settings.get(slot, {}),
                **given,
            }

    def _note_withheld(self, request: Request, site: Site) -> None:
        """Count a request that goes without the profile's keys, and say so once a host."""
        if self._crawler.stats:
            self._crawler.stats.inc_value(WITHHELD_STAT)

        parts = urlsplit(request.url)
        asked = f"{parts.scheme}://{parts.netloc}"
        if asked not in self._withheld:
            self._withheld.add(asked)
            text = "%s: headers and cookies of the profile go to %s, not to %s (subdomains = true: to all its hosts)"
            logger.info(text, site.domain, site.scope.origin, asked)


def apply_profile(request: Request, site: Site) -> None:
    """Give a request what a profile says, and note what that was."""
    headers = dict(iter_headers(site, request.url))
    for name, value in headers.items():
        request.headers[name] = value

    if site.proxy:
        request.meta["proxy"] = site.proxy

    if site.delay is not None:
        request.meta["autothrottle_dont_adjust_delay"] = True

    request.meta[APPLIED] = Applied(site.scope, tuple(headers), site.proxy is not None)


def take_off(request: Request) -> None:
    """Take off what a profile gave a request, its own or that of the request which was redirected here."""
    applied = applied_to(request)
    if applied is None:
        return

    del request.meta[APPLIED]
    request.meta.pop("autothrottle_dont_adjust_delay", None)
    for name in applied.headers:
        request.headers.pop(name, None)

    if applied.has_proxy:
        request.headers.pop("Proxy-Authorization", None)
        for name in OF_A_PROXY:
            request.meta.pop(name, None)


def applied_to(request: Request) -> Applied | None:
    """Return what a request has of a profile."""
    found = request.meta.get(APPLIED)
    return found if isinstance(found, Applied) else None


def iter_headers(site: Site, url: str) -> Iterator[tuple[str, str]]:
    """Yield the headers that a request to an address of a site gets by its profile.

    >>> herald = Site(url="https://herald.example", language="de", cookies={"id": "7", "paid": "1"})
    >>> list(iter_headers(herald, "https://herald.example/a"))
    [('Accept-Language', 'de'), ('Cookie', 'id=7; paid=1')]
    >>> list(iter_headers(herald, "http://herald.example/a"))
    [('Accept-Language', 'de')]
    """
    if site.language:
        yield "Accept-Language", site.language

    if not site.scope.covers(url):
        return

    if isinstance(site.cookies, Mapping) and site.cookies:
        yield "Cookie", "; ".join(f"{name}={value}" for name, value in site.cookies.items())

    yield from site.headers.items()


def _has_keys(site: Site) -> bool:
    """Whether a profile has headers or cookies."""
    return bool(site.headers or (site.cookies and not site.keeps_cookies))
