"""The guard on redirects: limits and loops. A loop that only sets a cookie is followed once."""

from collections import deque
from collections.abc import Callable
from typing import Self

from scrapy import Request, signals
from scrapy.core.downloader import Downloader
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import (
    BaseRedirectMiddleware,
    MetaRefreshMiddleware,
    RedirectMiddleware,
)
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.settings import BaseSettings

from newsspider.crawl.guard.cookies import drop_kept, has_chain_cookies
from newsspider.crawl.guard.extension import Guard
from newsspider.crawl.guard.refusals import RefusedRequest
from newsspider.urls import normalise_url

HANDSHAKE = "newsspider_handshake"  # in the request's meta: it is made although it was made before
HANDSHAKES_STAT = "newsspider/cookie_handshakes"  # pages that were requested again with a cookie
HEAD_BYTES = 16 * 1024  # Scrapy looks for a refresh in 4,096 characters of up to four bytes
REFRESH = b"refresh"  # in every page with a meta refresh, in upper or lower case
WIDE = b"\0"  # in every page whose characters have two or four bytes
MAX_HANDSHAKES = 1_000  # remembered URLs that set cookies, and dropped requests; a site has one


class BoundedRedirects(BaseRedirectMiddleware):
    """The limits of both kinds of redirects."""

    def __init__(self, settings: BaseSettings) -> None:
        """Start without URLs that set cookies."""
        super().__init__(settings)
        self._handshakes: set[str] = set()
        # Redirects to URLs that were requested before.
        self._dropped: deque[Request] = deque(maxlen=MAX_HANDSHAKES)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it, and listen for dropped redirects."""
        middleware = super().from_crawler(crawler)
        crawler.signals.connect(middleware.request_dropped, signal=signals.request_dropped)
        return middleware

    def request_dropped(self, request: Request) -> None:
        """Remember a redirect to a URL that was requested before: it may be the one that sets a cookie."""
        if request.dont_filter or not request.meta.get("redirect_urls"):
            return
        if normalise_url(request.url) in self._handshakes:
            self._let_go(request)
        else:
            self._dropped.append(request)

    def _within_bounds(
        self,
        redirect: Callable[[Request, Response], Request | Response],
        request: Request,
        response: Response,
    ) -> Request | Response:
        """Return the result of a redirect middleware for a response.

        Raises:
            RefusedRequest: too many redirects, or a loop, which Scrapy would drop silently as a
                duplicate.
        """
        try:
            answer = redirect(request, response)
        except IgnoreRequest as error:
            text = f"redirected more than {self.max_redirect_times} times (REDIRECT_MAX_TIMES)"
            raise self._refuse(text) from error

        if not isinstance(answer, Request):
            return answer

        answer.meta.pop(Downloader.DOWNLOAD_SLOT, None)  # the slot of the site before the redirect
        drop_kept(answer)
        if answer.meta.pop(HANDSHAKE, None):
            answer.dont_filter = False

        if self._is_handshake(answer):
            answer.meta[HANDSHAKE] = answer.dont_filter = True
        elif answer.url in answer.meta["redirect_urls"]:
            raise self._refuse("redirected in a circle")

        return answer

    def _refuse(self, why: str) -> RefusedRequest:
        """Return the error of a redirect that is not followed, and count it."""
        return Guard.of(self.crawler).refusals.refuse("redirects", why)

    def _is_handshake(self, answer: Request) -> bool:
        """Whether a redirect is part of a site's test for cookies.

        Such a redirect leads back to a URL in its chain, with a cookie that was set on the way; or
        to a URL where such a test sent other pages. A URL is requested once more and not again.
        """
        passed = [normalise_url(url) for url in answer.meta["redirect_urls"]]
        target = normalise_url(answer.url)
        if target not in passed:
            return target in self._handshakes
        if passed.count(target) > 1 or not has_chain_cookies(answer):
            return False

        for address in passed[passed.index(target) + 1 :]:
            self._note_handshake(address)

        if self.crawler.stats:
            self.crawler.stats.inc_value(HANDSHAKES_STAT)

        return True

    def _note_handshake(self, address: str) -> None:
        """Remember the URL where a site sets its cookie, and make the dropped requests for it."""
        if address in self._handshakes or len(self._handshakes) >= MAX_HANDSHAKES:
            return

        self._handshakes.add(address)
        dropped = [each for each in self._dropped if normalise_url(each.url) == address]
        for request in dropped:
            self._dropped.remove(request)
            self._let_go(request)

    def _let_go(self, request: Request) -> None:
        """Make a request again."""
        if self.crawler.engine:
            request.meta[HANDSHAKE] = request.dont_filter = True
            self.crawler.engine.crawl(request)


class CountedRedirects(BoundedRedirects, RedirectMiddleware):
    """Scrapy's HTTP redirects; too many are refused with a reason."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]  # without the spider
        """Return the response, or the request that it redirects to."""
        return self._within_bounds(super().process_response, request, response)


class CountedRefreshes(BoundedRedirects, MetaRefreshMiddleware):
    """The same for redirects in the page (meta refresh)."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]  # without the spider
        """Return the response, or the request that it redirects to.

        Only the head of the page is decoded, and only if it can have a refresh; Scrapy would decode
        all of each page.
        """
        start = response.body[:HEAD_BYTES]
        if REFRESH not in start.lower() and WIDE not in start:
            return response

        head = response.replace(body=start) if len(response.body) > HEAD_BYTES else response
        answer = self._within_bounds(super().process_response, request, head)
        return response if answer is head else answer
