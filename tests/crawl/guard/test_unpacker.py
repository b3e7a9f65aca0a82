"""Responses unpacked: small ones in place, all others in a worker, and what is too much refused for its reason."""

import asyncio
import gzip
import os

import brotli
import pytest
import zstandard
from scrapy import Request
from scrapy.http import Response
from scrapy.statscollectors import MemoryStatsCollector
from scrapy.utils.test import get_crawler

from newsspider.crawl.extraction.workers import Workers
from newsspider.crawl.guard.refusals import Refusals, RefusedRequest
from newsspider.crawl.guard.unpacker import SMALL_BYTES, SMALL_MEMBERS, SMALL_UNPACKED_BYTES, Unpacker, unpack_small
from newsspider.errors import ExtractionError
from newsspider.pages.unpacking import ExceedsLimit, Unpacked, unpack
from newsspider.pool.unpack_job import Packed, unpack_packed

URL = "https://herald.example/ferry"
PAGE = b"<p>The old ferry sails again.</p>" * 100
NOISE = os.urandom(SMALL_BYTES + 1)
LARGE = {
    "sent": (gzip.compress(NOISE), "gzip"),
    "unpacked": (gzip.compress(bytes(SMALL_UNPACKED_BYTES + 1)), "gzip"),
    "members": (gzip.compress(b"", mtime=0) * (SMALL_MEMBERS + 1), "gzip"),
    "frames": (zstandard.ZstdCompressor(write_content_size=False).compress(b"") * (SMALL_MEMBERS + 1), "zstd"),
    "window": (brotli.compress(PAGE, lgwin=24), "br"),
    "layers": (gzip.compress(gzip.compress(PAGE)), "gzip, gzip"),
}


class NotedWorkers(Workers):
    """Workers that note which bodies they are given, and unpack them at once or can't."""

    def __init__(self, error: ExtractionError | None = None) -> None:
        """Have been given none yet."""
        super().__init__(get_crawler(settings_dict={"NEWSSPIDER_WORKERS": 1}))
        self.given: list[Packed] = []
        self.error = error

    async def unpack(self, packed: Packed) -> Unpacked | ExceedsLimit:
        """Note a body."""
        self.given.append(packed)
        if self.error:
            raise self.error
        return unpack_packed(packed)


def ask(unpacker: Unpacker, body: bytes, encoding: str, limit: int = 20 << 20) -> Unpacked:
    response = Response(URL, body=body, headers={"Content-Encoding": encoding})
    return asyncio.run(unpacker.unpack(Request(URL), response, limit))


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd"])
def test_small_body_needs_no_worker(encoding: str) -> None:
    workers = NotedWorkers()
    packed = {"gzip": gzip.compress(PAGE), "br": brotli.compress(PAGE, lgwin=22), "zstd": zstandard.compress(PAGE)}
    assert ask(Unpacker(Refusals(None), workers), packed[encoding], encoding) == Unpacked(PAGE)
    assert workers.given == []


@pytest.mark.parametrize("what", LARGE)
def test_body_that_may_cost_more_is_unpacked_by_a_worker(what: str) -> None:
    workers = NotedWorkers()
    body, encoding = LARGE[what]
    expected = unpack(body, encoding.split(", "), 20 << 20)
    assert ask(Unpacker(Refusals(None), workers), body, encoding) == expected
    assert [packed.body for packed in workers.given] == [body]


def test_small_limit_is_kept_where_the_body_is_unpacked_in_place() -> None:
    assert unpack_small(Packed(gzip.compress(PAGE), ("gzip",), len(PAGE) - 1)) is None


@pytest.mark.parametrize(
    ("body", "encoding", "limit", "reason", "said"),
    [
        (gzip.compress(PAGE), "gzip", 1 << 10, "unpacked_size", "larger than 0.000976562 MiB when unpacked"),
        (gzip.compress(b"", mtime=0) * 10_001, "gzip", 1 << 20, "members", "more than 10,000 members"),
        (gzip.compress(PAGE), "gzip,gzip,gzip,gzip", 1 << 20, "encodings", "compressed 4 times over"),
    ],
    ids=["size", "members", "encodings"],
)
def test_too_much_is_refused_for_its_reason(body: bytes, encoding: str, limit: int, reason: str, said: str) -> None:
    crawler = get_crawler()
    crawler.stats = MemoryStatsCollector(crawler)
    with pytest.raises(RefusedRequest, match=said):
        ask(Unpacker(Refusals(crawler.stats), NotedWorkers()), body, encoding, limit)
    assert crawler.stats.get_value(f"newsspider/refused/{reason}") == 1


def test_body_that_a_worker_can_not_finish_is_cut() -> None:
    workers = NotedWorkers(ExtractionError("the worker process died (SIGKILL)"))
    unpacked = ask(Unpacker(Refusals(None), workers), gzip.compress(NOISE), "gzip")
    assert unpacked == Unpacked(b"", "not unpacked: the worker process died (SIGKILL)")
