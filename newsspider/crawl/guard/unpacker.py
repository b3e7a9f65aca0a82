"""Responses unpacked: small ones in the event loop, where their work is bounded, all others in the crawl's workers."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from newsspider.crawl.extraction.workers import Workers
from newsspider.crawl.guard.extension import Guard
from newsspider.crawl.guard.refusals import Refusals
from newsspider.errors import ExtractionError
from newsspider.pages.unpacking import (
    MAX_LAYERS,
    ExceedsLimit,
    TooManyMembers,
    Unpacked,
    UnpackedTooLarge,
    split_encodings,
    unpack,
)
from newsspider.pool.unpack_job import Packed

MIB = 1 << 20
# What the event loop unpacks itself: most pages, in half a millisecond. The worst body of these sizes takes ten.
SMALL_BYTES = 64 * 1024
SMALL_UNPACKED_BYTES = 512 * 1024
SMALL_MEMBERS = 10
SMALL_WINDOW_BITS = (
    22  # of brotli, which fills its window before it gives anything: 4 MiB; with 24 it takes 40 ms
)


class Unpacker:
    """Undoes the encodings of a crawl's responses."""

    def __init__(self, refusals: Refusals, workers: Workers | None) -> None:
        """Count refusals here, and leave large bodies to these workers; without them all are unpacked in place."""
        self._refusals = refusals
        self._workers = workers

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """Return a crawl's unpacker.

        Raises:
            NotConfigured: it has no guard.
        """
        return cls(Guard.of(crawler).refusals, crawler.get_extension(Workers))

    async def unpack(self, request: Request, response: Response, limit: int) -> Unpacked:
        """Return a response's body with its encodings undone, so many bytes at most.

        Raises:
            RefusedRequest: it is larger, compressed too often or in too many pieces.
        """
        encodings = encodings_of(response)
        if not encodings or not response.body or request.method == "HEAD":
            return Unpacked(response.body)
        if len(encodings) > MAX_LAYERS:
            raise self._refusals.refuse("encodings", f"compressed {len(encodings)} times over")

        try:
            return await self._unpack(Packed(response.body, encodings, limit))
        except UnpackedTooLarge:
            text = f"larger than {limit / MIB:g} MiB when unpacked (DOWNLOAD_MAXSIZE)"
            raise self._refusals.refuse("unpacked_size", text) from None
        except TooManyMembers as error:
            raise self._refusals.refuse("members", str(error)) from None

    async def _unpack(self, packed: Packed) -> Unpacked:
        """Return what a body unpacks to; the problem is the worker's where that could not finish it.

        Raises:
            ExceedsLimit: it exceeds one.
        """
        if small := unpack_small(packed):
            return small
        if self._workers is None:
            return unpack(packed.body, packed.encodings, packed.limit)

        try:
            unpacked = await self._workers.unpack(packed)
        except ExtractionError as error:
            return Unpacked(b"", f"not unpacked: {error}")

        if isinstance(unpacked, ExceedsLimit):
            raise unpacked
        return unpacked


def unpack_small(packed: Packed) -> Unpacked | None:
    """Return what a body unpacks to whose work is bounded to some milliseconds, None for any other."""
    is_large = len(packed.body) > SMALL_BYTES or len(packed.encodings) > 1
    if is_large or (packed.encodings == ("br",) and window_bits(packed.body) > SMALL_WINDOW_BITS):
        return None

    try:
        return unpack(
            packed.body, packed.encodings, min(packed.limit, SMALL_UNPACKED_BYTES), SMALL_MEMBERS
        )
    except ExceedsLimit:
        return None


def window_bits(body: bytes) -> int:
    """Return the logarithm of a brotli stream's window, 17 for any smaller one (RFC 7932, section 9.1).

    >>> import brotli
    >>> window_bits(brotli.compress(b"", lgwin=24)), window_bits(brotli.compress(b"", lgwin=16))
    (24, 17)
    """
    return 17 + (body[0] >> 1 & 7) if body[0] & 1 else 17


def encodings_of(response: Response) -> tuple[str, ...]:
    """Return a response's encodings, in the order of their application."""
    return tuple(
        split_encodings(
            [value.decode("latin-1") for value in response.headers.getlist("Content-Encoding")]
        )
    )
