"""Keeping pages: every response that a crawl fetches goes to WARC files, unless it asks not to be kept."""

import logging
import os
from pathlib import Path
from typing import Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from newsspider.clock import utc_now
from newsspider.errors import OutputError
from newsspider.files import SYNC_VARIABLE, choose_sync
from newsspider.outputs.warc import WarcFiles
from newsspider.spiders.crawl_context import crawl_of
from newsspider.spiders.directives import directives_of, honour_of
from newsspider.spiders.ending import end_crawl
from newsspider.spiders.rendering.extension import RENDERED_FLAG
from newsspider.spiders.request_context import note
from newsspider.store.database import choose_in

logger = logging.getLogger(__name__)

FOLDER = "NEWSSPIDER_WARC"  # setting, else of the environment
MIB = 1 << 20


class WarcExtension:
    """Scrapy extension: writes each response as it came, redirects, errors and robots.txt too."""

    def __init__(self, crawler: Crawler, folder: Path) -> None:
        """Write to a folder."""
        self._crawler = crawler
        self._honour = honour_of(crawler.settings)
        sync = choose_sync(choose_in(crawler.settings, SYNC_VARIABLE))
        self._files = WarcFiles(folder, "newsspider", int(crawler.settings.getfloat("NEWSSPIDER_WARC_MIB") * MIB), sync)
        crawler.signals.connect(self.response_downloaded, signal=signals.response_downloaded)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it where NEWSSPIDER_WARC names a folder; a dry run keeps nothing."""
        folder = crawler.settings.get(FOLDER) or os.environ.get(FOLDER)
        if not folder or crawl_of(crawler).is_dry_run:
            raise NotConfigured
        return cls(crawler, Path(folder).expanduser())

    def response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        """Write a response; a crawl whose pages can't be kept ends."""
        if RENDERED_FLAG in response.flags and response.status != 200:
            return  # where a page's script led, which no server has answered
        if self._honour.words and not self._honour.lets_copy(directives_of(response)):
            self._count("newsspider/warc/noarchive")
            return
        moment = utc_now()
        try:
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
        except OutputError as error:
            self._give_up(f"{error}: pages can't be kept", spider)
            return
        note(request, fetched_at=moment)  # of the page's own record, too
        self._count("newsspider/warc/responses")

    def spider_closed(self) -> None:
        """Close the last file."""
        try:
            self._files.close()
        except OutputError as error:
            logger.critical("%s: pages may not be kept", error)

    def _count(self, name: str) -> None:
        if self._crawler.stats:
            self._crawler.stats.inc_value(name)

    def _give_up(self, why: str, spider: Spider) -> None:
        """End the crawl with the exit code of an unusable store."""
        spider.logger.critical("%s", why)
        end_crawl(self._crawler, "store_unusable", why)
