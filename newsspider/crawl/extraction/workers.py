"""Extraction in worker processes, beside the event loop.

Requests wait while too many pages wait.
"""

from collections.abc import Callable
from functools import partial
from typing import Self, TypeVar

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.threads import deferToThread

from newsspider.crawl.extraction.worker_pool import WorkerPool
from newsspider.crawl.guard.refusals import STAT as REFUSED_STAT
from newsspider.crawl.turns import turn_of
from newsspider.discovery.listings import Listing
from newsspider.errors import ExtractionError
from newsspider.mending.parsers import load_parsers
from newsspider.pages.raw_page import RawPage
from newsspider.pages.unpacking import ExceedsLimit, Unpacked
from newsspider.pool import failed_record, read_limits
from newsspider.pool.crawl_job import Extracted, extract_with_links, list_entries
from newsspider.pool.limits import SETTING_NAMES
from newsspider.pool.unpack_job import Packed, unpack_packed
from newsspider.site_memory.lookup import OneMemory

Page = TypeVar("Page")
Result = TypeVar("Result")


class Workers:
    """Scrapy extension: the crawl's worker processes, started with its first page and ended with its last.

    In `newsspider worker`, all crawls share the processes, which outlive each crawl.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Read the limits.

        Raises:
            UsageError: a setting has a value that it can't have.
        """
        self.limits = read_limits({name: crawler.settings.get(name) for name in SETTING_NAMES})
        load_parsers(self.limits.parsers)  # here, too: they are part of the extraction version

        turn = turn_of(crawler)
        self._is_ours = turn is None
        self.work = turn.work if turn else WorkerPool(self.limits)
        self._max_links = crawler.settings.getint("NEWSSPIDER_MAX_PAGE_LINKS")
        self._stats = crawler.stats
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it from the crawl's settings."""
        return cls(crawler)

    async def extract(
        self, raw: RawPage, memory: OneMemory | None = None, *, wants_links: bool = True
    ) -> Extracted:
        """Return the record and links of a page; a failed record if a worker could not finish it.

        Args:
            raw: the page.
            memory: the memory of its site; None if there is none.
            wants_links: whether its links and feeds are wanted.
        """
        work = partial(
            extract_with_links,
            max_links=self._max_links,
            witness=self.limits.witness,
            memories=memory,
            wants_links=wants_links,
        )
        try:
            extracted = await self._work(work, raw)
        except ExtractionError as error:
            return Extracted(failed_record(raw, str(error), error.kind))

        self._count_left_out("page_links", extracted.has_more_links)
        return extracted

    async def list_entries(self, raw: RawPage) -> Listing:
        """Return the entries of a feed or sitemap.

        None, with the problem, if a worker could not finish it.
        """
        try:
            listing = await self._work(list_entries, raw)
        except ExtractionError as error:
            return Listing("unreadable", problems=(str(error),))

        self._count_left_out("list_entries", listing.has_more)
        return listing

    async def unpack(self, packed: Packed) -> Unpacked | ExceedsLimit:
        """Return the unpacked body, or the limit that it exceeds.

        Raises:
            ExtractionError: a worker could not finish the page.
        """
        return await self._work(unpack_packed, packed)

    async def _work(self, work: Callable[[Page], Result], page: Page) -> Result:
        """Return the result of a function, called in a worker process.

        Raises:
            ExtractionError: a worker could not finish the page.
        """
        return await self.work.do(work, page)

    def _count_left_out(self, reason: str, has_more: bool) -> None:
        """Count a page or list that has more links than the crawl follows."""
        if has_more and self._stats:
            self._stats.inc_value(REFUSED_STAT.format(reason))

    async def spider_closed(self) -> None:
        """End the workers. All pages are done by now."""
        if self._is_ours:
            await maybe_deferred_to_future(deferToThread(self.work.close))


class RoomMiddleware:
    """Downloader middleware: delays requests while the workers are behind, so that pages don't fill memory."""

    def __init__(self, workers: Workers) -> None:
        """Wait for these workers."""
        self._workers = workers

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it if the crawl has worker processes."""
        workers = crawler.get_extension(Workers)
        if workers is None or workers.limits.workers == 0:
            raise NotConfigured("pages are extracted in this process")
        return cls(workers)

    async def process_request(self, request: Request) -> None:
        """Wait until the workers have room for another page."""
        await self._workers.work.wait_for_room()
