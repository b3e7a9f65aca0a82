"""Retry-After: a site that asks to wait (429, 503) is not asked again before, by any request."""

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

SHORTEST_DELAY = 0.001  # seconds between a slot's requests: one without any delay looks at no time


class RetryAfterMiddleware:
    """Downloader middleware: a host that asks to wait a little gets that, one that asks for more is left for this run.

    What was found there stays in the store as found, and the next run asks for it.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Read how long is a little."""
        self._crawler = crawler
        self._longest = crawler.settings.getfloat("NEWSSPIDER_MAX_RETRY_AFTER")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Pass requests to hosts that are not left.

        Raises:
            AskedToWait: the host is.
        """
        if why := self._left.get(host_of(request)):
            raise AskedToWait(why)

    def process_response(self, request: Request, response: Response) -> Response | Request:
        """Hold the host for as long as it asks for, and ask again then; pass on what is not to be asked again."""
        header = response.headers.get("Retry-After") if response.status in ASKED_TO_WAIT else None
        wait = seconds_to_wait(header.decode("latin-1"), now()) if header else None
        if wait is None or request.meta.get("dont_retry") or self._crawler.engine is None:
            return response

        if wait > self._longest:
            self._leave(request, wait)
            request.meta["dont_retry"] = (
                True  # RetryMiddleware, which comes next, would ask at once
            )
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
        """Hosts that are left; Scrapy's own downloader would still ask them for what is in its queue."""
        downloader = self._crawler.engine.downloader if self._crawler.engine else None
        return downloader.left if isinstance(downloader, BoundedDownloader) else {}

    def _hold(self, request: Request, wait: float) -> None:
        """Let the host's slot begin its next request that much later."""
        assert self._crawler.engine is not None  # checked by the caller
        if slot := self._crawler.engine.downloader.slots.get(self._slot_key(request)):
            slot.delay = slot.delay or SHORTEST_DELAY
            slot.lastseen = max(slot.lastseen, monotonic() + wait)
        logger.info("%s asks to wait: no request to it for %g s", self._slot_key(request), wait)

    def _leave(self, request: Request, wait: float) -> None:
        """Ask the host for nothing more in this run."""
        host = host_of(request)
        if host in self._left:
            return
        self._left[host] = why = f"asked us to wait {wait:.0f} s"
        if ledger := self._crawler.get_extension(Ledger):
            ledger.leave(site_of(request.url) or host, why)

    def _slot_key(self, request: Request) -> str:
        assert self._crawler.engine is not None  # requests come through it
        return self._crawler.engine.downloader.get_slot_key(request)
