"""A dry run: what a crawl would fetch, and its first records, with nothing stored and nothing noted."""

import logging
import sys
from collections import Counter
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newsspider.crawl.crawl_context import crawl_of
from newsspider.crawl.ending.outcome import DRY_RUN_STAT
from newsspider.crawl.request_context import role_of
from newsspider.crawl.skipped_requests import SkippedRequest
from newsspider.crawl.visits.ledger import Ledger
from newsspider.errors import StoreError
from newsspider.record import ArticleRecord
from newsspider.store.database import choose_database_in, is_there
from newsspider.store.store import Store
from newsspider.text import count_of, squash
from newsspider.urls import normalise_url

logger = logging.getLogger(__name__)

FIRST_ARTICLES = 3  # fetched to show their records
SHOWN_CHARS = 300  # of a record's text
FETCHED_ROLES = frozenset(
    {"seed", "feed", "sitemap"}
)  # without which one can't say what would be fetched


class DryRun(Ledger):
    """Scrapy extension: the ledger of a dry run reads what is known, notes nothing, and shows records.

    Attributes:
        shown: articles that were fetched.
        wanted: how many pages a crawl would fetch, by what is known of them.
    """

    def __init__(self, crawler: Crawler, database: str) -> None:
        """Read from a database, if it is there."""
        super().__init__(crawler, database)
        self.shown = 0
        self.wanted: Counter[str] = Counter()
        self._reading: Store | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it where the spider's arguments ask for a dry run."""
        if not crawl_of(crawler).is_dry_run:
            raise NotConfigured
        return cls(crawler, choose_database_in(crawler.settings))

    @property
    def is_open(self) -> bool:
        """Whether the crawl has begun."""
        return bool(self._sites)

    def begin(self, site: str) -> bool:
        """Open the store for reading, as it is; where there is none, everything is new."""
        if not self._sites and is_there(self._database):
            try:
                self._reading = Store(self._database, create=False, migrates=False)
            except StoreError as error:
                logger.warning("%s; everything counts as new", error)
        self._sites[site] = True
        return True

    def keep(self, record: ArticleRecord) -> None:
        """Show a record."""
        sys.stdout.write(f"{show_record(record)}\n")

    def spider_closed(self, reason: str) -> None:
        """Say what a crawl would fetch."""
        found = (
            ", ".join(count_of(number, what) for what, number in self.wanted.items()) or "nothing"
        )
        sys.stdout.write(f"dry run: would fetch {found}; nothing was stored\n")
        if self._crawler.stats:
            self._crawler.stats.set_value(DRY_RUN_STAT, True)
        if self._reading:
            self._reading.close()

    @property
    def _store(self) -> Store | None:
        return self._reading


class DryRunMiddleware:
    """Downloader middleware of a dry run: lists and the first articles are fetched, all else is named."""

    def __init__(self, rehearsal: DryRun) -> None:
        """Ask what is known of pages."""
        self._rehearsal = rehearsal

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it for a dry run."""
        rehearsal = crawler.get_extension(DryRun)
        if rehearsal is None:
            raise NotConfigured
        return cls(rehearsal)

    def process_request(self, request: Request) -> None:
        """Name a page, and let it pass if it is needed.

        Raises:
            SkippedRequest: it is not.
        """
        role = role_of(request)
        if (
            role is None
            or role in FETCHED_ROLES
            or {"redirect_times", "retry_times"} & request.meta.keys()
        ):
            return
        address = normalise_url(request.url)
        known = self._rehearsal.known([address]).get(address)
        what = f"{'due' if known and known.fetched_at else 'new'} {role}"
        self._rehearsal.wanted[what] += 1
        sys.stdout.write(f"would fetch {what:12} {request.url}\n")
        if role != "article" or self._rehearsal.shown >= FIRST_ARTICLES:
            raise SkippedRequest("a dry run names it only")
        self._rehearsal.shown += 1


def show_record(record: ArticleRecord) -> str:
    """Return a record in a few lines.

    >>> print(show_record(ArticleRecord(url="https://herald.example/a", title="Ferry", body="At six.", word_count=2)))
    article: https://herald.example/a
      title      Ferry
      body       2 words: At six.
    """
    lines = [f"{record.kind}: {record.url}"]
    fields = {
        "title": record.title,
        "authors": ", ".join(record.authors),
        "published": record.published,
    }
    lines += [f"  {name:10} {value}" for name, value in fields.items() if value]
    if record.body:
        lines.append(
            f"  {'body':10} {count_of(record.word_count or 0, 'word')}: {squash(record.body)[:SHOWN_CHARS]}"
        )
    return "\n".join([*lines, *([f"  {'reason':10} {record.reason}"] if record.reason else [])])
