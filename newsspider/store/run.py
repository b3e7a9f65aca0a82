"""A run's writes: records in batches, their counts, and the run's row in `runs`."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from datetime import date
from typing import Any

from newsspider.errors import StoreError
from newsspider.exit_codes import code_for
from newsspider.kinds import ARTICLE_KINDS
from newsspider.record import ArticleRecord
from newsspider.revisiting.accounts import SiteAccount
from newsspider.revisiting.page_states import PageState, Visit
from newsspider.revisiting.response_times import limit_of
from newsspider.revisiting.schedule import RevisitPlan, birth, is_listing
from newsspider.revisiting.visitor_parameters import VisitorParameters
from newsspider.site_memory.drift import Layouts
from newsspider.site_memory.observations import Observation
from newsspider.store.articles import Stored
from newsspider.store.batch import Batch
from newsspider.store.retrying import with_retries
from newsspider.store.store import Store
from newsspider.store.waiting_observations import WaitingObservations
from newsspider.store.writing import AddressNews, Written

BATCH_RECORDS = 100  # per transaction: 13,000 records a second, and a kill loses at most this many
FIRST_RECORDS = 20  # of a crawl's first transaction: what they show about a site counts soon
BATCH_CHARS = 1_000_000  # of text per transaction: SQLite indexes them in 60 ms
MAX_BATCHES = 5  # that wait while one is written in the background; with more, the run waits


class Keeper(ABC):
    """An extension of the crawler that keeps its records; pipelines find it by this class."""

    @abstractmethod
    def keep(self, record: ArticleRecord) -> None:
        """Keep a record.

        Raises:
            StoreError: there is no store.
        """


class Run:
    """A run of a command that writes records to the store.

    Attributes:
        number: the run's in the store.
        counts: records taken so far, by kind.
        accounts: the results so far, by site.
        fates: numbers of articles by fate: new, changed, unchanged, merged or dropped.
        duplicates: numbers of near-duplicates, dropped and linked.
        visitors: parameters of addresses that don't change the page, by site.
        layouts: the containers of new pages' text, for sites whose memory was known when the run began.
    """

    def __init__(
        self,
        store: Store,
        command: str,
        arguments: Mapping[str, Any],
        batch_records: int = BATCH_RECORDS,
        plan: RevisitPlan | None = None,
        *,
        in_background: bool = False,
    ) -> None:
        """Add the run to the store; the run closes the store at its end.

        Args:
            store: to write to.
            command: for the row in `runs`.
            arguments: the command's, for the same row.
            batch_records: records per transaction.
            plan: when pages are visited again; without one, the run does not save addresses.
            in_background: whether the store's own thread writes full batches, one at a time, while the
                caller goes on. The next call that adds or writes counts the results.
        """
        self.store = store
        self.counts: Counter[str] = Counter()
        self.accounts: dict[str, SiteAccount] = {}
        self.fates: Counter[str] = Counter()
        self.duplicates: Counter[str] = Counter()
        self.visitors: dict[str, VisitorParameters] = {}
        self.layouts: dict[str, Layouts] = {}
        self._taught = WaitingObservations()  # by pages whose records are stored
        self._plan = plan
        self._batch = Batch()
        self._in_background = in_background
        self._under_way: tuple[Batch, Future[Written]] | None = None
        self._batch_records = batch_records
        self.number = store.start_run(command, arguments)

    @property
    def waiting(self) -> int:
        """The number of records that are not stored yet."""
        waiting = len(self._batch.records)
        if self._under_way:
            batch, _ = self._under_way
            waiting += len(batch.records)
        return waiting

    def account(self, site: str) -> SiteAccount:
        """Return the account of a site."""
        return self.accounts.setdefault(site, SiteAccount(site=site))

    def add(
        self,
        record: ArticleRecord,
        visit: Visit | None = None,
        observation: Observation | None = None,
    ) -> None:
        """Add a record with its visit and the page's observation; a full batch is stored.

        Raises:
            StoreError: a batch could not be stored; it is kept and tried again with the next one.
        """
        self.counts[record.kind] += 1
        self._batch.add(record)
        if visit is not None:
            self._batch.visits.append((visit, record))
        if observation is not None:
            self._batch.taught.append(observation)
            layouts = self.layouts.get(observation.site)
            if layouts:
                layouts.note(observation, record.url or "")
        elif record.provenance.get("body") == "wrapper" and record.site in self.layouts:
            self.layouts[record.site].pages += 1  # its text is where it was before
        if self._has_written():
            self._settle()
        if self._is_full():
            self.write_on()

    def look(self, visit: Visit, record: ArticleRecord | None = None) -> None:
        """Add a visit whose record is not kept; it is stored with the next batch."""
        self._batch.visits.append((visit, record))

    def find(self, found: Iterable[PageState]) -> None:
        """Add addresses that are not fetched yet; they are stored with the next batch."""
        self._batch.found += found

    def put_off(self, address: str) -> None:
        """Add a found address that is left for later; it is stored with the next batch."""
        self._batch.put_off.append(address)

    def leave(self, address: str, day: date) -> None:
        """Add an article's address that is left for crawls of its day; it is stored with the next batch."""
        self._batch.days.append((address, day))

    def write_on(self) -> None:
        """Store the batch, in the background if the run has one, after the one that is being written.

        Raises:
            StoreError: a batch could not be stored; it is kept and tried again with the next one.
        """
        if not self._in_background:
            self.flush()
            return
        if self._under_way and not (self._has_written() or self._is_full(MAX_BATCHES)):
            return
        self._settle()
        if self._batch == Batch():
            return
        batch, self._batch = self._batch, Batch()
        self._under_way = batch, self.store.call_later(self._write, batch)

    def flush(self) -> None:
        """Store the batch in one transaction, and wait for it.

        Raises:
            StoreError: it could not be stored; it is kept and tried again with the next flush.
        """
        with suppress(StoreError):  # it is tried again now
            self._settle()
        written = self._write(self._batch)
        self._batch = Batch()
        self._note(written)

    def finish(self, exit_code: int | None = None) -> None:
        """Store the last batch and the run's end, and close the store, also after an interruption.

        Args:
            exit_code: of the command; None derives it from the kinds of the records.

        Raises:
            StoreError: the last batch could not be stored.
        """
        try:
            with_retries(self.flush)
            self._taught.hand_over_all(
                lambda taught: with_retries(lambda: self.store.learn(taught))
            )
            if exit_code is None:
                exit_code = code_for(self.counts)
            with_retries(lambda: self._finish(exit_code))
        finally:
            self.store.close()

    def _finish(self, exit_code: int) -> None:
        """Write the end of the run to its row, and the accounts of its sites."""
        duplicates = {f"near-duplicates {fate}": number for fate, number in self.duplicates.items()}
        accounts = self.accounts.values() if self._plan else ()
        self.store.finish_run(self.number, {**self.counts, **duplicates}, exit_code, accounts)

    def _has_written(self) -> bool:
        """Return whether the batch in the background is written, and its results wait."""
        return self._under_way is not None and self._under_way[1].done()

    def _is_full(self, times: int = 1) -> bool:
        """Return whether the batch is as large as one transaction, or as `times` transactions."""
        has_records = len(self._batch.records) >= times * self._size_of_batch()
        return has_records or self._batch.chars >= times * BATCH_CHARS

    def _size_of_batch(self) -> int:
        """Return the records of the next transaction: in a crawl, it grows with the run."""
        if not self._in_background:
            return self._batch_records
        return min(self._batch_records, max(FIRST_RECORDS, self.counts.total() // 2))

    def _write(self, batch: Batch) -> Written:
        """Write a batch."""
        news = None
        if self._plan:
            news = AddressNews(batch.visits, batch.found, self._plan, batch.put_off, batch.days)
        written = self.store.write(batch.records, news)
        self._taught.add(batch.taught)
        with suppress(StoreError):  # it is tried again after the next batch
            self._taught.hand_over(self._taught.full_sites, self.store.learn)
        return written

    def _settle(self) -> None:
        """Wait for the batch that is written in the background, and count its results.

        Raises:
            StoreError: it could not be stored; it waits again, before later records.
        """
        if self._under_way is None:
            return
        (batch, future), self._under_way = self._under_way, None
        try:
            written = future.result()
        except BaseException:
            self._batch = batch.followed_by(self._batch)
            raise
        self._note(written)

    def _note(self, written: Written) -> None:
        """Count the results of a write in the sites' accounts."""
        self.fates.update(each.fate for each in written.stored)
        for each in written.stored:
            if each.fate == "dropped":
                self.duplicates["dropped"] += 1
            elif each.linked and each.fate == "new":
                self.duplicates["linked"] += 1
            self.account(each.record.site or "").note_article(
                each.fate, each.record, _moment_of(each)
            )
        for record in written.quarantined:
            self.account(record.site or "").note_other(record)
        for visit, state in written.visits:
            self._note_visit(visit, state)

    def _note_visit(self, visit: Visit, state: PageState) -> None:
        """Count a visit in its site's account."""
        account = self.account(visit.site)
        if visit.led_to:
            account.redirected[visit.led_to] += 1
        if "?" in visit.address and state.kind in ARTICLE_KINDS:
            parameters = self.visitors.setdefault(visit.site, VisitorParameters())
            parameters.learn(visit.address, state.address)
        if visit.seconds is not None:
            account.response_times[limit_of(visit.seconds)] += 1
        if state.failures:
            return
        if is_listing(state.role):
            account.lists += 1
            account.lists_unchanged += not visit.modified
        elif not visit.modified:
            account.unchanged += 1


def _moment_of(stored: Stored) -> str | None:
    """Return when an article was published; of one that does not say, when it was found, and nothing after that."""
    record = stored.record
    if record.fetched_at is None or not (record.published or stored.fate == "new"):
        return None
    return birth(record.fetched_at, record.published)
