"""Scrapy's downloader, with limits per registered domain, and no requests to hosts that were left."""

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
    """The site asked for a longer wait than a run makes."""


class BoundedDownloader(Downloader):
    """Has one slot per registered domain, and counts a request when it leaves the slot's queue.

    Scrapy has one slot per host, so a site with many subdomains gets two connections for each. And
    Scrapy 2.19 counts a request when its task begins, a moment later. Without a delay, the whole
    queue is empty by then, and a site gets a dozen requests at once although
    CONCURRENT_REQUESTS_PER_DOMAIN is two.

    Attributes:
        left: hosts that get no more requests, with the reasons.
        under_way: the number of requests by slot, from leaving the crawl's queue until their
            response.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Start without requests."""
        super().__init__(crawler)
        self.left: dict[str, str] = {}
        self.under_way: Counter[str] = Counter()
        turn = turn_of(crawler)
        self._may_ask: Callable[[], bool] = turn.is_held if turn else _always
        self._share = crawler.settings.getint("NEWSSPIDER_SITE_REQUESTS")

    def get_slot_key(self, request: Request) -> str:
        """Return the slot of a request: its registered domain, unless its meta names a slot."""
        named: str | None = request.meta.get(self.DOWNLOAD_SLOT)
        return site_of_host(host_of(request)) if named is None else named

    def has_place(self, slot: str) -> bool:
        """Whether a site has fewer requests under way than its share, at least twice its connections."""
        concurrency: int = self.per_slot_settings.get(slot, {}).get(
            "concurrency", self.domain_concurrency
        )
        return self.under_way[slot] < max(self._share, 2 * concurrency)

    def fetch(
        self, request: Request, spider: Spider | None = None
    ) -> "Deferred[Response | Request]":
        """Fetch a request, and count it while it is under way."""
        slot = self.get_slot_key(request)
        self.under_way[slot] += 1

        def leave(result: Any) -> Any:
            self.under_way[slot] -= 1
            self.under_way += Counter()  # drops slots without requests
            return result

        fetched: Deferred[Response | Request] = super().fetch(request)
        return fetched.addBoth(leave)

    async def _download(self, slot: Slot, request: Request) -> Response:
        """Download a request, unless its host was left or the turn has ended while it waited.

        Raises:
            AskedToWait: it was left, or the turn has ended.
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
