"""Decompression of responses: small ones in the event loop, large ones in the crawl's workers."""

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
# The event loop unpacks most pages itself, in half a millisecond. The worst body within these
# limits takes ten.
SMALL_BYTES = 64 * 1024
SMALL_UNPACKED_BYTES = 512 * 1024
SMALL_MEMBERS = 10
SMALL_WINDOW_BITS = 22  # of brotli, which fills its window first: 4 MiB; 24 bits take 40 ms


class Unpacker:
    """Unpacks the responses of a crawl."""

    def __init__(self, refusals: Refusals, workers: Workers | None) -> None:
        """Count refusals here, and let these workers unpack large bodies.

        None = unpack all in place.
        """
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
        """Return the unpacked body of a response.

        Raises:
            RefusedRequest: it is over the limit in bytes, layers or members.
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
        """Return an unpacked body, with the problem if a worker could not finish it.

        Raises:
            ExceedsLimit: it is over a limit.
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
    """Unpack a body that takes only a few milliseconds; return None for any other."""
    if len(packed.body) > SMALL_BYTES or len(packed.encodings) > 1:
        return None
    if packed.encodings == ("br",) and window_bits(packed.body) > SMALL_WINDOW_BITS:
        return None

    limit = min(packed.limit, SMALL_UNPACKED_BYTES)
    try:
        return unpack(packed.body, packed.encodings, limit, SMALL_MEMBERS)
    except ExceedsLimit:
        return None


def window_bits(body: bytes) -> int:
    """Return the size of a brotli stream's window in bits, at least 17 (RFC 7932, section 9.1).

    >>> import brotli
    >>> window_bits(brotli.compress(b"", lgwin=24)), window_bits(brotli.compress(b"", lgwin=16))
    (24, 17)
    """
    return 17 + (body[0] >> 1 & 7) if body[0] & 1 else 17


def encodings_of(response: Response) -> tuple[str, ...]:
    """Return the encodings of a response, in the order in which they were applied."""
    values = response.headers.getlist("Content-Encoding")
    return tuple(split_encodings([value.decode("latin-1") for value in values]))
