"""The schema's versions: each step brings a database from one to the next, inside a transaction, when it is opened.

Steps are functions and not Alembic's script folder because a deployed egg is a zip file, which that can't read.
A step that has been released is never changed: databases that ran it exist.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, insert, inspect, literal, select, update

from newsspider.errors import StoreError
from newsspider.store.search import CREATE_INDEX
from newsspider.store.tables import (
    SAME_TEXT,
    accounts,
    addresses,
    aliases,
    articles,
    metadata,
    parts,
    quarantine,
    runs,
    schema_version,
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
    connection.execute(CREATE_INDEX)


def _add_parts(connection: Connection) -> None:
    """Version 2: the parts of articles over several pages."""
    metadata.create_all(connection, tables=[parts])


def _add_revisiting(connection: Connection) -> None:
    """Version 3: what is known of addresses, articles' earlier versions, runs' accounts by site."""
    metadata.create_all(connection, tables=[addresses, aliases, versions, accounts])
    SAME_TEXT.create(connection, checkfirst=True)
    connection.execute(insert(addresses).from_select(list(_KNOWN), select(*_KNOWN.values()).where(_CRAWLED)))


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (_create_first_schema, _add_parts, _add_revisiting)


def is_current(connection: Connection) -> bool:
    """Whether the database has the newest schema, so that `migrate` has nothing to do."""
    if schema_version.name not in inspect(connection).get_table_names():
        return False
    return int(connection.execute(select(schema_version.c.version)).scalar_one()) == len(MIGRATIONS)


def migrate(connection: Connection) -> None:
    """Bring the database to the newest schema.

    Raises:
        StoreError: a newer newsspider made it, or it is some other program's database.
    """
    version = _read_version(connection)
    if version > len(MIGRATIONS):
        raise StoreError(f"has schema version {version}, this newsspider knows {len(MIGRATIONS)}: update newsspider")
    for step in MIGRATIONS[version:]:
        step(connection)
    if version < len(MIGRATIONS):
        connection.execute(update(schema_version).values(version=len(MIGRATIONS)))


def _read_version(connection: Connection) -> int:
    """Return the schema's version, 0 for a new database."""
    tables = inspect(connection).get_table_names()
    if schema_version.name in tables:
        return int(connection.execute(select(schema_version.c.version)).scalar_one())
    if tables:
        raise StoreError(f"holds another program's tables ({', '.join(tables[:3])})")
    schema_version.create(connection)
    connection.execute(insert(schema_version).values(version=0))
    return 0
