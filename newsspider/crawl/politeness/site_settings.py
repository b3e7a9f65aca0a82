"""The profile of a site, applied to its requests: delay, concurrency, headers, cookies, language, proxy, render."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler

from newsspider.crawl.crawl_context import crawl_of
from newsspider.crawl.request_context import context_of, note, role_of
from newsspider.revisiting.page_states import LIST_ROLES
from newsspider.sites.credential_scope import Scope
from newsspider.sites.profile import Site
from newsspider.urls import site_of

logger = logging.getLogger(__name__)

APPLIED = "newsspider_profile"  # in the request's meta: the settings of one site, removed before those of another
OF_A_PROXY = ("proxy", "_auth_proxy")  # the second is Scrapy's note of the password
WITHHELD_STAT = "newsspider/keys_withheld"  # requests to a profile's site, but outside of its scope


@dataclass(frozen=True, slots=True)
class Applied:
    """The parts of a profile that a request has.

    Attributes:
        scope: where the headers and cookies may go.
        headers: the names of the headers.
        has_proxy: whether it uses the proxy of the profile.
    """

    scope: Scope
    headers: tuple[str, ...]
    has_proxy: bool


class SiteSettingsMiddleware:
    """Downloader middleware: applies profiles to requests, also to those for robots.txt.

    A redirect copies its request with headers and proxy. So the settings of an earlier site are
    removed first.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Apply the profiles of this crawler's spider."""
        self._crawler = crawler
        self._sites = crawl_of(crawler).sites
        self._slots: set[str] = set()
        self._withheld: set[str] = set()  # origins that the log has named

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it for a crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Apply the profile of the request's site, if it has one."""
        take_off(request)
        site = self._sites.get(site_of(request.url) or "")
        renders = site is not None and site.render and role_of(request) not in LIST_ROLES
        context = context_of(request)
        if context and context.renders != renders:  # also False: a redirect may have left the site
            note(request, renders=renders)
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
        """Count a request without the profile's headers and cookies, and log it once per origin."""
        if self._crawler.stats:
            self._crawler.stats.inc_value(WITHHELD_STAT)

        parts = urlsplit(request.url)
        asked = f"{parts.scheme}://{parts.netloc}"
        if asked not in self._withheld:
            self._withheld.add(asked)
            text = "%s: headers and cookies of the profile go to %s, not to %s (subdomains = true: to all its hosts)"
            logger.info(text, site.domain, site.scope.origin, asked)


def apply_profile(request: Request, site: Site) -> None:
    """Apply a profile to a request, and note which parts."""
    headers = dict(iter_headers(site, request.url))
    for name, value in headers.items():
        request.headers[name] = value

    if site.proxy:
        request.meta["proxy"] = site.proxy

    if site.delay is not None:
        request.meta["autothrottle_dont_adjust_delay"] = True

    request.meta[APPLIED] = Applied(site.scope, tuple(headers), site.proxy is not None)


def take_off(request: Request) -> None:
    """Remove the settings of a profile from a request, also those copied by a redirect."""
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
    """Return the parts of a profile that a request has; None if it has none."""
    found = request.meta.get(APPLIED)
    return found if isinstance(found, Applied) else None


def iter_headers(site: Site, url: str) -> Iterator[tuple[str, str]]:
    """Yield the headers that the profile of a site adds to a request.

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
