"""The store: records in, in batches of one transaction each; what comes out of it is in `reading.py`."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, delete, insert, update

from newsspider.clock import now, utc_now
from newsspider.errors import StoreError
from newsspider.files import choose_sync
from newsspider.record import ArticleRecord
from newsspider.revisiting.accounts import SiteAccount
from newsspider.revisiting.page_states import PageState, Visit
from newsspider.revisiting.schedule import RevisitPlan
from newsspider.store.accounts import write_accounts
from newsspider.store.addresses import (
    add_found,
    add_shorter_addresses,
    note_days,
    postpone_unfetched,
    put_off,
    write_visits,
)
from newsspider.store.articles import Stored, write_articles
from newsspider.store.copying import Steps, copy_database
from newsspider.store.database import (
    choose_duplicates,
    database_url,
    may_migrate,
    named_errors,
    open_engine,
    open_writing,
)
from newsspider.store.dialects import among
from newsspider.store.erasing import erase_traces
from newsspider.store.forgetting import Removed, expire, forget, without_forgotten
from newsspider.store.joining import address_of, is_part
from newsspider.store.locks import FileLocks, ServerLocks, SiteLocks
from newsspider.store.parts import keep_parts, replace_earlier
from newsspider.store.quarantine import drop_from_quarantine, write_quarantine
from newsspider.store.reading import StoreReader
from newsspider.store.reextracting import Outcome, reextract
from newsspider.store.shared_texts import without_shared
from newsspider.store.tables import quarantine, runs
from newsspider.store.turns import Turns, require_server
from newsspider.store.watches import (
    Claim,
    Watch,
    add_watch,
    claim_untold,
    note_cut_short,
    release_unsure,
    remove_watch,
    settle_claim,
    settle_watch,
)
from newsspider.urls import without_credentials

Result = TypeVar("Result")


@dataclass(frozen=True)
class Looks:
    """What a crawl has learnt of addresses since it last wrote.

    Attributes:
        visits: looks with the records they gave, if any.
        found: addresses that were found and are yet to be fetched.
        plan: when to look again.
        put_off: addresses among those found that are left for later.
        days: addresses of articles that were read and left for crawls that want other days, with their own day.
    """

    visits: Sequence[tuple[Visit, ArticleRecord | None]]
    found: Sequence[PageState]
    plan: RevisitPlan
    put_off: Sequence[str] = ()
    days: Sequence[tuple[str, date]] = ()


@dataclass(frozen=True)
class Written:
    """What became of what was written: of the articles, of what is none, and of the addresses looked at."""

    stored: Sequence[Stored]
    quarantined: Sequence[ArticleRecord]
    visits: Sequence[tuple[Visit, PageState]]


class Store(StoreReader):
    """An open database of records, to read and to write.

    Writing is idempotent: a record's key names its row, and storing it again replaces what changed.
    """

    def __init__(
        self,
        database: str,
        *,
        create: bool = True,
        migrates: bool = True,
        duplicates: str | None = None,
        sync: str | None = None,
    ) -> None:
        """Open a database by path or URL, making or migrating it where needed.

        Args:
            database: a path, or a SQLAlchemy URL of SQLite or PostgreSQL.
            create: whether it is made where there is none.
            migrates: whether its schema may be made and changed; the environment's NEWSSPIDER_MIGRATE=0 forbids it too.
            duplicates: what becomes of near-duplicates: link, drop or off; None: as NEWSSPIDER_DUPLICATES says.
            sync: when transactions are on the disk: normal or full; None: as NEWSSPIDER_SYNC says.

        Raises:
            StoreError: it can't be opened; the text names it and the reason.
        """
        self._duplicates = choose_duplicates(duplicates)
        url = database_url(database)
        chosen = choose_sync(sync)
        engine = open_engine(url, create=create, migrates=migrates and may_migrate(), sync=chosen)
        super().__init__(url, engine)
        self._writing = open_writing(url, engine, chosen)
        self._thread = ThreadPoolExecutor(1, "newsspider-store")
        self._opened = _identity(self.file) if self.file else None

    def close(self) -> None:
        """Close all connections, after what is under way; the store can't be used after."""
        self._thread.shutdown()
        super().close()
        self._writing.dispose()

    def call_later(self, call: Callable[..., Result], *given: Any) -> Future[Result]:
        """Call a function in the store's own thread, after those that wait for it."""
        return self._thread.submit(call, *given)

    def site_locks(self) -> SiteLocks:
        """Return locks on sites, for a run that writes to this database."""
        return FileLocks(self.file) if self.file else ServerLocks(self._engine)

    def turns(self) -> Turns:
        """Return whose turn each site is, in a PostgreSQL database.

        Raises:
            UsageError: the database is a file, which one process writes to.
        """
        require_server(str(self._url))
        return Turns(self._url, self._engine)

    def lock_site(self, locks: SiteLocks, site: str) -> bool:
        """Lock a site, and return whether it was free.

        Raises:
            StoreError: the database can't be asked.
        """
        with named_errors(self._url):
            return locks.take(site)

    def write(self, records: Sequence[ArticleRecord], looks: Looks | None = None) -> Written:
        """Store records in one transaction, articles in their table, all others in quarantine; and what a crawl knows.

        A page that became an article leaves quarantine; an article whose page fails later stays. Articles that share
        their text with many others of their site are none. The parts of an article over several pages are kept beside,
        and the articles hold the one record that those read so far make.

        Args:
            records: in the order they were read.
            looks: the looks that gave them, and what else a crawl has learnt of addresses.
        """
        self._check_there()
        with self._in_transaction() as connection:
            wanted = without_forgotten(connection, records)
            judged = without_shared(connection, wanted)
            now_judged = {id(record): each for record, each in zip(wanted, judged, strict=True)}
            visits = [(visit, now_judged.get(id(record), record)) for visit, record in looks.visits] if looks else []
            read = [record for record in judged if record.is_article]
            moved = _moves_to({record.key for record in read}, visits)
            joined = [replace_earlier(connection, group) for group in keep_parts(connection, filter(is_part, read))]
            whole = [record for record in read if not is_part(record)]
            stored = write_articles(connection, [*whole, *joined], moved, self._duplicates)
            others = [record for record in judged if not record.is_article]
            write_quarantine(connection, others)
            accepted = {key for each in stored for key in (each.key, each.record.key)}
            if left := [*accepted, *map(address_of, filter(is_part, read))]:
                connection.execute(delete(quarantine).where(among(quarantine.c.key, left)))
            if looks is None:
                return Written(stored, others, [])
            add_found(connection, looks.found)
            put_off(connection, looks.put_off, now(), looks.plan)
            note_days(connection, looks.days)
            return Written(stored, others, write_visits(connection, visits, stored, looks.plan))

    def reextract(self, records: Sequence[ArticleRecord]) -> Counter[Outcome]:
        """Put records of kept pages in the places of those that were made of them; return what became of how many."""
        outcomes: Counter[Outcome] = Counter()
        rest = []
        with self._in_transaction() as connection:
            for record in without_shared(connection, without_forgotten(connection, records)):
                outcome, left = reextract(connection, record, self._duplicates)
                outcomes[outcome] += 1
                rest += [left] if left else []
        if rest:
            self.write(rest)
        return outcomes

    def forget(self, urls: Iterable[str], *, with_copies: bool = False) -> Removed:
        """Take pages out for good, under all their addresses; a SQLite file keeps nothing of their text."""
        with self._in_transaction() as connection:
            removed = forget(connection, urls, with_copies=with_copies)
        with named_errors(self._url):
            return replace(removed, traces=erase_traces(self._engine))

    def expire(self, before: str) -> Removed:
        """Take out what was first seen before a moment (ISO 8601, UTC)."""
        with self._in_transaction() as connection:
            removed = expire(connection, before)
        if not removed.rows:
            return removed
        with named_errors(self._url):
            return replace(removed, traces=erase_traces(self._engine))

    def copy_to(self, target: Path, steps: Steps | None = None) -> None:
        """Copy the database as it is at this moment, while others write to it.

        Args:
            target: the copy's path.
            steps: who is told how far it is.

        Raises:
            StoreError: the copy can't be made, or the database is no file.
        """
        if self.file is None:
            raise StoreError(f"{self.name}: use the server's own tools, such as pg_dump")
        copy_database(self.file, target, steps)

    def add_shorter_addresses(self, site: str, names: frozenset[str], since: str) -> None:
        """Note the addresses without some parameters of a site's articles that were found since a moment."""
        with self._in_transaction() as connection:
            add_shorter_addresses(connection, site, names, since)

    def postpone_unfetched(self, sites: Collection[str], deepest: int | None, plan: RevisitPlan) -> None:
        """Put off what a finished run asked for on sites, down to some depth, and did not get."""
        with self._in_transaction() as connection:
            postpone_unfetched(connection, sites, deepest, now(), plan)

    def add_watch(self, watch: Watch) -> bool:
        """Store a new watch; return whether its name was free."""
        with self._in_transaction() as connection:
            return add_watch(connection, watch)

    def remove_watch(self, name: str) -> bool:
        """Delete a watch and its record of sent articles; return whether it existed."""
        with self._in_transaction() as connection:
            return remove_watch(connection, name)

    def claim_untold(self, watch: Watch, target: str, limit: int | None = None) -> Claim:
        """Record articles as being sent to a target, newest first and at most `limit`, and return them."""
        with self._in_transaction() as connection:
            return claim_untold(connection, watch, target, limit)

    def settle_claim(self, claim: Claim, *, arrived: bool | None) -> None:
        """Record whether the articles of a claim arrived; None means unknown."""
        with self._in_transaction() as connection:
            settle_claim(connection, claim, arrived=arrived)

    def begin_watch(self, watch: Watch, *, send_unsure: bool = False) -> dict[str, int]:
        """Mark articles as unsure that killed runs were sending, and return their number by target.

        Args:
            watch: the watch that is run.
            send_unsure: whether all unsure articles are sent again.
        """
        with self._in_transaction() as connection:
            cut_short = note_cut_short(connection, watch)
            if send_unsure:
                release_unsure(connection, watch)
            return cut_short

    def settle_watch(self, watch: Watch, began_at: str) -> None:
        """Record that all targets have been sent everything that was stored when a run began."""
        with self._in_transaction() as connection:
            settle_watch(connection, watch, began_at)

    def drop_from_quarantine(self, source: str, kinds: Collection[str]) -> None:
        """Take a source's records of some kinds out of quarantine."""
        with self._in_transaction() as connection:
            drop_from_quarantine(connection, source, kinds)

    def start_run(self, command: str, arguments: Mapping[str, Any]) -> int:
        """Note that a run began and return its number."""
        row = {"command": command, "started_at": utc_now(), "arguments": without_secrets(arguments), "counts": {}}
        with self._in_transaction() as connection:
            return int(connection.execute(insert(runs).values(row).returning(runs.c.id)).scalar_one())

    def finish_run(
        self, run: int, counts: Mapping[str, int], exit_code: int, accounts: Iterable[SiteAccount] = ()
    ) -> None:
        """Note how a run ended, on each site."""
        row = {"finished_at": utc_now(), "counts": dict(counts), "exit_code": exit_code}
        with self._in_transaction() as connection:
            connection.execute(update(runs).where(runs.c.id == run).values(row))
            write_accounts(connection, run, accounts)

    @contextmanager
    def _in_transaction(self) -> Iterator[Connection]:
        """Lend a connection whose writes are kept together, or not at all; errors on it name the database."""
        with named_errors(self._url), self._writing.begin() as connection:
            yield connection

    def _check_there(self) -> None:
        """See that the file is the one that was opened: SQLite would go on writing to one that nobody finds any more.

        Raises:
            StoreError: it was removed or replaced.
        """
        if self.file and _identity(self.file) != self._opened:
            raise StoreError(f"{self.name}: the file was removed or replaced while it was written to")


def without_secrets(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return a command's arguments without the passwords in addresses.

    >>> without_secrets({"url": "https://ann:secret@herald.example/", "max_pages": 9})
    {'url': 'https://herald.example/', 'max_pages': 9}
    """
    return {name: without_credentials(each) if isinstance(each, str) else each for name, each in arguments.items()}


def _identity(file: str) -> tuple[int, int] | None:
    """Return what tells a file from another of its name, None where there is none."""
    try:
        found = Path(file).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _moves_to(
    articles: Collection[str], visits: Iterable[tuple[Visit, ArticleRecord | None]]
) -> dict[str, tuple[str, ...]]:
    """Return for the key of an article that was read the addresses that lead to it for good.

    A redirect to what had been asked for before has no record of its own: the article was read at its new address.
    """
    moved: dict[str, tuple[str, ...]] = {}
    for visit, record in visits:
        key = record.key if record else visit.led_to or ""
        if visit.moved and key in articles:
            moved[key] = (*moved.get(key, ()), *visit.passed)
    return moved
