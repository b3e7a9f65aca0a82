"""Archiving: the responses of a crawl are saved to WARC files, unless a page asks not to be archived."""

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

FOLDER = "NEWSSPIDER_WARC"  # a setting, else an environment variable
CACHED_FLAG = "cached"  # Scrapy's, for a response from its HTTP cache: no server has answered
MIB = 1 << 20

logger = logging.getLogger(__name__)


class PageArchive:
    """Scrapy extension: the WARC files of a crawl.

    A thread writes them, because hashing and compressing a page of 18 MB takes a second.
    """

    def __init__(self, crawler: Crawler, folder: Path) -> None:
        """Write to a folder."""
        self._honour = honour_of(crawler.settings)
        file_bytes = int(crawler.settings.getfloat("NEWSSPIDER_WARC_MIB") * MIB)
        sync = choose_sync(choose_in(crawler.settings, SYNC_VARIABLE))
        self._files = WarcFiles(folder, "newsspider", file_bytes, sync)
        self._thread = ThreadPoolExecutor(1, "newsspider archive")  # one, so records stay in order
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it if NEWSSPIDER_WARC names a folder. A dry run archives nothing."""
        folder = crawler.settings.get(FOLDER) or os.environ.get(FOLDER)
        if not folder or crawl_of(crawler).is_dry_run:
            raise NotConfigured
        return cls(crawler, Path(folder).expanduser())

    async def add(self, response: Response, moment: str) -> bool:
        """Save a response; return False if it asks not to be archived.

        Raises:
            OutputError: it can't be written.
        """
        return await result_of(self._thread.submit(self._add, response, moment))

    def _add(self, response: Response, moment: str) -> bool:
        """Save a response, in the thread."""
        if self._honour.words and not self._honour.lets_copy(directives_of(response)):
            return False

        self._files.add(
            response.url,
            moment.replace("+00:00", "Z"),
            response.status,
            _header_lines(response),
            response.body,
            ip_address=str(response.ip_address) if response.ip_address else None,
            is_cut="dataloss" in response.flags,
            is_rendered=RENDERED_FLAG in response.flags,
        )
        return True

    def spider_closed(self) -> None:
        """Close the last file. All responses have been saved by now."""
        self._thread.shutdown()
        try:
            self._files.close()
        except OutputError as error:
            logger.critical("%s: some pages may not be archived", error)


class ArchivingMiddleware:
    """Downloader middleware: archives each response as received, including redirects, errors and robots.txt.

    It is the first to see a response, and passes it on when its copy is written.
    """

    def __init__(self, crawler: Crawler, archive: PageArchive) -> None:
        """Save responses in this archive."""
        self._crawler = crawler
        self._archive = archive

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it if the crawl has an archive."""
        archive = crawler.get_extension(PageArchive)
        if archive is None:
            raise NotConfigured
        return cls(crawler, archive)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Save a response. The crawl ends if pages can't be archived."""
        if not _is_from_server(response):
            return response

        moment = utc_now()
        try:
            is_saved = await self._archive.add(response, moment)
        except OutputError as error:
            self._give_up(f"{error}: pages can't be archived")
            return response

        if is_saved:
            note(request, fetched_at=moment)  # for the page's record, too

        self._count("newsspider/warc/responses" if is_saved else "newsspider/warc/noarchive")
        return response

    def _count(self, name: str) -> None:
        if self._crawler.stats:
            self._crawler.stats.inc_value(name)

    def _give_up(self, why: str) -> None:
        """End the crawl with the exit code of an unusable store."""
        logger.critical("%s", why)
        end_crawl(self._crawler, "store_unusable", why)


def _is_from_server(response: Response) -> bool:
    """Whether a server sent the response, and neither Scrapy's cache nor a page's script."""
    is_script_redirect = RENDERED_FLAG in response.flags and response.status != 200
    return not is_script_redirect and CACHED_FLAG not in response.flags


def _header_lines(response: Response) -> list[tuple[str, str]]:
    """Return the names and values of a response's headers, one pair per line."""
    lines = []
    for name, values in response.headers.items():
        text = name.decode("latin-1")
        lines += [(text, value.decode("latin-1")) for value in values]
    return lines
