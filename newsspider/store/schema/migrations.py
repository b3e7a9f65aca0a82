"""The schema's versions: each step brings a database from one to the next, inside a transaction, when it is opened.

Steps are functions and not Alembic's script folder because a deployed egg is a zip file, which that can't read.
A step that has been released is never changed, nor are the tables that it makes (`frozen_tables.py`): databases that
ran it exist. A new field of the record needs no step: its columns are added where a database lacks them.
"""

import logging
from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    delete,
    insert,
    inspect,
    literal,
    select,
    update,
)
from sqlalchemy.schema import DropIndex

from newsspider.errors import StoreError
from newsspider.store.schema import frozen_tables as then
from newsspider.store.schema.columns import add_columns, missing_columns
from newsspider.store.schema.tables import metadata, schema_version
from newsspider.store.schema.views import create_views
from newsspider.store.search.index import search_index
from newsspider.store.shape_counts import count_known
from newsspider.store.site_days import count_known_days
from newsspider.urls import without_credentials

logger = logging.getLogger(__name__)

LARGE_BYTES = 500_000_000  # of a database: a step that builds an index takes seconds then
_SIZES = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}

# Pages stored before addresses had states: known, and not visited again because of their age.
_KNOWN: dict[str, ColumnElement[Any]] = {
    "address": then.articles.c.key,
    "url": then.articles.c.url,
    "site": then.articles.c.site,
    "role": literal("article"),
    "source": then.articles.c.source,
    "depth": literal(1),
    "found_at": then.articles.c.first_seen,
    "fetched_at": then.articles.c.fetched_at,
    "kind": then.articles.c.kind,
    "body_hash": then.articles.c.body_hash,
    "failures": literal(0),
}
_CRAWLED = and_(
    then.articles.c.source.like("http%"),
    then.articles.c.key.like("http%"),
    then.articles.c.site.is_not(None),
)


def _create_first_schema(connection: Connection) -> None:
    """Version 1: articles, quarantine, runs and the full-text index."""
    then.frozen.create_all(connection, tables=[then.articles, then.quarantine, then.runs])
    search_index(connection).create()


def _add_parts(connection: Connection) -> None:
    """Version 2: the parts of articles over several pages."""
    then.frozen.create_all(connection, tables=[then.parts])


def _add_revisiting(connection: Connection) -> None:
    """Version 3: states of addresses, earlier versions of articles, accounts of runs by site."""
    then.frozen.create_all(
        connection, tables=[then.addresses, then.aliases, then.versions, then.accounts]
    )
    then.SAME_TEXT.create(connection, checkfirst=True)
    connection.execute(
        insert(then.addresses).from_select(list(_KNOWN), select(*_KNOWN.values()).where(_CRAWLED))
    )


def _add_forgotten(connection: Connection) -> None:
    """Version 4: addresses that were taken down."""
    then.frozen.create_all(connection, tables=[then.forgotten])


def _add_duplicates(connection: Connection) -> None:
    """Version 5: the sketches of articles' texts, by which near-duplicates are found."""
    then.frozen.create_all(connection, tables=[then.sketches, then.bands])
    then.DUPLICATES.create(connection, checkfirst=True)


def _add_shapes(connection: Connection) -> None:
    """Version 6: the kinds of a site's pages by the shapes of their addresses."""
    then.frozen.create_all(connection, tables=[then.shapes])
    count_known(connection)


def _add_quarantined_texts(connection: Connection) -> None:
    """Version 7: finding pages in quarantine by their texts."""
    then.QUARANTINED_TEXT.create(connection, checkfirst=True)


def _cut_credentials(connection: Connection) -> None:
    """Version 8: no user names and passwords in the addresses that crawls began with."""
    for table in (then.articles, then.quarantine, then.addresses):
        query = select(table.c.source).where(table.c.source.like("%://%@%")).distinct()
        for source in connection.execute(query).scalars().all():
            cut = without_credentials(source)
            connection.execute(update(table).where(table.c.source == source).values(source=cut))
    for run in connection.execute(select(then.runs.c.id, then.runs.c.arguments)).all():
        given = {name: without_credentials(str(value)) for name, value in run.arguments.items()}
        if given != run.arguments:
            connection.execute(
                update(then.runs).where(then.runs.c.id == run.id).values(arguments=given)
            )


def _add_watches(connection: Connection) -> None:
    """Version 9: saved searches, and who was told of which article; finding articles by when they were first seen."""
    then.frozen.create_all(connection, tables=[then.watches, then.told])
    then.FIRST_SEEN.create(connection, checkfirst=True)


def _index_published(connection: Connection) -> None:
    """Version 10: finding articles by the day of their publication; a full-text index that is merged less often."""
    then.PUBLISHED.create(connection, checkfirst=True)
    search_index(connection).merge_seldom()


def _add_turns(connection: Connection) -> None:
    """Version 11: which process crawls a site, and when."""
    then.frozen.create_all(connection, tables=[then.turns])


def _add_views(connection: Connection) -> None:
    """Version 12: views that read well in other tools."""
    create_views(connection)


def _add_site_memories(connection: Connection) -> None:
    """Version 13: the memories of sites."""
    then.frozen.create_all(connection, tables=[then.site_memories])


def _add_site_days(connection: Connection) -> None:
    """Version 14: the sums of runs by site and day; an index that holds all that a report counts of articles."""
    then.frozen.create_all(connection, tables=[then.site_days])
    count_known_days(connection)
    connection.execute(DropIndex(then.FIRST_SEEN, if_exists=True))
    then.ARRIVAL.create(connection, checkfirst=True)
    then.QUARANTINE_FIRST_SEEN.create(connection, checkfirst=True)


def _add_recent_bands(connection: Connection) -> None:
    """Version 15: the bands of the latest articles, which are written to the index in bulk."""
    then.frozen.create_all(connection, tables=[then.recent_bands])


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (
    _create_first_schema,
    _add_parts,
    _add_revisiting,
    _add_forgotten,
    _add_duplicates,
    _add_shapes,
    _add_quarantined_texts,
    _cut_credentials,
    _add_watches,
    _index_published,
    _add_turns,
    _add_views,
    _add_site_memories,
    _add_site_days,
    _add_recent_bands,
)


def is_current(connection: Connection) -> bool:
    """Whether the database has the newest schema, so that `migrate` has nothing to do."""
    return _read_version(connection) == len(MIGRATIONS) and not missing_columns(connection)


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
        raise StoreError(
            f"has schema version {version}, this newsspider knows {len(MIGRATIONS)}: update newsspider"
        )
    if not version:
        _check_foreign(connection)
    if not migrates:
        raise StoreError(
            f"{_lack(connection, version)}, and NEWSSPIDER_MIGRATE=0 forbids the migration: open it once without it"
        )
    if not version and not create and connection.dialect.name != "sqlite":
        raise StoreError("contains no articles yet: crawl or extract first")


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
    is_large = bool(version) and _count_bytes(connection) >= LARGE_BYTES
    for number, step in enumerate(MIGRATIONS[version:], start=version + 1):
        if is_large:
            said = "migrating the database to schema version %d of %d (a large one takes a while)"
            logger.warning(said, number, len(MIGRATIONS))
        step(connection)
    add_columns(connection, missing_columns(connection))
    connection.execute(update(schema_version).values(version=len(MIGRATIONS)))


def _count_bytes(connection: Connection) -> int:
    """Return the size of the database."""
    return int(connection.exec_driver_sql(_SIZES[connection.dialect.name]).scalar_one())


def _read_version(connection: Connection) -> int:
    """Return the schema's version, 0 for a new database."""
    if schema_version.name not in inspect(connection).get_table_names():
        return 0
    return int(connection.execute(select(schema_version.c.version)).scalar() or 0)


def _lack(connection: Connection, version: int) -> str:
    """Return the fault of a database that is not current, as the beginning of a sentence."""
    if version == len(MIGRATIONS):
        names = dict.fromkeys(column.name for column in missing_columns(connection))
        return f"has no column {', '.join(names)} yet"
    has = f"has schema version {version}" if version else "has no tables yet"
    return f"{has}, this newsspider needs version {len(MIGRATIONS)}"


def _check_foreign(connection: Connection) -> None:
    """Refuse another program's SQLite file, and tables of a server's database that have the names of ours.

    Raises:
        StoreError: it names some of the tables.
    """
    there = inspect(connection).get_table_names()
    foreign = (
        there if connection.dialect.name == "sqlite" else sorted({*metadata.tables} & {*there})
    )
    if foreign := [name for name in foreign if name != schema_version.name]:
        raise StoreError(f"contains another program's tables ({', '.join(foreign[:3])})")
