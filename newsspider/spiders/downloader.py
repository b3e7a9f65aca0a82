"""Scrapy's downloader, with the concurrency of a host kept, and no request to one that is left."""

from collections.abc import Coroutine
from typing import Any

from scrapy import Request
from scrapy.core.downloader import Downloader, Slot
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.internet.defer import Deferred


class AskedToWait(IgnoreRequest):
    """The site asked to wait for longer than a run waits."""


class BoundedDownloader(Downloader):
    """Counts a request when it is taken from its host's queue.

    Scrapy 2.19 counts it when its task begins, a moment later: without a delay, the whole queue is taken by then, and
    a host gets a dozen requests at once where CONCURRENT_REQUESTS_PER_DOMAIN allows two.

    Attributes:
        left: hosts' slots that are asked for nothing more, with what is said of them.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Leave no host yet."""
        super().__init__(crawler)
        self.left: dict[str, str] = {}

    async def _download(self, slot: Slot, request: Request) -> Response:
        """Download, unless the host was left while the request waited in its queue.

        Raises:
            AskedToWait: it was.
        """
        if why := self.left.get(self.get_slot_key(request)):
            slot.transferring.remove(request)
            self._process_queue(slot)
            raise AskedToWait(why)
        return await super()._download(slot, request)

    def _wait_for_download(
        self, slot: Slot, request: Request, queue_dfd: "Deferred[Response]"
    ) -> Coroutine[Any, Any, None]:
        slot.transferring.add(request)
        return super()._wait_for_download(slot, request, queue_dfd)
