"""Scrapy's downloader, with the concurrency of a site kept, and no request to one that is left."""

from collections import Counter
from collections.abc import Callable, Coroutine
from typing import Any

from scrapy import Request, Spider
from scrapy.core.downloader import Downloader, Slot
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred

from newsspider.crawl.turns import turn_of
from newsspider.domains import site_of_host

TURN_ENDED = "the turn has ended: another worker may crawl the site by now"


class AskedToWait(IgnoreRequest):
    """The site asked to wait for longer than a run waits."""


class BoundedDownloader(Downloader):
    """Has one slot for each registered domain, and counts a request when it is taken from the slot's queue.

    Scrapy has a slot for each host: a site with many subdomains has as many times two connections. And Scrapy 2.19
    counts a request when its task begins, a moment later: without a delay, the whole queue is taken by then, and a site
    gets a dozen requests at once where CONCURRENT_REQUESTS_PER_DOMAIN allows two.

    Attributes:
        left: hosts that are asked for nothing more, with what is said of them.
        under_way: requests by slot, from when they leave the crawl's queue until their answer is there.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Leave no site yet."""
        super().__init__(crawler)
        self.left: dict[str, str] = {}
        self.under_way: Counter[str] = Counter()
        turn = turn_of(crawler)
        self._may_ask: Callable[[], bool] = turn.is_held if turn else _always
        self._share = crawler.settings.getint("NEWSSPIDER_SITE_REQUESTS")

    def get_slot_key(self, request: Request) -> str:
        """Return the registered domain of a request, or the slot that it names itself."""
        named: str | None = request.meta.get(self.DOWNLOAD_SLOT)
        return site_of_host(host_of(request)) if named is None else named

    def has_place(self, slot: str) -> bool:
        """Whether a site has less under way than its share: twice its connections at least, so that none waits."""
        concurrency: int = self.per_slot_settings.get(slot, {}).get(
            "concurrency", self.domain_concurrency
        )
        return self.under_way[slot] < max(self._share, 2 * concurrency)

    def fetch(
        self, request: Request, spider: Spider | None = None
    ) -> "Deferred[Response | Request]":
        """Fetch, robots.txt first, and count that it is under way."""
        slot = self.get_slot_key(request)
        self.under_way[slot] += 1

        def leave(result: Any) -> Any:
            self.under_way[slot] -= 1
            self.under_way += Counter()  # without the sites that have none
            return result

        fetched: Deferred[Response | Request] = super().fetch(request)
        return fetched.addBoth(leave)

    async def _download(self, slot: Slot, request: Request) -> Response:
        """Download, unless the host was left, or the turn has ended, while the request waited in its queue.

        Raises:
            AskedToWait: it was.
        """
        why = self.left.get(host_of(request)) or ("" if self._may_ask() else TURN_ENDED)
        if why:
            slot.transferring.remove(request)
            self._process_queue(slot)
            raise AskedToWait(why)
        return await super()._download(slot, request)

    def _wait_for_download(
        self, slot: Slot, request: Request, queue_dfd: "Deferred[Response]"
    ) -> Coroutine[Any, Any, None]:
        slot.transferring.add(request)
        return super()._wait_for_download(slot, request, queue_dfd)


def _always() -> bool:
    return True


def host_of(request: Request) -> str:
    """Return the host of a request."""
    return urlparse_cached(request).hostname or ""
