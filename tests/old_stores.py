"""Stores as earlier versions of newsspider left them."""

from sqlalchemy import create_engine, delete, insert

from newsspider.record import ArticleRecord
from newsspider.store import dialects
from newsspider.store import frozen_tables as then
from newsspider.store.database import database_url
from newsspider.store.migrations import MIGRATIONS
from newsspider.store.search import search_index
from newsspider.store.tables import schema_version

STORED_AT = "2026-03-24T10:00:00+00:00"


def make_first_version(database: str, record: ArticleRecord) -> None:
    """Make a store of schema version 1 with one article."""
    engine = create_engine(database_url(database), **dialects.engine_options(database_url(database).get_backend_name()))
    dialects.prepare(engine)
    row = {**record.to_dict(), "id": 1, "key": record.key, "stored_at": STORED_AT}
    with dialects.for_writing(engine).begin() as connection:
        schema_version.create(connection)
        connection.execute(delete(schema_version))
        connection.execute(insert(schema_version).values(version=1))
        MIGRATIONS[0](connection)
        values = {name: value for name, value in row.items() if name in then.articles.c and name != "id"}
        connection.execute(insert(then.articles).values(values))
        search_index(connection).add([row])
    engine.dispose()
