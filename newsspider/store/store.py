"""The store: opening and closing it, and all that is done with it beside the records that `writing.py` writes."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import insert, update

from newsspider.clock import now, utc_now
from newsspider.errors import StoreError
from newsspider.files import choose_sync
from newsspider.revisiting.accounts import SiteAccount
from newsspider.revisiting.schedule import RevisitPlan
from newsspider.site_memory.observations import Observation
from newsspider.store.accounts import drop_old_runs, write_accounts
from newsspider.store.addresses import add_shorter_addresses
from newsspider.store.backup import Steps, copy_database
from newsspider.store.database import (
    choose_duplicates,
    database_url,
    may_migrate,
    open_engine,
    open_writing,
)
from newsspider.store.database_errors import named_errors
from newsspider.store.deleted_text import erase_traces
from newsspider.store.due import postpone_unfetched
from newsspider.store.forgetting import Removed, expire_some, forget
from newsspider.store.locks import FileLocks, ServerLocks, SiteLocks
from newsspider.store.quarantine import drop_from_quarantine
from newsspider.store.schema.tables import runs
from newsspider.store.site_memories import forget_site, learn_pages
from newsspider.store.turn_queue import TurnQueue
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
from newsspider.store.writing import StoreWriter
from newsspider.urls import without_credentials

Result = TypeVar("Result")


class Store(StoreWriter):
    """An open database of records, to read and to write.

    Writing is idempotent: a record's key names its row, and storing it again replaces changed values.
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
            duplicates: how to treat near-duplicates: link, drop or off; None for NEWSSPIDER_DUPLICATES.
            sync: when transactions are on the disk: normal or full; None: as NEWSSPIDER_SYNC says.

        Raises:
            StoreError: it can't be opened; the text names it and the reason.
        """
        chosen_duplicates = choose_duplicates(duplicates)
        url = database_url(database)
        chosen = choose_sync(sync)
        engine = open_engine(url, create=create, migrates=migrates and may_migrate(), sync=chosen)
        super().__init__(url, engine, open_writing(url, engine, chosen), chosen_duplicates)
        self._thread = ThreadPoolExecutor(1, "newsspider-store")

    def close(self) -> None:
        """Close all connections after the last write; the store can't be used afterwards."""
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

    def turn_queue(self) -> TurnQueue:
        """Return the turns as people look at them, in a PostgreSQL database.

        Raises:
            UsageError: the database is a file, which one process writes to.
        """
        require_server(str(self._url))
        return TurnQueue(self._url, self._engine)

    def lock_site(self, locks: SiteLocks, site: str) -> bool:
        """Lock a site, and return whether it was free.

        Raises:
            StoreError: the database can't be asked.
        """
        with named_errors(self._url):
            return locks.take(site)

    def learn(self, observations: Sequence[Observation]) -> None:
        """Add observations to the memories of sites."""
        if observations:
            with self._in_transaction() as connection:
                learn_pages(connection, observations)

    def forget_site(self, site: str) -> bool:
        """Delete a site's memory; return whether there was one. A SQLite file keeps nothing of it."""
        with self._in_transaction() as connection:
            was_there = forget_site(connection, site)
        with named_errors(self._url):
            erase_traces(self._engine)
        return was_there

    def forget(self, urls: Iterable[str], *, with_copies: bool = False) -> Removed:
        """Take pages out for good, under all their addresses; a SQLite file keeps nothing of their text."""
        with self._in_transaction() as connection:
            removed = forget(connection, urls, with_copies=with_copies)
        with named_errors(self._url):
            return replace(removed, traces=erase_traces(self._engine))

    def expire(self, before: str) -> Removed:
        """Delete pages first seen before a moment (ISO 8601, UTC).

        Some hundred pages in a transaction: others can write between two of them.
        """
        rows: Counter[str] = Counter()
        is_done = False
        while not is_done:
            with self._in_transaction() as connection:
                some = expire_some(connection, before)
            rows.update(some)
            is_done = not some
        if not rows:
            return Removed(frozenset(), {})
        with named_errors(self._url):
            return Removed(frozenset(), dict(rows), traces=erase_traces(self._engine))

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

    def postpone_unfetched(
        self, sites: Collection[str], deepest: int | None, plan: RevisitPlan
    ) -> None:
        """Postpone the addresses that a finished run asked for on sites, down to some depth, and did not get."""
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
        row = {
            "command": command,
            "started_at": utc_now(),
            "arguments": without_secrets(arguments),
            "counts": {},
        }
        with self._in_transaction() as connection:
            return int(
                connection.execute(insert(runs).values(row).returning(runs.c.id)).scalar_one()
            )

    def finish_run(
        self,
        run: int,
        counts: Mapping[str, int],
        exit_code: int,
        accounts: Iterable[SiteAccount] = (),
    ) -> None:
        """Note how a run ended, on each site."""
        row = {"finished_at": utc_now(), "counts": dict(counts), "exit_code": exit_code}
        with self._in_transaction() as connection:
            connection.execute(update(runs).where(runs.c.id == run).values(row))
            write_accounts(connection, run, accounts)
            drop_old_runs(connection, run)


def without_secrets(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return a command's arguments without the passwords in addresses.

    >>> without_secrets({"url": "https://ann:secret@herald.example/", "max_pages": 9})
    {'url': 'https://herald.example/', 'max_pages': 9}
    """
    return {
        name: without_credentials(each) if isinstance(each, str) else each
        for name, each in arguments.items()
    }
