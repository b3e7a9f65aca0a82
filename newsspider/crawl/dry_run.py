"""A dry run shows which pages a crawl would fetch, and its first records. It stores nothing."""

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
from newsspider.crawl.scheduling.page_limit import is_counted
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
FETCHED_ROLES = frozenset({"seed", "feed", "sitemap"})  # needed to know what would be fetched


class DryRun(Ledger):
    """Scrapy extension: the ledger of a dry run, which reads the store, writes nothing and shows records.

    Attributes:
        shown: articles that were fetched.
        wanted: how many pages a crawl would fetch, by kind: "new article", "due section".
    """

    def __init__(self, crawler: Crawler, database: str) -> None:
        """Read from a database, if it exists."""
        super().__init__(crawler, database)
        self.shown = 0
        self.wanted: Counter[str] = Counter()
        self._reading: Store | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it if the spider's arguments ask for a dry run."""
        if not crawl_of(crawler).is_dry_run:
            raise NotConfigured
        return cls(crawler, choose_database_in(crawler.settings))

    @property
    def is_open(self) -> bool:
        """Whether the crawl has begun."""
        return bool(self._sites)

    def begin(self, site: str) -> bool:
        """Open the store for reading, without migrating it.

        Without a store, all pages count as new.
        """
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
        """Print how many pages a crawl would fetch."""
        counts = [count_of(number, pages) for pages, number in sorted(self.wanted.items())]
        found = ", ".join(counts) or "nothing"
        sys.stdout.write(f"dry run: would fetch {found}; nothing was stored\n")

        if self._crawler.stats:
            self._crawler.stats.set_value(DRY_RUN_STAT, True)

        if self._reading:
            self._reading.close()

    @property
    def _store(self) -> Store | None:
        return self._reading


class DryRunMiddleware:
    """Downloader middleware of a dry run: fetches lists and the first articles, and names all other pages."""

    def __init__(self, dry_run: DryRun) -> None:
        """Look pages up in this ledger."""
        self._dry_run = dry_run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it for a dry run."""
        dry_run = crawler.get_extension(DryRun)
        if dry_run is None:
            raise NotConfigured
        return cls(dry_run)

    def process_request(self, request: Request) -> None:
        """Name a page. Fetch it only if it is a list or one of the first articles.

        Raises:
            SkippedRequest: the page is not needed.
        """
        role = role_of(request)
        if role is None or role in FETCHED_ROLES or is_counted(request):
            return

        pages = f"{self._state_of(request)} {role}"
        self._dry_run.wanted[pages] += 1
        sys.stdout.write(f"would fetch {pages:12} {request.url}\n")
        if role != "article" or self._dry_run.shown >= FIRST_ARTICLES:
            raise SkippedRequest("a dry run names it only")

        self._dry_run.shown += 1

    def _state_of(self, request: Request) -> str:
        """Return "due" if an earlier run has fetched the page, else "new"."""
        address = normalise_url(request.url)
        known = self._dry_run.known([address]).get(address)
        return "due" if known and known.fetched_at else "new"


def show_record(record: ArticleRecord) -> str:
    """Return a record in a few lines.

    >>> ferry = ArticleRecord(url="https://herald.example/a", title="Ferry", body="At six.", word_count=2)
    >>> print(show_record(ferry))
    article: https://herald.example/a
      title      Ferry
      body       2 words: At six.
    """
    body = None
    if record.body:
        words = count_of(record.word_count or 0, "word")
        body = f"{words}: {squash(record.body)[:SHOWN_CHARS]}"

    fields = {
        "title": record.title,
        "authors": ", ".join(record.authors),
        "published": record.published,
        "body": body,
        "reason": record.reason,
    }
    lines = [f"{record.kind}: {record.url}"]
    lines += [f"  {name:10} {value}" for name, value in fields.items() if value]
    return "\n".join(lines)
