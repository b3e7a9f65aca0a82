"""The storing of all records in the database: articles in one table, others in quarantine."""

import logging
from collections import Counter
from types import TracebackType
from typing import Any, Self

from newsspider.errors import ExitCode, StoreError, StoreLostError
from newsspider.kinds import RETRIED_KINDS
from newsspider.outputs.writers import RecordWriter
from newsspider.record import ArticleRecord
from newsspider.site_memory.observations import Observation
from newsspider.store.database import choose_database_in
from newsspider.store.reextracting import Outcome
from newsspider.store.retrying import with_retries
from newsspider.store.run import Keeper, Run
from newsspider.store.store import Store
from newsspider.store.waiting_observations import WaitingObservations
from pipelines.ending import end_unkept

logger = logging.getLogger(__name__)

# Wait for a server that can't be reached; a run that ended would have to be repeated
RETRY_SECONDS = 300.0
SHOWN_FATES = ("new", "changed", "unchanged")  # of articles; always named
REPLACED_TOGETHER = 50  # records per transaction


class StoreWriter(RecordWriter):
    """Records to the store, as a run of a command."""

    def __init__(self, store: Store, command: str = "extract") -> None:
        """Write to an open store, and close it at the end."""
        self.name = store.name
        self._run = Run(store, command, {})

    def holds(self, source: str) -> bool:
        """Whether the store has this source's page.

        A failed page is removed from quarantine, to be tried again.
        """
        store = self._run.store
        kinds = with_retries(lambda: store.kinds_of(source), RETRY_SECONDS)
        if kinds & RETRIED_KINDS:
            with_retries(lambda: store.drop_from_quarantine(source, RETRIED_KINDS), RETRY_SECONDS)
        return bool(kinds - RETRIED_KINDS)

    def write(self, record: ArticleRecord) -> None:
        """Take a record; a full batch is stored.

        Raises:
            StoreError: the batch could not be stored.
        """
        try:
            self._run.add(record)
        except StoreLostError:
            with_retries(self._run.flush, RETRY_SECONDS)

    def notes(self) -> list[str]:
        """Return the numbers of new, changed and unchanged articles, and of near-duplicates."""
        fates, notes = self._run.fates, []
        if fates:
            names = (*SHOWN_FATES, "merged") if fates["merged"] else SHOWN_FATES
            notes.append(f"articles: {', '.join(f'{fates[name]} {name}' for name in names)}")

        if self._run.duplicates:
            numbers = [f"{number} {fate}" for fate, number in self._run.duplicates.items()]
            listed = ", ".join(numbers)
            notes.append(f"near-duplicates: {listed} (newsspider duplicates lists them)")

        return notes

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Store the last batch, also after an interruption, and close the store."""
        self._run.finish(ExitCode.INTERRUPTED if error else None)


class ReplacingWriter(RecordWriter):
    """Records of kept pages, stored in place of the earlier records of these pages.

    Attributes:
        outcomes: the number of records by outcome.
    """

    def __init__(self, store: Store) -> None:
        """Write to an open store, which stays open."""
        self.name = store.name
        self.outcomes: Counter[Outcome] = Counter()
        self._store = store
        self._batch: list[ArticleRecord] = []
        self._taught = WaitingObservations()

    def learn(self, observation: Observation) -> None:
        """Take what a page teaches about its site, for later runs.

        Raises:
            StoreError: it could not be stored.
        """
        self._taught.add([observation])
        self._taught.hand_over(self._taught.full_sites, self._store.learn)

    def write(self, record: ArticleRecord) -> None:
        """Take a record; a full batch is stored.

        Raises:
            StoreError: the batch could not be stored.
        """
        self._batch.append(record)
        if len(self._batch) >= REPLACED_TOGETHER:
            self._flush()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Store the last batch, also after an interruption."""
        self._flush()
        self._taught.hand_over_all(self._store.learn)

    def _flush(self) -> None:
        batch, self._batch = self._batch, []
        self.outcomes.update(self._store.reextract(batch) if batch else {})


class StorePipeline:
    """Stores every record in the database that NEWSSPIDER_DATABASE names.

    The crawl's ledger stores them if there is one.
    """

    def __init__(self, crawler: Any, ledger: Keeper | None) -> None:
        """Give the records to the ledger of a Scrapy crawler, if it has one."""
        self._crawler = crawler
        self._ledger = ledger
        self._writer: StoreWriter | None = None

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        """Build it, unless NEWSSPIDER_STORE is off."""
        from scrapy.exceptions import NotConfigured

        ledger = crawler.get_extension(Keeper)
        if ledger is None and not crawler.settings.getbool("NEWSSPIDER_STORE", True):
            raise NotConfigured
        return cls(crawler, ledger)

    def process_item(self, item: Any) -> Any:
        """Store a record and pass it on; other items are passed on as they are."""
        if isinstance(item, ArticleRecord):
            try:
                self._keep(item)
            except StoreError as error:
                end_unkept(self._crawler, error)
        return item

    def _keep(self, record: ArticleRecord) -> None:
        if self._ledger:
            self._ledger.keep(record)
        else:
            self._open().write(record)

    def close_spider(self) -> None:
        """Store the last records, unless the crawl's ledger does."""
        try:
            if self._writer:
                self._writer.__exit__(None, None, None)
        except StoreError as error:
            logger.critical("%s", error)

    def _open(self) -> StoreWriter:
        """Return the writer; it is opened late, so that `scrapy shell` creates no database."""
        if self._writer is None:
            database = choose_database_in(self._crawler.settings)
            self._writer = StoreWriter(Store(database), f"crawl {self._crawler.spidercls.name}")
        return self._writer
