"""Retention: at its end, a crawl removes pages that are older than NEWSSPIDER_RETENTION."""

import logging
import os
from datetime import timedelta
from pathlib import Path
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.settings import BaseSettings

from newsspider.clock import as_text, now
from newsspider.crawl.archiving.warc import FOLDER
from newsspider.crawl.crawl_context import crawl_of
from newsspider.errors import StoreError, UsageError
from newsspider.inputs.warc_editing import expire_warc_files
from newsspider.revisiting.schedule import parse_span
from newsspider.store.database import choose_database_in, is_there
from newsspider.store.store import Store

logger = logging.getLogger(__name__)


def read_retention(settings: BaseSettings) -> timedelta | None:
    """Return how long pages are kept; None = forever.

    Raises:
        UsageError: one line that names the setting.
    """
    age = settings.get("NEWSSPIDER_RETENTION")
    try:
        return parse_span(age) if age else None
    except UsageError as error:
        raise UsageError(f"NEWSSPIDER_RETENTION: {error}") from error


class Retention:
    """Scrapy extension: removes old pages when the crawl ends."""

    def __init__(self, crawler: Crawler, age: timedelta) -> None:
        """Remove pages that are older than this."""
        self._crawler = crawler
        self._age = age
        crawler.signals.connect(self.engine_stopped, signal=signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it if NEWSSPIDER_RETENTION is set. A dry run removes nothing.

        Raises:
            UsageError: the setting is not a duration.
        """
        age = read_retention(crawler.settings)
        if age is None or crawl_of(crawler).is_dry_run:
            raise NotConfigured
        return cls(crawler, age)

    def engine_stopped(self) -> None:
        """Remove old pages. The crawl has closed its store by now."""
        remove_expired(self._crawler.settings, self._age)


def remove_expired(settings: BaseSettings, age: timedelta) -> None:
    """Remove pages that are older than an age from the store and the WARC files.

    Failures are logged.
    """
    before = as_text(now() - age)
    database = choose_database_in(settings)
    folder = settings.get(FOLDER) or os.environ.get(FOLDER)

    try:
        if is_there(database):
            with Store(database, create=False) as store:
                rows = store.expire(before).rows
            logger.info("retention: removed %s first seen before %s", rows or "nothing", before)
        if folder and Path(folder).is_dir():
            logger.info(
                "retention: removed %d WARC files", len(expire_warc_files(Path(folder), before))
            )
    except StoreError as error:
        logger.error("retention: %s", error)
