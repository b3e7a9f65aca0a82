"""Stores as earlier versions of newsspider left them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, MetaData, create_engine, delete, insert, inspect

from newsspider.record import ArticleRecord
from newsspider.store import dialects
from newsspider.store.database import database_url
from newsspider.store.schema import frozen_tables as then
from newsspider.store.schema.migrations import MIGRATIONS
from newsspider.store.schema.tables import schema_version
from newsspider.store.search.index import search_index

STORED_AT = "2026-03-24T10:00:00+00:00"


def make_first_version(database: str, *records: ArticleRecord) -> None:
    """Make a store of schema version 1 with these articles."""
    engine = create_engine(database_url(database), **dialects.engine_options(database_url(database).get_backend_name()))
    dialects.prepare(engine)
    rows: list[Mapping[str, Any]] = [
        {**record.to_dict(), "id": number, "key": record.key, "stored_at": STORED_AT}
        for number, record in enumerate(records, 1)
    ]
    columns = {column.name for column in then.articles.c} - {"id"}
    with dialects.for_writing(engine).begin() as connection:
        schema_version.create(connection)
        connection.execute(delete(schema_version))
        connection.execute(insert(schema_version).values(version=1))
        MIGRATIONS[0](connection)
        connection.execute(insert(then.articles), [{name: row[name] for name in row.keys() & columns} for row in rows])
        search_index(connection).add(rows)
    engine.dispose()


def drop_tables(connection: Connection, only: Sequence[str] | None = None) -> None:
    """Take out tables, all or some, and first the views that rest on them."""
    for view in inspect(connection).get_view_names():
        connection.exec_driver_sql(f"DROP VIEW {view}")
    found = MetaData()
    found.reflect(connection, only=only)
    found.drop_all(connection)
