"""Cookies from sites last for one chain of redirects, or for the run if the user wants that."""

from collections.abc import Iterable
from http.cookiejar import Cookie
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.cookies import CookiesMiddleware
from scrapy.http import Response
from scrapy.http.cookies import CookieJar
from scrapy.utils.httpobj import urlparse_cached

from newsspider.crawl.crawl_context import crawl_of
from newsspider.domains import is_public_suffix
from newsspider.urls import site_of

# In a request's meta: the cookies that were set along its redirects, and the names of those that it
# sends.
CHAIN = "newsspider_chain_cookies"
KEPT = "newsspider_kept_cookies"
MAX_CHAIN_COOKIES = 50  # the minimum for browsers in RFC 6265; more are dropped


class ChainCookies(CookiesMiddleware):
    """Scrapy's middleware, which also works without COOKIES_ENABLED: for one chain of redirects.

    Some sites send each new visitor through a URL that sets a cookie and redirects back. Without
    the cookie, this is a loop. With COOKIES_ENABLED, or `cookies = true` in a profile, cookies last
    for the run.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Start without cookies."""
        super().__init__(crawler.settings.getbool("COOKIES_DEBUG"))
        self.crawler = crawler
        self._all_sites = crawler.settings.getbool("COOKIES_ENABLED")
        self._sites = crawl_of(crawler).sites

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it for every crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:  # type: ignore[override]  # without the spider
        """Add the cookies from the site to those of its profile. Cookies from the site win."""
        if request.meta.get("dont_merge_cookies", False):
            return

        if self._has_cookies(request):
            self._add_cookies(request)
        else:
            request.meta[KEPT] = frozenset()
            if given := request.headers.get("Cookie"):
                _set_cookies(request, _pairs(given))

        self._debug_cookie(request)

    def _add_cookies(self, request: Request) -> None:
        """Add the cookies of a request's jar to those that it was given."""
        jar = self._jar_of(request)
        if self._all_sites:
            self._process_cookies(self._get_request_cookies(jar, request), jar=jar, request=request)

        given = request.headers.get("Cookie") or b""
        request.headers.pop("Cookie", None)
        jar.add_cookie_header(request)
        kept = request.headers.get("Cookie") or b""
        request.meta[KEPT] = names_of(kept)
        _set_cookies(request, [*without(given, names_of(kept)), *_pairs(kept)])

    def process_response(self, request: Request, response: Response) -> Response:  # type: ignore[override]  # without the spider
        """Store the cookies of a response."""
        if request.meta.get("dont_merge_cookies", False) or "Set-Cookie" not in response.headers:
            return response

        jar, chain = self._jar_of(request), _jar(request.meta.get(CHAIN, ()))
        for kept in (jar, chain):
            self._process_cookies(kept.make_cookies(response, request), jar=kept, request=request)

        request.meta[CHAIN] = list(chain)[:MAX_CHAIN_COOKIES]
        self._debug_set_cookie(response)
        return response

    def _process_cookies(
        self, cookies: Iterable[Cookie], *, jar: CookieJar, request: Request
    ) -> None:
        """Add cookies to a jar.

        A cookie for a public suffix is only for a host that is the suffix itself.

        Scrapy uses tldextract here, which fetches its list from the network, past the guard.
        """
        host = (urlparse_cached(request).hostname or "").lower()
        for cookie in cookies:
            domain = cookie.domain.removeprefix(".")
            if domain and is_public_suffix(domain):
                if domain != host:
                    continue
                cookie.domain = host
            jar.set_cookie_if_ok(cookie, request)

    def _jar_of(self, request: Request) -> CookieJar:
        """Return the jar of a request: that of the run, of its site, or of its chain of redirects."""
        if self._all_sites:
            return self.jars[request.meta.get("cookiejar")]

        if domain := self._keeping_domain(request):
            return self.jars[domain]
        return _jar(request.meta.get(CHAIN, ()))

    def _has_cookies(self, request: Request) -> bool:
        """Whether the jar of a request can have cookies: most requests have none."""
        return self._all_sites or has_chain_cookies(request) or bool(self._keeping_domain(request))

    def _keeping_domain(self, request: Request) -> str | None:
        """Return the site of a request, if its profile keeps cookies for the run."""
        domain = site_of(request.url) or ""
        site = self._sites.get(domain)
        return domain if site and site.keeps_cookies else None


def has_chain_cookies(request: Request) -> bool:
    """Whether responses along the redirects of a request have set cookies."""
    return bool(request.meta.get(CHAIN))


def drop_kept(request: Request) -> None:
    """Remove the cookies from sites: a redirect copies them, but its target may be another site."""
    kept = request.meta.pop(KEPT, frozenset())
    _set_cookies(request, without(request.headers.get("Cookie") or b"", kept))


def names_of(header: bytes) -> frozenset[bytes]:
    """Return the names of the cookies in a Cookie header."""
    return frozenset(pair.partition(b"=")[0] for pair in _pairs(header))


def without(header: bytes, names: frozenset[bytes]) -> list[bytes]:
    """Return the cookies of a Cookie header that have other names.

    >>> without(b"id=7; paid=1", frozenset({b"id"}))
    [b'paid=1']
    """
    return [pair for pair in _pairs(header) if pair.partition(b"=")[0] not in names]


def _pairs(header: bytes) -> list[bytes]:
    return [pair for each in header.split(b";") if (pair := each.strip())]


def _set_cookies(request: Request, pairs: list[bytes]) -> None:
    """Give a request these cookies and no others."""
    request.headers.pop("Cookie", None)
    if pairs:
        request.headers["Cookie"] = b"; ".join(pairs)


def _jar(cookies: Iterable[Cookie]) -> CookieJar:
    """Return a jar with these cookies."""
    jar = CookieJar()
    for cookie in cookies:
        jar.set_cookie(cookie)
    return jar
