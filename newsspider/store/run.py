"""One run's writing: records in batches, counted, and the row in `runs` that says how it went."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from newsspider.exit_codes import code_for
from newsspider.kinds import ARTICLE_KINDS
from newsspider.record import ArticleRecord
from newsspider.revisiting.accounts import SiteAccount
from newsspider.revisiting.schedule import RevisitPlan, birth, is_listing
from newsspider.revisiting.states import PageState, Visit
from newsspider.revisiting.visitors import VisitorParameters
from newsspider.store.articles import Stored
from newsspider.store.patience import patiently
from newsspider.store.store import Looks, Store, Written

BATCH_RECORDS = 100  # records a transaction: 13,000 a second, and a kill loses at most these
BATCH_CHARS = 1_000_000  # of text a transaction: SQLite indexes them in 60 ms, for which a crawl's event loop waits


class Keeper(ABC):
    """What keeps a crawl's records: an extension of the crawler, which the pipelines find by this class."""

    @abstractmethod
    def keep(self, record: ArticleRecord) -> None:
        """Keep a record.

        Raises:
            StoreError: there is no store to keep it in.
        """


class Run:
    """A run of a command that writes records to the store.

    Attributes:
        number: the run's in the store.
        counts: records taken so far, by kind.
        accounts: what was found so far, by site.
        fates: articles so far, by what became of them: new, changed, unchanged, merged or dropped.
        duplicates: near-duplicates so far, by what became of them.
        visitors: what turned out to make no other page, by site.
    """

    def __init__(
        self,
        store: Store,
        command: str,
        arguments: Mapping[str, Any],
        batch_records: int = BATCH_RECORDS,
        plan: RevisitPlan | None = None,
    ) -> None:
        """Note in the store that the run began; the run closes the store at its end.

        Args:
            store: what is written to.
            command: for the row in `runs`.
            arguments: the command's, for the same row.
            batch_records: records a transaction.
            plan: when pages are looked at again; only with one the run keeps account of addresses.
        """
        self.store = store
        self.counts: Counter[str] = Counter()
        self.accounts: dict[str, SiteAccount] = {}
        self.fates: Counter[str] = Counter()
        self.duplicates: Counter[str] = Counter()
        self.visitors: dict[str, VisitorParameters] = {}
        self._plan = plan
        self._batch: list[ArticleRecord] = []
        self._visits: list[tuple[Visit, ArticleRecord | None]] = []
        self._found: list[PageState] = []
        self._put_off: list[str] = []
        self._days: list[tuple[str, date]] = []
        self._batch_records = batch_records
        self.number = store.start_run(command, arguments)

    @property
    def waiting(self) -> int:
        """How many records have not been stored yet."""
        return len(self._batch)

    @property
    def has_news(self) -> bool:
        """Whether there is anything to store: records, looks or addresses."""
        return any((self._batch, self._visits, self._found, self._put_off, self._days))

    def account(self, site: str) -> SiteAccount:
        """Return the account of a site."""
        return self.accounts.setdefault(site, SiteAccount(site=site))

    def add(self, record: ArticleRecord, visit: Visit | None = None) -> None:
        """Take a record, with the look that gave it; a full batch is stored.

        Raises:
            StoreError: the batch could not be stored; it is kept and tried again with the next flush.
        """
        self.counts[record.kind] += 1
        self._batch.append(record)
        if visit is not None:
            self._visits.append((visit, record))
        chars = sum(len(each.body or "") for each in self._batch)
        if len(self._batch) >= self._batch_records or chars >= BATCH_CHARS:
            self.flush()

    def look(self, visit: Visit, record: ArticleRecord | None = None) -> None:
        """Take a look whose record, if any, is not kept; it is stored with the next batch."""
        self._visits.append((visit, record))

    def find(self, found: Iterable[PageState]) -> None:
        """Take addresses that are yet to be fetched; they are stored with the next batch."""
        self._found += found

    def put_off(self, address: str) -> None:
        """Take an address that was found and is left for later; it is stored with the next batch."""
        self._put_off.append(address)

    def leave(self, address: str, day: date) -> None:
        """Take an address that was read and is left for crawls that want its day; it is stored with the next batch."""
        self._days.append((address, day))

    def flush(self) -> None:
        """Store what waits, in one transaction.

        Raises:
            StoreError: it could not be stored; it is kept and tried again with the next flush.
        """
        looks = Looks(self._visits, self._found, self._plan, self._put_off, self._days) if self._plan else None
        self._note(self.store.write(self._batch, looks))
        self._batch, self._visits, self._found, self._put_off, self._days = [], [], [], [], []

    def finish(self, exit_code: int | None = None) -> None:
        """Store the last batch, note how the run ended and close the store, also after an interruption.

        Args:
            exit_code: what the command will exit with; None makes it follow from the kinds that were counted.

        Raises:
            StoreError: the last batch could not be stored.
        """
        try:
            patiently(self.flush)
            code = exit_code if exit_code is not None else code_for(self.counts)
            accounts = self.accounts.values() if self._plan else ()
            counts = {**self.counts, **{f"near-duplicates {fate}": n for fate, n in self.duplicates.items()}}
            patiently(lambda: self.store.finish_run(self.number, counts, code, accounts))
        finally:
            self.store.close()

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
