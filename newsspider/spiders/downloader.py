"""Scrapy's downloader, with the concurrency of a host kept."""

from collections.abc import Coroutine
from typing import Any

from scrapy import Request
from scrapy.core.downloader import Downloader, Slot
from scrapy.http import Response
from twisted.internet.defer import Deferred


class BoundedDownloader(Downloader):
    """Counts a request when it is taken from its host's queue.

    Scrapy 2.19 counts it when its task begins, a moment later: without a delay, the whole queue is taken by then, and
    a host gets a dozen requests at once where CONCURRENT_REQUESTS_PER_DOMAIN allows two.
    """

    def _wait_for_download(
        self, slot: Slot, request: Request, queue_dfd: "Deferred[Response]"
    ) -> Coroutine[Any, Any, None]:
        slot.transferring.add(request)
        return super()._wait_for_download(slot, request, queue_dfd)
