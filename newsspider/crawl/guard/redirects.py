"""Redirects under guard: so many at most, in no circle; a site that only wants its cookie back gets it once."""

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
from newsspider.urls import normalise_url

HANDSHAKE = "newsspider_handshake"  # the request's meta: it is asked for although it was before
HANDSHAKES_STAT = (
    "newsspider/cookie_handshakes"  # pages that were asked for again with the cookie they wanted
)
HEAD_BYTES = (
    16 * 1024
)  # of a page; Scrapy looks for a refresh in 4,096 characters, each of four bytes at most
MAX_HANDSHAKES = 1_000  # addresses that are remembered, and requests that were on their way there; a site has one


class BoundedRedirects(BaseRedirectMiddleware):
    """What redirects of both kinds may do."""

    def __init__(self, settings: BaseSettings) -> None:
        """Know no address that sets cookies yet."""
        super().__init__(settings)
        self._handshakes: set[str] = set()
        self._dropped: deque[Request] = deque(
            maxlen=MAX_HANDSHAKES
        )  # redirects to what had been asked for

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it, and hear which redirects are dropped."""
        middleware = super().from_crawler(crawler)
        crawler.signals.connect(middleware.request_dropped, signal=signals.request_dropped)
        return middleware

    def request_dropped(self, request: Request) -> None:
        """Remember a redirect to what had been asked for: it may turn out to be where the site sets its cookie."""
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
        """Return what a redirect middleware makes of a response.

        Raises:
            RefusedRequest: redirected too often, or in a circle, which Scrapy's filter of duplicates would drop unsaid.
        """
        refuse = Guard.of(self.crawler).refusals.refuse
        try:
            answer = redirect(request, response)
        except IgnoreRequest as error:
            text = f"redirected more than {self.max_redirect_times} times (REDIRECT_MAX_TIMES)"
            raise refuse("redirects", text) from error

        if not isinstance(answer, Request):
            return answer

        answer.meta.pop(
            Downloader.DOWNLOAD_SLOT, None
        )  # Scrapy would count it to the site that was left
        drop_kept(answer)
        if answer.meta.pop(HANDSHAKE, None):
            answer.dont_filter = False

        if self._is_handshake(answer):
            answer.meta[HANDSHAKE] = answer.dont_filter = True
        elif answer.url in answer.meta["redirect_urls"]:
            raise refuse("redirects", "redirected in a circle")

        return answer

    def _is_handshake(self, answer: Request) -> bool:
        """Whether a redirect belongs to a site's test of whether its cookies come back.

        It leads back to an address that it has passed, with a cookie that was set on the way; or to where such a
        test sent other pages. An address is asked for once more and not again.
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
        """Remember where a site sets its cookie, and let those go there that were dropped on their way."""
        if address in self._handshakes or len(self._handshakes) >= MAX_HANDSHAKES:
            return

        self._handshakes.add(address)
        for request in [
            request for request in self._dropped if normalise_url(request.url) == address
        ]:
            self._dropped.remove(request)
            self._let_go(request)

    def _let_go(self, request: Request) -> None:
        """Ask for an address again."""
        if self.crawler.engine:
            request.meta[HANDSHAKE] = request.dont_filter = True
            self.crawler.engine.crawl(request)


class CountedRedirects(BoundedRedirects, RedirectMiddleware):
    """Scrapy's, the pages that are redirected too often being refused with a reason."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]  # without the spider
        """Return the response or the request that it leads to."""
        return self._within_bounds(super().process_response, request, response)


class CountedRefreshes(BoundedRedirects, MetaRefreshMiddleware):
    """The same for redirects that stand in the page."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]  # without the spider
        """Return the response or the request that it leads to; Scrapy would decode the whole page to read its head."""
        head = (
            response.replace(body=response.body[:HEAD_BYTES])
            if len(response.body) > HEAD_BYTES
            else response
        )
        answer = self._within_bounds(super().process_response, request, head)
        return response if answer is head else answer
