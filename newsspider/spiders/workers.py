"""Extraction beside the event loop: pages go to the worker processes, requests wait while too many pages do."""

from collections.abc import Callable
from functools import partial
from typing import Self, TypeVar

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred
from twisted.internet.threads import deferToThread

from newsspider.discovery.listings import Listing
from newsspider.errors import ExtractionError
from newsspider.parsers import load_parsers
from newsspider.pool import Pool, failed_record, read_limits
from newsspider.pool.following import Extracted, extract_with_links, list_entries
from newsspider.pool.limits import SETTING_NAMES
from newsspider.pool.unpacking import Packed, unpack_packed
from newsspider.raw_page import RawPage
from newsspider.spiders.awaiting import result_of
from newsspider.spiders.guard.refusing import STAT as REFUSED_STAT
from newsspider.unpacking import ExceedsLimit, Unpacked

PAGES_AHEAD = 2  # waiting for each worker before requests wait too: the next page is there when one is done

Page = TypeVar("Page")
Result = TypeVar("Result")


class Workers:
    """Scrapy extension: the crawl's worker processes, started with its first page and ended with its last.

    Attributes:
        waiting: pages that were handed over and have not come back.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Read the limits.

        Raises:
            UsageError: a setting has a value that it can't have.
        """
        self.limits = read_limits({name: crawler.settings.get(name) for name in SETTING_NAMES})
        load_parsers(self.limits.parsers)  # the workers import them too; here they decide the extraction version
        self.waiting = 0
        self._max_links = crawler.settings.getint("NEWSSPIDER_MAX_PAGE_LINKS")
        self._stats = crawler.stats
        self._pool: Pool | None = None
        self._held: list[Deferred[None]] = []  # requests that wait for room
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it from the crawl's settings."""
        return cls(crawler)

    @property
    def has_room(self) -> bool:
        """Whether another page may be fetched for the workers."""
        return self.waiting < max(1, self.limits.workers) * (1 + PAGES_AHEAD)

    async def extract(self, raw: RawPage) -> Extracted:
        """Return a page's record and links; a page that could not be finished gives a failed record."""
        work = partial(extract_with_links, max_links=self._max_links, witness=self.limits.witness)
        try:
            extracted = await self._work(work, raw)
            self._count_left_out("page_links", extracted.has_more_links)
            return extracted
        except ExtractionError as error:
            return Extracted(failed_record(raw, str(error), error.kind))

    async def list_entries(self, raw: RawPage) -> Listing:
        """Return what a feed or sitemap lists; one that could not be finished lists nothing, for a reason."""
        try:
            listing = await self._work(list_entries, raw)
            self._count_left_out("list_entries", listing.has_more)
            return listing
        except ExtractionError as error:
            return Listing("unreadable", problems=(str(error),))

    async def unpack(self, packed: Packed) -> Unpacked | ExceedsLimit:
        """Return what a body unpacks to, or the limit that it exceeds.

        Raises:
            ExtractionError: a worker could not finish it.
        """
        return await self._work(unpack_packed, packed)

    async def _work(self, work: Callable[[Page], Result], page: Page) -> Result:
        """Return the result of a function of the pool.

        Raises:
            ExtractionError: a worker could not finish it.
        """
        if self.limits.workers == 0:
            return work(page)
        self._pool = self._pool or Pool(self.limits)
        self.waiting += 1
        try:
            return await result_of(self._pool.submit(work, page))
        finally:
            self.waiting -= 1
            self._release()

    def _count_left_out(self, reason: str, has_more: bool) -> None:
        """Count a page or list that named too much for all of it to be followed."""
        if has_more and self._stats:
            self._stats.inc_value(REFUSED_STAT.format(reason))

    async def wait_for_room(self) -> None:
        """Return when another page may be fetched."""
        if not self.has_room:
            self._held.append(Deferred())
            await maybe_deferred_to_future(self._held[-1])

    def _release(self) -> None:
        """Let the requests go on that wait for room: all, since one that brings no page would not make room again."""
        if self.has_room:
            held, self._held = self._held, []
            for deferred in held:
                deferred.callback(None)

    async def spider_closed(self) -> None:
        """End the workers; every page has come back by now."""
        if self._pool:
            await maybe_deferred_to_future(deferToThread(self._pool.close))


class RoomMiddleware:
    """Downloader middleware: holds requests back while the workers are behind, so that no pages pile up in memory."""

    def __init__(self, workers: Workers) -> None:
        """Ask these workers."""
        self._workers = workers

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it where the crawl has workers."""
        workers = crawler.get_extension(Workers)
        if workers is None or workers.limits.workers == 0:
            raise NotConfigured("pages are extracted in this process")
        return cls(workers)

    async def process_request(self, request: Request) -> None:
        """Let the request go on when there is room."""
        await self._workers.wait_for_room()
