"""The store: records in, in batches of one transaction each; records, counts and matches out."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import (
    Connection,
    Select,
    Table,
    Text,
    bindparam,
    cast,
    delete,
    func,
    insert,
    select,
    union,
    update,
)

from newsspider.clock import now, utc_now
from newsspider.errors import StoreError
from newsspider.record import FIELD_NAMES, ArticleRecord
from newsspider.revisiting.accounts import SiteAccount
from newsspider.revisiting.schedule import RevisitPlan
from newsspider.revisiting.states import PageState, Visit
from newsspider.store.accounts import read_accounts, read_sites, write_accounts
from newsspider.store.addresses import (
    add_found,
    add_shorter_addresses,
    iter_due,
    postpone_unfetched,
    put_off,
    read_aliases,
    read_states,
    write_visits,
)
from newsspider.store.articles import Stored, delete_articles, readdressed, seen_at, write_articles
from newsspider.store.clusters import iter_clusters
from newsspider.store.copying import copy_database
from newsspider.store.database import choose_duplicates, database_url, describe, may_migrate, named_errors, open_engine
from newsspider.store.dialects import day_of, erase_log, erase_what_is_deleted, for_writing, upsert
from newsspider.store.forgetting import Removed, expire, forget, read_forgotten, without_forgotten
from newsspider.store.joining import address_of, is_part
from newsspider.store.locks import FileLocks, ServerLocks, SiteLocks
from newsspider.store.parts import Group, keep_parts
from newsspider.store.reextracting import Outcome, reextract
from newsspider.store.search import search_index
from newsspider.store.shapes import read_shapes
from newsspider.store.tables import articles, quarantine, runs
from newsspider.store.versions import read_versions
from newsspider.urls import normalise_url

READ_ROWS = 500  # rows fetched at a time when many are read
KEPT_COLUMNS = frozenset({"id", "key", "first_seen"})  # what a page keeps when it is stored again
# Built once: --resume asks it for every page.
_KINDS_OF_SOURCE = union(*(select(t.c.kind).where(t.c.source == bindparam("source")) for t in (articles, quarantine)))


@dataclass(frozen=True)
class Looks:
    """What a crawl has learnt of addresses since it last wrote.

    Attributes:
        visits: looks with the records they gave, if any.
        found: addresses that were found and are yet to be fetched.
        plan: when to look again.
        put_off: addresses among those found that are left for later.
    """

    visits: Sequence[tuple[Visit, ArticleRecord | None]]
    found: Sequence[PageState]
    plan: RevisitPlan
    put_off: Sequence[str] = ()


@dataclass(frozen=True)
class Written:
    """What became of what was written: of the articles, and of the addresses looked at."""

    stored: Sequence[Stored]
    visits: Sequence[tuple[Visit, PageState]]


class Store:
    """An open database of records.

    Writing is idempotent: a record's key names its row, and storing it again replaces what changed.
    """

    def __init__(
        self, database: str, *, create: bool = True, migrates: bool = True, duplicates: str | None = None
    ) -> None:
        """Open a database by path or URL, making or migrating it where needed.

        Args:
            database: a path, or a SQLAlchemy URL of SQLite or PostgreSQL.
            create: whether it is made where there is none.
            migrates: whether its schema may be made and changed; the environment's NEWSSPIDER_MIGRATE=0 forbids it too.
            duplicates: what becomes of near-duplicates: link, drop or off; None: as NEWSSPIDER_DUPLICATES says.

        Raises:
            StoreError: it can't be opened; the text names it and the reason.
        """
        self._duplicates = choose_duplicates(duplicates)
        self._url = database_url(database)
        self._engine = open_engine(self._url, create=create, migrates=migrates and may_migrate())
        self._writing = for_writing(self._engine)
        self._opened = _identity(self.file) if self.file else None

    @property
    def name(self) -> str:
        """What a person calls the database: its absolute path."""
        return describe(self._url)

    @property
    def file(self) -> str | None:
        """The database's file, None where it has none."""
        return self._url.database if self._url.get_backend_name() == "sqlite" else None

    def site_locks(self) -> SiteLocks:
        """Return locks on sites, for a run that writes to this database."""
        return FileLocks(self.file) if self.file else ServerLocks(self._engine)

    def lock_site(self, locks: SiteLocks, site: str) -> bool:
        """Lock a site, and return whether it was free.

        Raises:
            StoreError: the database can't be asked.
        """
        with named_errors(self._url):
            return locks.take(site)

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
        self.close()

    def close(self) -> None:
        """Close all connections; the store can't be used after."""
        self._engine.dispose()

    def write(self, records: Sequence[ArticleRecord], looks: Looks | None = None) -> Written:
        """Store records in one transaction, articles in their table, all others in quarantine; and what a crawl knows.

        A page that became an article leaves quarantine; an article whose page fails later stays. The parts of an
        article over several pages are kept beside, and the articles hold the one record that those read so far make.

        Args:
            records: in the order they were read.
            looks: the looks that gave them, and what else a crawl has learnt of addresses.
        """
        self._check_there()
        moved = {record.key: visit.passed for visit, record in looks.visits if visit.moved and record} if looks else {}
        with named_errors(self._url), self._writing.begin() as connection:
            records = without_forgotten(connection, records)
            joined = [_replace_earlier(connection, group) for group in keep_parts(connection, filter(is_part, records))]
            whole = [record for record in records if record.is_article and not is_part(record)]
            stored = write_articles(connection, [*whole, *joined], moved, self._duplicates)
            _write_quarantine(connection, _by_key(record for record in records if not record.is_article))
            accepted = {key for each in stored for key in (each.key, each.record.key)}
            if left := [*accepted, *map(address_of, filter(is_part, records))]:
                connection.execute(delete(quarantine).where(quarantine.c.key.in_(left)))
            if looks is None:
                return Written(stored, [])
            add_found(connection, looks.found)
            put_off(connection, looks.put_off, now(), looks.plan)
            return Written(stored, write_visits(connection, looks.visits, stored, looks.plan))

    def reextract(self, records: Sequence[ArticleRecord]) -> Counter[Outcome]:
        """Put records of kept pages in the places of those that were made of them; return what became of how many."""
        outcomes: Counter[Outcome] = Counter()
        rest = []
        with named_errors(self._url), self._writing.begin() as connection:
            for record in without_forgotten(connection, records):
                outcome, left = reextract(connection, record, self._duplicates)
                outcomes[outcome] += 1
                rest += [left] if left else []
        if rest:
            self.write(rest)
        return outcomes

    def forget(self, urls: Iterable[str]) -> Removed:
        """Take pages out for good, under all their addresses; the file keeps nothing of their text."""
        with named_errors(self._url), self._writing.begin() as connection:
            erase_what_is_deleted(connection)
            removed = forget(connection, urls)
        with named_errors(self._url):
            erase_log(self._engine)
        return removed

    def expire(self, before: str) -> Removed:
        """Take out what was first seen before a moment (ISO 8601, UTC)."""
        with named_errors(self._url), self._writing.begin() as connection:
            erase_what_is_deleted(connection)
            removed = expire(connection, before)
        with named_errors(self._url):
            erase_log(self._engine)
        return removed

    def copy_to(self, target: Path) -> None:
        """Copy the database as it is at this moment, while others write to it.

        Raises:
            StoreError: the copy can't be made, or the database is no file.
        """
        if self.file is None:
            raise StoreError(f"{self.name}: use the server's own tools, such as pg_dump")
        copy_database(self.file, target)

    def forgotten(self) -> frozenset[str]:
        """Return the addresses that were taken down, normalised."""
        with named_errors(self._url), self._engine.connect() as connection:
            return read_forgotten(connection)

    def _check_there(self) -> None:
        """See that the file is the one that was opened: SQLite would go on writing to one that nobody finds any more.

        Raises:
            StoreError: it was removed or replaced.
        """
        if self.file and _identity(self.file) != self._opened:
            raise StoreError(f"{self.name}: the file was removed or replaced while it was written to")

    def known(self, wanted: Collection[str]) -> dict[str, PageState]:
        """Return what is known of normalised addresses; an alias gives what is known of its page."""
        with named_errors(self._url), self._engine.connect() as connection:
            return read_states(connection, wanted)

    def due(
        self, sites: Collection[str], *, deepest: int | None = None, limit: int, after: PageState | None = None
    ) -> list[PageState]:
        """Return what is due on sites, longest due first: at most so many, those after one if it is given."""
        with named_errors(self._url), self._engine.connect() as connection:
            return list(iter_due(connection, sites, utc_now(), deepest, limit, after))

    def aliases(self, site: str, limit: int) -> list[tuple[str, str]]:
        """Return addresses with parameters of a site's pages, each with the page that it turned out to be."""
        with named_errors(self._url), self._engine.connect() as connection:
            return read_aliases(connection, site, limit)

    def add_shorter_addresses(self, site: str, names: frozenset[str], since: str) -> None:
        """Note the addresses without some parameters of a site's articles that were found since a moment."""
        with named_errors(self._url), self._writing.begin() as connection:
            add_shorter_addresses(connection, site, names, since)

    def shapes(self, site: str, limit: int) -> list[tuple[str, int, int]]:
        """Return the shapes of a site's addresses with the numbers of pages and articles, the most frequent first."""
        with named_errors(self._url), self._engine.connect() as connection:
            return read_shapes(connection, site, limit)

    def postpone_unfetched(self, sites: Collection[str], deepest: int | None, plan: RevisitPlan) -> None:
        """Put off what a finished run asked for on sites, down to some depth, and did not get."""
        with named_errors(self._url), self._writing.begin() as connection:
            postpone_unfetched(connection, sites, deepest, now(), plan)

    def versions(self, url: str) -> list[ArticleRecord]:
        """Return an article as it was and is, oldest first, by any of its addresses; none if it is not there."""
        with named_errors(self._url), self._engine.connect() as connection:
            return read_versions(connection, normalise_url(url))

    def accounts(self, site: str, limit: int) -> list[tuple[str, SiteAccount]]:
        """Return the last accounts of a site, newest first, each with the end of its run."""
        with named_errors(self._url), self._engine.connect() as connection:
            return read_accounts(connection, site, limit)

    def sites(self) -> list[str]:
        """Return the sites that have accounts."""
        with named_errors(self._url), self._engine.connect() as connection:
            return read_sites(connection)

    def read(
        self,
        table: Table = articles,
        *,
        site: str | None = None,
        kind: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> Iterator[ArticleRecord]:
        """Yield records in the order they were first stored.

        Args:
            table: articles or quarantine.
            site: only this registered domain's.
            kind: only this kind.
            since: only those published on this day (YYYY-MM-DD) or later.
            until: only those published on this day or earlier.
        """
        query = select(*(table.c[name] for name in FIELD_NAMES)).order_by(table.c.id)
        for column, value in ((table.c.site, site), (table.c.kind, kind)):
            query = query.where(column == value) if value else query
        day = day_of(table.c.published)
        query = query.where(day >= since) if since else query
        query = query.where(day <= until) if until else query
        with named_errors(self._url), self._engine.connect() as connection:
            for row in connection.execution_options(yield_per=READ_ROWS).execute(query).mappings():
                yield ArticleRecord.from_dict(dict(row))

    def search(self, words: str, limit: int) -> list[ArticleRecord]:
        """Return the articles that hold all the words, best match first."""
        query = select(*(articles.c[name] for name in FIELD_NAMES)).limit(limit)
        with named_errors(self._url), self._engine.connect() as connection:
            matching = search_index(connection).narrow(query, words)
            if matching is None:
                return []
            return [ArticleRecord.from_dict(dict(row)) for row in connection.execute(matching).mappings()]

    def iter_clusters(self, site: str | None = None) -> Iterator[list[ArticleRecord]]:
        """Yield the articles that are near-duplicates of each other, the original first; the newest originals first.

        Args:
            site: only clusters with an article of this registered domain.
        """
        with named_errors(self._url), self._engine.connect() as connection:
            yield from iter_clusters(connection, site)

    def kinds_of(self, source: str) -> frozenset[str]:
        """Return the kinds of the records that came from a source; none if it is not known."""
        with named_errors(self._url), self._engine.connect() as connection:
            return frozenset(connection.execute(_KINDS_OF_SOURCE, {"source": source}).scalars())

    def drop_from_quarantine(self, source: str, kinds: Collection[str]) -> None:
        """Take a source's records of some kinds out of quarantine."""
        with named_errors(self._url), self._writing.begin() as connection:
            of_kinds = quarantine.c.kind.in_(list(kinds))
            connection.execute(delete(quarantine).where(quarantine.c.source == source, of_kinds))

    def count(self, table: Table, *columns: str) -> Counter[tuple[str | None, ...]]:
        """Return how many rows each combination of the columns' values has; `day` is the published day."""
        values = [day_of(table.c.published) if name == "day" else table.c[name] for name in columns]
        with named_errors(self._url), self._engine.connect() as connection:
            rows = connection.execute(select(*values, func.count()).select_from(table).group_by(*values))
            return Counter({tuple(row[:-1]): row[-1] for row in rows})

    def count_fields(self) -> dict[str, int]:
        """Return how many articles have a value in each field."""
        filled = [
            func.count(func.nullif(func.nullif(cast(articles.c[name], Text), "[]"), "{}")).label(name)
            for name in FIELD_NAMES
        ]
        with named_errors(self._url), self._engine.connect() as connection:
            return dict(connection.execute(select(*filled)).mappings().one())

    def start_run(self, command: str, arguments: Mapping[str, Any]) -> int:
        """Note that a run began and return its number."""
        row = {"command": command, "started_at": utc_now(), "arguments": dict(arguments), "counts": {}}
        with named_errors(self._url), self._writing.begin() as connection:
            return int(connection.execute(insert(runs).values(row).returning(runs.c.id)).scalar_one())

    def finish_run(
        self, run: int, counts: Mapping[str, int], exit_code: int, accounts: Iterable[SiteAccount] = ()
    ) -> None:
        """Note how a run ended, on each site."""
        row = {"finished_at": utc_now(), "counts": dict(counts), "exit_code": exit_code}
        with named_errors(self._url), self._writing.begin() as connection:
            connection.execute(update(runs).where(runs.c.id == run).values(row))
            write_accounts(connection, run, accounts)

    def read_runs(self, limit: int) -> list[dict[str, Any]]:
        """Return the last runs, newest first."""
        with named_errors(self._url), self._engine.connect() as connection:
            rows = connection.execute(select(runs).order_by(runs.c.id.desc()).limit(limit)).mappings()
            return [dict(row) for row in rows]


def _identity(file: str) -> tuple[int, int] | None:
    """Return what tells a file from another of its name, None where there is none."""
    try:
        found = Path(file).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _by_key(records: Iterable[ArticleRecord]) -> dict[str, ArticleRecord]:
    """Return one record a key: the last one read, with the addresses of all."""
    merged: dict[str, ArticleRecord] = {}
    for record in records:
        earlier = merged.get(record.key)
        merged[record.key] = readdressed(record, earlier.url, earlier.also_at) if earlier else record
    return merged


def _replace_earlier(connection: Connection, group: Group) -> ArticleRecord:
    """Take out the rows that parts of an article have had of their own, and return the article as first seen then."""
    joined = group.joined
    earlier = select(articles.c.key, articles.c.first_seen).where(articles.c.key.in_(group.keys - {joined.key}))
    rows = _rows(connection, earlier)
    delete_articles(connection, [row["key"] for row in rows])
    return replace(joined, first_seen=min([joined.first_seen, *(row["first_seen"] for row in rows)], key=seen_at))


def _rows(connection: Connection, query: Select[Any]) -> list[dict[str, Any]]:
    """Return a query's rows as dicts."""
    return [dict(row) for row in connection.execute(query).mappings()]


def _write_quarantine(connection: Connection, records: Mapping[str, ArticleRecord]) -> None:
    """Upsert pages that are no articles; a stored page keeps its address and the day it was first seen."""
    if not records:
        return
    stored_at = utc_now()
    known = select(quarantine.c.key, quarantine.c.url, quarantine.c.also_at).where(quarantine.c.key.in_(list(records)))
    addresses = {row.key: (row.url, row.also_at) for row in connection.execute(known)}
    rows = [
        {
            **(readdressed(record, *addresses[key]) if key in addresses else record).to_dict(),
            "key": key,
            "stored_at": stored_at,
            "first_seen": record.first_seen or stored_at,
        }
        for key, record in records.items()
    ]
    statement = upsert(connection, quarantine)
    replaced = {name: statement.excluded[name] for name in quarantine.c.keys() if name not in KEPT_COLUMNS}  # noqa: SIM118
    connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=replaced), rows)
