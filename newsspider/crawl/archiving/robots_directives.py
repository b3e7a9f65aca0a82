"""Directives for robots in pages (noindex, noarchive), as far as NEWSSPIDER_HONOUR follows them."""

from collections.abc import AsyncIterator
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.statscollectors import StatsCollector

from newsspider.pages.robots_directives import read_directives
from newsspider.pages.unpacking import ExceedsLimit, split_encodings, unpack
from newsspider.record import ArticleRecord
from pipelines.honour import Honour, read_honour

DIRECTIVES_BYTES = 20 << 20  # the same as DOWNLOAD_MAXSIZE: a larger page gets no record


def honour_of(settings: BaseSettings) -> Honour:
    """Return the directives that the crawl follows.

    Raises:
        UsageError: one line that names the setting.
    """
    return read_honour(settings.getlist("NEWSSPIDER_HONOUR"), "NEWSSPIDER_HONOUR")


def directives_of(response: Response) -> frozenset[str]:
    """Return the directives in a response, which may be compressed.

    A decompressed response costs little, since only its first 64 KiB are read. Never call this with
    a compressed one in the event loop.
    """
    tags = _header_values(response, "X-Robots-Tag")
    encodings = split_encodings(_header_values(response, "Content-Encoding"))
    try:
        body = unpack(response.body, encodings, DIRECTIVES_BYTES).body
    except ExceedsLimit:
        body = response.body  # it is refused anyway, or already unpacked

    return read_directives(tags, body)


def _header_values(response: Response, name: str) -> list[str]:
    """Return the values of a header."""
    return [value.decode("latin-1") for value in response.headers.getlist(name)]


class NoindexMiddleware:
    """Spider middleware: drops the record of a page that is marked noindex.

    Its links are followed.
    """

    def __init__(self, honour: Honour, stats: StatsCollector) -> None:
        """Follow these directives, and count dropped records in these stats."""
        self._honour = honour
        self._stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it if the crawl follows noindex."""
        honour = honour_of(crawler.settings)
        if "noindex" not in honour.words:
            raise NotConfigured
        assert crawler.stats is not None  # set before components are built
        return cls(honour, crawler.stats)

    async def process_spider_output(
        self, response: Response, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        """Yield everything except the record of such a page."""
        is_left_out = not self._honour.lets_record(directives_of(response))

        async for each in result:
            if is_left_out and isinstance(each, ArticleRecord):
                self._stats.inc_value("newsspider/noindex")
            else:
                yield each
