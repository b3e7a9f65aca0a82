"""The guard on responses: they are unpacked within limits, and requested again if they are incomplete."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

from newsspider.crawl.guard.unpacker import Unpacker
from newsspider.pages.unpacking import Unpacked

CUT_FLAG = "cut short: "  # starts the flag of an incomplete response; the reason follows
PARTIAL_CONTENT = 206
STOPPED_FLAG = "download_stopped"  # Scrapy's, after StopDownload
DATA_LOSS_FLAG = "dataloss"  # Scrapy's, under DOWNLOAD_FAIL_ON_DATALOSS=0


def why_cut(response: Response) -> str | None:
    """Return why a response is incomplete; None if it is complete."""
    return next((flag for flag in response.flags if flag.startswith(CUT_FLAG)), None)


class UnpackingMiddleware(HttpCompressionMiddleware):
    """Replaces Scrapy's decompression: broken data never counts as complete."""

    def __init__(self, crawler: Crawler) -> None:
        """Unpack up to the crawl's DOWNLOAD_MAXSIZE."""
        super().__init__(crawler=crawler)
        self._crawler = crawler
        self._unpacker = Unpacker.of(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it for every crawl, because some sites always compress."""
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]  # without the spider
        """Return the unpacked response, or another request if it is incomplete and may be retried.

        Raises:
            RefusedRequest: it is over the size limit.
        """
        has_encodings = "Content-Encoding" in response.headers
        unpacked = await self._unpack(request, response)
        cut = _why_incomplete(response, unpacked)
        if cut and response.status == 200 and self._crawler.spider:
            again = get_retry_request(request, spider=self._crawler.spider, reason="cut_short")
            if again:
                return again

        if has_encodings or cut:
            return _with_body(response, unpacked.body, cut)
        return response

    async def _unpack(self, request: Request, response: Response) -> Unpacked:
        """Return the unpacked body, and remove the header of its encodings."""
        limit = request.meta.get("download_maxsize") or self._max_size
        unpacked = await self._unpacker.unpack(request, response, limit)
        if response.body and request.method != "HEAD":
            response.headers.pop("Content-Encoding", None)
        return unpacked


def is_whole(response: Response) -> bool:
    """Whether a response is complete, as far as its connection shows."""
    return STOPPED_FLAG not in response.flags and _missing_bytes(response) is None


def _with_body(response: Response, body: bytes, cut: str | None) -> Response:
    """Return a response with its unpacked body, of the class of its content."""
    kind = responsetypes.from_args(headers=response.headers, url=response.url, body=body)
    flags = list(response.flags)
    if cut:
        flags.append(CUT_FLAG + cut)

    return response.replace(cls=kind, body=body, flags=flags)


def _why_incomplete(response: Response, unpacked: Unpacked) -> str | None:
    """Return why a response is incomplete; None if it is complete, or was stopped at a limit."""
    if STOPPED_FLAG in response.flags:
        return None
    return unpacked.problem or _missing_bytes(response)


def _missing_bytes(response: Response) -> str | None:
    """Return which part of a response is missing; None if its connection did not end early."""
    if response.status == PARTIAL_CONTENT:
        return "the server sent a part of it, unasked"
    if DATA_LOSS_FLAG not in response.flags:
        return None

    promised = response.headers.get("Content-Length")
    of_promised = f" of {promised.decode('latin-1')}" if promised else ""
    return f"{len(response.body)}{of_promised} bytes came"
