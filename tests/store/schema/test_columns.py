"""Columns that a database lacks are added when it is opened, by one of those that open it at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, inspect, text

from newsspider.errors import StoreError
from newsspider.record import ArticleRecord
from newsspider.store.database import database_url
from newsspider.store.schema.tables import metadata, schema_version
from newsspider.store.store import Store
from tests.old_stores import drop_tables

RECORD = ArticleRecord(url="https://herald.example/ferry", title="Ferry", similarity=0.9, tags=("quay",))
OPENED_AT_ONCE = 4


@contextmanager
def connected(database: str) -> Iterator[Connection]:
    engine = create_engine(database_url(database))
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def change(database: str, *statements: str) -> None:
    with connected(database) as connection:
        for statement in statements:
            connection.execute(text(statement))


@pytest.fixture
def old(database: str) -> str:
    """A store of a time when the record had fewer fields."""
    with Store(database) as store:
        store.write([RECORD])
    tables = ("articles", "quarantine")
    change(
        database, *(f"ALTER TABLE {table} DROP COLUMN {name}" for table in tables for name in ("similarity", "tags"))
    )
    return database


def describe(connection: Connection) -> dict[str, Any]:
    """Return the columns, keys and indexes of all tables but the search index; new fields' columns are the last."""
    described = {}
    inspector = inspect(connection)
    for name in metadata.tables:
        columns = [(column["name"], str(column["type"]), column["nullable"]) for column in inspector.get_columns(name)]
        indexes = [(index["name"], index["column_names"], index["unique"]) for index in inspector.get_indexes(name)]
        described[name] = [
            sorted(columns),
            sorted(indexes, key=str),
            inspector.get_pk_constraint(name)["constrained_columns"],
        ]
    return described


def test_migrations_lead_to_the_tables_of_today(database: str) -> None:
    Store(database).close()
    with connected(database) as connection:
        migrated = describe(connection)
        drop_tables(connection, list(metadata.tables))
        metadata.create_all(connection)
        assert migrated == describe(connection)
    assert schema_version.name in migrated


def test_missing_columns_are_added_without_values(old: str) -> None:
    with Store(old) as store:
        (record,) = store.read()
        assert (record.title, record.similarity, record.tags) == ("Ferry", None, ())
        store.write([RECORD])
        assert [record.tags for record in store.read()] == [("quay",)]
        assert store.count_fields()["tags"] == 1


def test_those_that_open_it_at_once_do_not_race(old: str) -> None:
    with ThreadPoolExecutor(OPENED_AT_ONCE) as pool:
        stores = list(pool.map(Store, [old] * OPENED_AT_ONCE))
    for store in stores:
        assert [record.title for record in store.read()] == ["Ferry"]
        store.close()


def test_store_is_refused_and_left_alone_where_migrations_are_forbidden(old: str) -> None:
    with pytest.raises(
        StoreError, match="has no column tags, similarity yet, and NEWSSPIDER_MIGRATE=0 forbids"
    ) as error:
        Store(old, migrates=False)
    assert "\n" not in str(error.value)
    with connected(old) as connection:
        assert "tags" not in {column["name"] for column in inspect(connection).get_columns("articles")}


def test_columns_of_a_later_version_stay_as_they_are(database: str) -> None:
    Store(database).close()
    change(database, "ALTER TABLE articles ADD COLUMN of_a_later_version TEXT")
    with Store(database, migrates=False) as store:
        store.write([RECORD])
    change(database, "UPDATE articles SET of_a_later_version = 'glad'")
    with Store(database, migrates=False) as store:
        store.write([ArticleRecord(url=RECORD.url, title="Ferry back", body="It sails.")])
        assert [record.title for record in store.read()] == ["Ferry back"]
    with connected(database) as connection:
        assert connection.execute(text("SELECT of_a_later_version FROM articles")).scalars().all() == ["glad"]
