"""Retry-After: no request is made to a site before the time that it asks for (429, 503)."""

import logging
from time import monotonic
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Response

from newsspider.clock import now
from newsspider.crawl.politeness.downloader import AskedToWait, BoundedDownloader, host_of
from newsspider.crawl.visits.describing import ASKED_TO_WAIT, seconds_to_wait
from newsspider.crawl.visits.ledger import Ledger
from newsspider.urls import site_of

logger = logging.getLogger(__name__)

SHORTEST_DELAY = 0.001  # seconds; a slot without a delay ignores the time of its last request


class RetryAfterMiddleware:
    """Downloader middleware: waits for a host, or leaves it for this run if it asks for a long wait.

    The next run makes the requests that are left.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Read the longest Retry-After that a run waits for."""
        self._crawler = crawler
        self._longest = crawler.settings.getfloat("NEWSSPIDER_MAX_RETRY_AFTER")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it for a crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Pass requests to other hosts.

        Raises:
            AskedToWait: the host was left.
        """
        if why := self._left.get(host_of(request)):
            raise AskedToWait(why)

    def process_response(self, request: Request, response: Response) -> Response | Request:
        """Delay requests to the host and return the request to repeat; return other responses."""
        wait = _wait_of(response)
        if wait is None or request.meta.get("dont_retry") or self._crawler.engine is None:
            return response

        if wait > self._longest:
            self._leave(request, wait)
            request.meta["dont_retry"] = True  # RetryMiddleware would repeat it at once
            return response

        self._hold(request, wait)
        spider = self._crawler.spider
        assert spider is not None  # requests come from it

        return (
            get_retry_request(request, spider=spider, reason=f"{response.status} Retry-After")
            or response
        )

    @property
    def _left(self) -> dict[str, str]:
        """The hosts that were left; empty with Scrapy's own downloader."""
        downloader = self._crawler.engine.downloader if self._crawler.engine else None
        return downloader.left if isinstance(downloader, BoundedDownloader) else {}

    def _hold(self, request: Request, wait: float) -> None:
        """Delay the next request of the host's slot."""
        assert self._crawler.engine is not None  # checked by the caller
        if slot := self._crawler.engine.downloader.slots.get(self._slot_key(request)):
            slot.delay = slot.delay or SHORTEST_DELAY
            slot.lastseen = max(slot.lastseen, monotonic() + wait)
        logger.info("%s asks to wait: no request to it for %g s", self._slot_key(request), wait)

    def _leave(self, request: Request, wait: float) -> None:
        """Make no more requests to the host in this run."""
        host = host_of(request)
        if host in self._left:
            return
        self._left[host] = why = f"asked us to wait {wait:.0f} s"
        if ledger := self._crawler.get_extension(Ledger):
            ledger.leave(site_of(request.url) or host, why)

    def _slot_key(self, request: Request) -> str:
        assert self._crawler.engine is not None  # requests come through it
        return self._crawler.engine.downloader.get_slot_key(request)


def _wait_of(response: Response) -> float | None:
    """Return the seconds that a response asks to wait; None if it doesn't."""
    if response.status not in ASKED_TO_WAIT:
        return None
    header = response.headers.get("Retry-After")
    return seconds_to_wait(header.decode("latin-1"), now()) if header else None
