"""The schema's versions: each step brings a database from one to the next, inside a transaction, when it is opened.

Steps are functions and not Alembic's script folder because a deployed egg is a zip file, which that can't read.
A step that has been released is never changed: databases that ran it exist.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, inspect, literal, select, update

from newsspider.errors import StoreError
from newsspider.store.search import search_index
from newsspider.store.shapes import count_known
from newsspider.store.tables import (
    DUPLICATES,
    SAME_TEXT,
    accounts,
    addresses,
    aliases,
    articles,
    bands,
    forgotten,
    metadata,
    parts,
    quarantine,
    runs,
    schema_version,
    shapes,
    sketches,
    versions,
)

# What a crawl stored before it kept account of addresses: known, and not looked at again by its age.
_KNOWN: dict[str, ColumnElement[Any]] = {
    "address": articles.c.key,
    "url": articles.c.url,
    "site": articles.c.site,
    "role": literal("article"),
    "source": articles.c.source,
    "depth": literal(1),
    "found_at": articles.c.first_seen,
    "fetched_at": articles.c.fetched_at,
    "kind": articles.c.kind,
    "body_hash": articles.c.body_hash,
    "failures": literal(0),
}
_CRAWLED = and_(articles.c.source.like("http%"), articles.c.key.like("http%"), articles.c.site.is_not(None))


def _create_first_schema(connection: Connection) -> None:
    """Version 1: articles, quarantine, runs and the full-text index."""
    metadata.create_all(connection, tables=[articles, quarantine, runs])
    search_index(connection).create()


def _add_parts(connection: Connection) -> None:
    """Version 2: the parts of articles over several pages."""
    metadata.create_all(connection, tables=[parts])


def _add_revisiting(connection: Connection) -> None:
    """Version 3: what is known of addresses, articles' earlier versions, runs' accounts by site."""
    metadata.create_all(connection, tables=[addresses, aliases, versions, accounts])
    SAME_TEXT.create(connection, checkfirst=True)
    connection.execute(insert(addresses).from_select(list(_KNOWN), select(*_KNOWN.values()).where(_CRAWLED)))


def _add_forgotten(connection: Connection) -> None:
    """Version 4: addresses that were taken down."""
    metadata.create_all(connection, tables=[forgotten])


def _add_duplicates(connection: Connection) -> None:
    """Version 5: the sketches of articles' texts, by which near-duplicates are found."""
    metadata.create_all(connection, tables=[sketches, bands])
    DUPLICATES.create(connection, checkfirst=True)


def _add_shapes(connection: Connection) -> None:
    """Version 6: what the pages of a site's addresses turned out to be, by the addresses' shapes."""
    metadata.create_all(connection, tables=[shapes])
    count_known(connection)


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (
    _create_first_schema,
    _add_parts,
    _add_revisiting,
    _add_forgotten,
    _add_duplicates,
    _add_shapes,
)


def is_current(connection: Connection) -> bool:
    """Whether the database has the newest schema, so that `migrate` has nothing to do."""
    return _read_version(connection) == len(MIGRATIONS)


def check_version(connection: Connection, *, create: bool, migrates: bool) -> None:
    """Refuse a database that has to be migrated and may not be.

    Args:
        connection: to a database that is not current.
        create: whether tables may be made where there are none.
        migrates: whether they may be made or changed at all.

    Raises:
        StoreError: a newer newsspider made it, it is another program's, there is nothing in it, or migrations are off.
    """
    version = _read_version(connection)
    if version > len(MIGRATIONS):
        raise StoreError(f"has schema version {version}, this newsspider knows {len(MIGRATIONS)}: update newsspider")
    if not version:
        _check_foreign(connection)
    if not migrates:
        has = f"has schema version {version}" if version else "has no tables yet"
        raise StoreError(
            f"{has}, this newsspider needs version {len(MIGRATIONS)}, and NEWSSPIDER_MIGRATE=0 forbids to change it: "
            "open it once without"
        )
    if not version and not create and connection.dialect.name != "sqlite":
        raise StoreError("holds no articles yet: crawl or extract first")


def migrate(connection: Connection) -> None:
    """Bring the database to the newest schema.

    Raises:
        StoreError: as `check_version`.
    """
    check_version(connection, create=True, migrates=True)
    version = _read_version(connection)
    if not version:
        schema_version.create(connection, checkfirst=True)
        connection.execute(delete(schema_version))
        connection.execute(insert(schema_version).values(version=0))
    for step in MIGRATIONS[version:]:
        step(connection)
    connection.execute(update(schema_version).values(version=len(MIGRATIONS)))


def _read_version(connection: Connection) -> int:
    """Return the schema's version, 0 for a new database."""
    if schema_version.name not in inspect(connection).get_table_names():
        return 0
    return int(connection.execute(select(schema_version.c.version)).scalar() or 0)


def _check_foreign(connection: Connection) -> None:
    """Refuse another program's SQLite file, and tables of a server's database that have the names of ours.

    Raises:
        StoreError: it names some of the tables.
    """
    there = inspect(connection).get_table_names()
    foreign = there if connection.dialect.name == "sqlite" else sorted({*metadata.tables} & {*there})
    if foreign := [name for name in foreign if name != schema_version.name]:
        raise StoreError(f"holds another program's tables ({', '.join(foreign[:3])})")
