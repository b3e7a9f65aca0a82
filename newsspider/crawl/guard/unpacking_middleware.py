"""Answers under guard: unpacked by the workers, asked for again where they were cut short."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

from newsspider.crawl.guard.unpacker import Unpacker
from newsspider.pages.unpacking import Unpacked

CUT_FLAG = "cut short: "  # begins the flag of a response that is not all there; the reason follows
PARTIAL_CONTENT = 206
STOPPED_FLAG = "download_stopped"  # Scrapy's, after StopDownload
DATA_LOSS_FLAG = "dataloss"  # Scrapy's, under DOWNLOAD_FAIL_ON_DATALOSS=0


def why_cut(response: Response) -> str | None:
    """Return why a response is not all there, or None."""
    return next((flag for flag in response.flags if flag.startswith(CUT_FLAG)), None)


class UnpackingMiddleware(HttpCompressionMiddleware):
    """Scrapy's place for decompression, where broken data is never taken for whole."""

    def __init__(self, crawler: Crawler) -> None:
        """Unpack up to the crawl's DOWNLOAD_MAXSIZE."""
        super().__init__(crawler=crawler)
        self._crawler = crawler
        self._unpacker = Unpacker.of(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it; there is no crawl without, as other sites answer compressed unasked."""
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]  # without the spider
        """Return the unpacked response, or another request where it was cut short and may be tried again.

        Raises:
            RefusedRequest: it is larger than the limit.
        """
        unpacked = await self._unpack(request, response)
        stopped = STOPPED_FLAG in response.flags  # by us: a robots.txt of which enough came
        cut = None if stopped else unpacked.problem or _missing_bytes(response)

        if cut and response.status == 200 and self._crawler.spider:
            again = get_retry_request(request, spider=self._crawler.spider, reason="cut_short")
            if again:
                return again

        kind = responsetypes.from_args(
            headers=response.headers, url=response.url, body=unpacked.body
        )
        flags = [*response.flags, *([CUT_FLAG + cut] if cut else [])]
        return response.replace(cls=kind, body=unpacked.body, flags=flags)

    async def _unpack(self, request: Request, response: Response) -> Unpacked:
        """Return the body with its encodings undone; their header goes."""
        limit = request.meta.get("download_maxsize") or self._max_size
        unpacked = await self._unpacker.unpack(request, response, limit)
        if response.body and request.method != "HEAD":
            response.headers.pop("Content-Encoding", None)
        return unpacked


def is_whole(response: Response) -> bool:
    """Whether all of a response came, as far as its connection tells."""
    return STOPPED_FLAG not in response.flags and _missing_bytes(response) is None


def _missing_bytes(response: Response) -> str | None:
    """Return what a response lacks whose connection ended early, or None."""
    if response.status == PARTIAL_CONTENT:
        return "the server sent a part of it, unasked"
    if DATA_LOSS_FLAG not in response.flags:
        return None

    promised = response.headers.get("Content-Length")
    of_promised = f" of {promised.decode('latin-1')}" if promised else ""
    return f"{len(response.body)}{of_promised} bytes came"
