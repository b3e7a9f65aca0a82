"""Keeping pages: every response that a crawl fetches goes to WARC files, unless it asks not to be kept."""

import logging
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from newsspider.clock import utc_now
from newsspider.crawl.archiving.robots_directives import directives_of, honour_of
from newsspider.crawl.crawl_context import crawl_of
from newsspider.crawl.ending.early_end import end_crawl
from newsspider.crawl.extraction.futures import result_of
from newsspider.crawl.rendering.renderer import RENDERED_FLAG
from newsspider.crawl.request_context import note
from newsspider.errors import OutputError
from newsspider.files import SYNC_VARIABLE, choose_sync
from newsspider.outputs.warc import WarcFiles
from newsspider.store.database import choose_in

FOLDER = "NEWSSPIDER_WARC"  # setting, else of the environment
CACHED_FLAG = "cached"  # Scrapy's, of a response that its HTTP cache had: no server has answered
MIB = 1 << 20

logger = logging.getLogger(__name__)


class PageArchive:
    """Scrapy extension: the WARC files, written in a thread: a copy of 18 MB is hashed and compressed for a second."""

    def __init__(self, crawler: Crawler, folder: Path) -> None:
        """Write to a folder."""
        self._honour = honour_of(crawler.settings)
        sync = choose_sync(choose_in(crawler.settings, SYNC_VARIABLE))
        self._files = WarcFiles(
            folder, "newsspider", int(crawler.settings.getfloat("NEWSSPIDER_WARC_MIB") * MIB), sync
        )
        self._thread = ThreadPoolExecutor(
            1, "newsspider copies"
        )  # one: the records follow each other
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it where NEWSSPIDER_WARC names a folder; a dry run keeps nothing."""
        folder = crawler.settings.get(FOLDER) or os.environ.get(FOLDER)
        if not folder or crawl_of(crawler).is_dry_run:
            raise NotConfigured
        return cls(crawler, Path(folder).expanduser())

    async def keep(self, response: Response, moment: str) -> bool:
        """Keep a response; return whether it lets itself be kept.

        Raises:
            OutputError: it can't be written.
        """
        return await result_of(self._thread.submit(self._keep, response, moment))

    def _keep(self, response: Response, moment: str) -> bool:
        """Do it, in the thread."""
        if self._honour.words and not self._honour.lets_copy(directives_of(response)):
            return False
        self._files.add(
            response.url,
            moment.replace("+00:00", "Z"),
            response.status,
            [
                (name.decode("latin-1"), value.decode("latin-1"))
                for name, values in response.headers.items()
                for value in values
            ],
            response.body,
            ip_address=str(response.ip_address) if response.ip_address else None,
            is_cut="dataloss" in response.flags,
            is_rendered=RENDERED_FLAG in response.flags,
        )
        return True

    def spider_closed(self) -> None:
        """Close the last file; every response has been kept by now."""
        self._thread.shutdown()
        try:
            self._files.close()
        except OutputError as error:
            logger.critical("%s: pages may not be kept", error)


class ArchivingMiddleware:
    """Downloader middleware: keeps each response as it came, redirects, errors and robots.txt too.

    It is the first to see a response. The response goes on when its copy is written.
    """

    def __init__(self, crawler: Crawler, copies: PageArchive) -> None:
        """Keep them here."""
        self._crawler = crawler
        self._copies = copies

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it where pages are kept."""
        copies = crawler.get_extension(PageArchive)
        if copies is None:
            raise NotConfigured
        return cls(crawler, copies)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Keep a response; a crawl whose pages can't be kept ends."""
        came_by_script = (
            RENDERED_FLAG in response.flags and response.status != 200
        )  # which no server has answered
        if came_by_script or CACHED_FLAG in response.flags:
            return response
        moment = utc_now()
        try:
            is_kept = await self._copies.keep(response, moment)
        except OutputError as error:
            self._give_up(f"{error}: pages can't be kept")
            return response
        if is_kept:
            note(request, fetched_at=moment)  # of the page's own record, too
        self._count("newsspider/warc/responses" if is_kept else "newsspider/warc/noarchive")
        return response

    def _count(self, name: str) -> None:
        if self._crawler.stats:
            self._crawler.stats.inc_value(name)

    def _give_up(self, why: str) -> None:
        """End the crawl with the exit code of an unusable store."""
        logger.critical("%s", why)
        end_crawl(self._crawler, "store_unusable", why)
