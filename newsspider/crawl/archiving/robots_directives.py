"""What pages ask of robots about themselves, as far as NEWSSPIDER_HONOUR says that it is heard."""

from collections.abc import AsyncIterator
from typing import Any, Self

from pipelines.honour import Honour, read_honour
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.statscollectors import StatsCollector

from newsspider.pages.robots_directives import read_directives
from newsspider.pages.unpacking import ExceedsLimit, split_encodings, unpack
from newsspider.record import ArticleRecord

DIRECTIVES_BYTES = 20 << 20  # as DOWNLOAD_MAXSIZE: a larger page makes no record


def honour_of(settings: BaseSettings) -> Honour:
    """Return what is honoured.

    Raises:
        UsageError: one line that names the setting.
    """
    return read_honour(settings.getlist("NEWSSPIDER_HONOUR"), "NEWSSPIDER_HONOUR")


def directives_of(response: Response) -> frozenset[str]:
    """Return what a response, decompressed or not, asks of us.

    Of one that is decompressed this is little work: the first 64 KiB. Of another it is none for the event loop.
    """
    tags = [value.decode("latin-1") for value in response.headers.getlist("X-Robots-Tag")]
    encodings = [value.decode("latin-1") for value in response.headers.getlist("Content-Encoding")]
    try:
        body = unpack(response.body, split_encodings(encodings), DIRECTIVES_BYTES).body
    except ExceedsLimit:
        body = response.body  # it is refused, or is unpacked already
    return read_directives(tags, body)


class NoindexMiddleware:
    """Spider middleware: no record is made of a page that says noindex; its links are followed."""

    def __init__(self, honour: Honour, stats: StatsCollector) -> None:
        """Honour this, and count in these stats."""
        self._honour = honour
        self._stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it where noindex is honoured."""
        honour = honour_of(crawler.settings)
        if "noindex" not in honour.words:
            raise NotConfigured
        assert crawler.stats is not None  # set before components are built
        return cls(honour, crawler.stats)

    async def process_spider_output(
        self, response: Response, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        """Pass everything on but the record of such a page."""
        is_left_out = not self._honour.lets_record(directives_of(response))
        async for each in result:
            if is_left_out and isinstance(each, ArticleRecord):
                self._stats.inc_value("newsspider/noindex")
            else:
                yield each
