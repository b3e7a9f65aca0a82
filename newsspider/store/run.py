"""One run's writing: records in batches, counted, and the row in `runs` that says how it went."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from newsspider.errors import StoreError
from newsspider.exit_codes import code_for
from newsspider.kinds import ARTICLE_KINDS
from newsspider.record import ArticleRecord
from newsspider.revisiting.accounts import SiteAccount
from newsspider.revisiting.page_states import PageState, Visit
from newsspider.revisiting.schedule import RevisitPlan, birth, is_listing
from newsspider.revisiting.visitor_parameters import VisitorParameters
from newsspider.site_memory.drift import Layouts
from newsspider.site_memory.observations import Observation
from newsspider.store.articles import Stored
from newsspider.store.patience import patiently
from newsspider.store.store import Store
from newsspider.store.writing import AddressNews, Written

BATCH_RECORDS = 100  # records a transaction: 13,000 a second, and a kill loses at most these
LEARNT_TOGETHER = 100  # pages whose lessons are learnt in one transaction: a memory is read and written as a whole
BATCH_CHARS = 1_000_000  # of text a transaction: SQLite indexes them in 60 ms
MAX_BATCHES = 5  # that wait while one is written in the background; then the run waits for it


class Keeper(ABC):
    """What keeps a crawl's records: an extension of the crawler, which the pipelines find by this class."""

    @abstractmethod
    def keep(self, record: ArticleRecord) -> None:
        """Keep a record.

        Raises:
            StoreError: there is no store to keep it in.
        """


@dataclass
class _Batch:
    """What is written in one transaction.

    Attributes:
        records: in the order they were read.
        visits: looks with the records they gave, if any.
        found: addresses that are yet to be fetched.
        put_off: addresses that were found and are left for later.
        days: addresses that were read and left, with their days.
        taught: what pages teach about their sites.
        chars: of the records' text.
    """

    records: list[ArticleRecord] = field(default_factory=list)
    visits: list[tuple[Visit, ArticleRecord | None]] = field(default_factory=list)
    found: list[PageState] = field(default_factory=list)
    put_off: list[str] = field(default_factory=list)
    days: list[tuple[str, date]] = field(default_factory=list)
    taught: list[Observation] = field(default_factory=list)
    chars: int = 0

    def add(self, record: ArticleRecord) -> None:
        """Take a record."""
        self.records.append(record)
        self.chars += len(record.body or "")

    def followed_by(self, later: Self) -> Self:
        """Return this batch and a later one as one."""
        return type(self)(
            self.records + later.records,
            self.visits + later.visits,
            self.found + later.found,
            self.put_off + later.put_off,
            self.days + later.days,
            self.taught + later.taught,
            self.chars + later.chars,
        )


class Run:
    """A run of a command that writes records to the store.

    Attributes:
        number: the run's in the store.
        counts: records taken so far, by kind.
        accounts: what was found so far, by site.
        fates: articles so far, by what became of them: new, changed, unchanged, merged or dropped.
        duplicates: near-duplicates so far, by what became of them.
        visitors: what turned out to make no other page, by site.
        layouts: where new pages keep their text, of sites whose memory was known when the run began.
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
        """Note in the store that the run began; the run closes the store at its end.

        Args:
            store: what is written to.
            command: for the row in `runs`.
            arguments: the command's, for the same row.
            batch_records: records a transaction.
            plan: when pages are looked at again; only with one the run keeps account of addresses.
            in_background: whether the store's own thread writes full batches while the caller goes on, one at a time.
                What became of a batch is counted by the next call that adds or writes.
        """
        self.store = store
        self.counts: Counter[str] = Counter()
        self.accounts: dict[str, SiteAccount] = {}
        self.fates: Counter[str] = Counter()
        self.duplicates: Counter[str] = Counter()
        self.visitors: dict[str, VisitorParameters] = {}
        self.layouts: dict[str, Layouts] = {}
        self._taught: list[Observation] = []  # by pages whose records are stored
        self._plan = plan
        self._batch = _Batch()
        self._in_background = in_background
        self._under_way: tuple[_Batch, Future[Written]] | None = None
        self._batch_records = batch_records
        self.number = store.start_run(command, arguments)

    @property
    def waiting(self) -> int:
        """How many records have not been stored yet."""
        return len(self._batch.records) + (len(self._under_way[0].records) if self._under_way else 0)

    def account(self, site: str) -> SiteAccount:
        """Return the account of a site."""
        return self.accounts.setdefault(site, SiteAccount(site=site))

    def add(self, record: ArticleRecord, visit: Visit | None = None, observation: Observation | None = None) -> None:
        """Take a record, with the look that gave it and what the page teaches; a full batch is stored.

        Raises:
            StoreError: a batch could not be stored; it is kept and tried again with the next one.
        """
        self.counts[record.kind] += 1
        self._batch.add(record)
        if visit is not None:
            self._batch.visits.append((visit, record))
        if observation is not None:
            self._batch.taught.append(observation)
            if layouts := self.layouts.get(observation.site):
                layouts.note(observation, record.url or "")
        if self._is_full():
            self.write_on()

    def look(self, visit: Visit, record: ArticleRecord | None = None) -> None:
        """Take a look whose record, if any, is not kept; it is stored with the next batch."""
        self._batch.visits.append((visit, record))

    def find(self, found: Iterable[PageState]) -> None:
        """Take addresses that are yet to be fetched; they are stored with the next batch."""
        self._batch.found += found

    def put_off(self, address: str) -> None:
        """Take an address that was found and is left for later; it is stored with the next batch."""
        self._batch.put_off.append(address)

    def leave(self, address: str, day: date) -> None:
        """Take an address that was read and is left for crawls that want its day; it is stored with the next batch."""
        self._batch.days.append((address, day))

    def write_on(self) -> None:
        """Store what waits, in the background where the run has one; an earlier batch that is still written goes first.

        Raises:
            StoreError: a batch could not be stored; it is kept and tried again with the next one.
        """
        if not self._in_background:
            self.flush()
            return
        if self._under_way and not (self._under_way[1].done() or self._is_full(MAX_BATCHES)):
            return
        self._settle()
        if self._batch == _Batch():
            return
        batch, self._batch = self._batch, _Batch()
        self._under_way = batch, self.store.call_later(self._write, batch)

    def flush(self) -> None:
        """Store what waits, in one transaction, and wait for it.

        Raises:
            StoreError: it could not be stored; it is kept and tried again with the next flush.
        """
        with suppress(StoreError):  # it is tried again now
            self._settle()
        written = self._write(self._batch)
        self._batch = _Batch()
        self._note(written)

    def finish(self, exit_code: int | None = None) -> None:
        """Store the last batch, note how the run ended and close the store, also after an interruption.

        Args:
            exit_code: what the command will exit with; None makes it follow from the kinds that were counted.

        Raises:
            StoreError: the last batch could not be stored.
        """
        try:
            patiently(self.flush)
            patiently(self._learn)
            code = exit_code if exit_code is not None else code_for(self.counts)
            accounts = self.accounts.values() if self._plan else ()
            counts = {**self.counts, **{f"near-duplicates {fate}": n for fate, n in self.duplicates.items()}}
            patiently(lambda: self.store.finish_run(self.number, counts, code, accounts))
        finally:
            self.store.close()

    def _is_full(self, times: int = 1) -> bool:
        """Whether what waits is as much as one transaction writes, or so many times that."""
        return len(self._batch.records) >= times * self._batch_records or self._batch.chars >= times * BATCH_CHARS

    def _write(self, batch: _Batch) -> Written:
        """Write a batch."""
        news = None
        if self._plan:
            news = AddressNews(batch.visits, batch.found, self._plan, batch.put_off, batch.days)
        written = self.store.write(batch.records, news)
        self._taught += batch.taught
        if len(self._taught) >= LEARNT_TOGETHER:
            with suppress(StoreError):  # it is tried again after the next batch
                self._learn()
        return written

    def _learn(self) -> None:
        """Add what pages taught to the memories of their sites."""
        self.store.learn(self._taught)
        self._taught = []

    def _settle(self) -> None:
        """Wait for the batch that is written in the background, and count what became of it.

        Raises:
            StoreError: it could not be stored; it waits again, before what came after it.
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
        """Count what was written in the sites' accounts."""
        self.fates.update(each.fate for each in written.stored)
        for each in written.stored:
            if each.fate == "dropped" or (each.linked and each.fate == "new"):
                self.duplicates["dropped" if each.fate == "dropped" else "linked"] += 1
            self.account(each.record.site or "").note_article(each.fate, each.record, _moment_of(each))
        for record in written.quarantined:
            self.account(record.site or "").note_other(record)
        for visit, state in written.visits:
            if visit.led_to:
                self.account(visit.site).redirected[visit.led_to] += 1
            if "?" in visit.address and state.kind in ARTICLE_KINDS:
                self.visitors.setdefault(visit.site, VisitorParameters()).learn(visit.address, state.address)
            if state.failures:
                continue
            account = self.account(visit.site)
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
