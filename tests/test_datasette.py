"""The metadata for Datasette names what the store has."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from newsspider.record import ArticleRecord
from newsspider.store.store import Store

METADATA = json.loads(files("newsspider").joinpath("datasette.json").read_text("utf-8"))
NEWS: Mapping[str, Any] = METADATA["databases"]["news"]


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with Store(str(tmp_path / "news.db")) as store:
        store.write(
            [ArticleRecord(url="https://herald.example/a", title="Ferry", published="2026-03-24", word_count=9)]
        )
    with closing(sqlite3.connect(tmp_path / "news.db")) as opened:
        yield opened


def named_columns(table: Mapping[str, Any]) -> set[str]:
    facets = {
        name for facet in table.get("facets", ()) for name in (facet.values() if isinstance(facet, dict) else [facet])
    }
    others = {table[name] for name in ("label_column", "sort", "sort_desc", "fts_pk") if name in table}
    return facets | others | set(table.get("columns", ()))


@pytest.mark.parametrize("name", NEWS["tables"])
def test_tables_and_columns_are_there(name: str, connection: sqlite3.Connection) -> None:
    there = {row[1] for row in connection.execute(f"PRAGMA table_info({name})")}
    assert there
    assert named_columns(NEWS["tables"][name]) <= there


def test_search_finds_as_datasette_asks(connection: sqlite3.Connection) -> None:
    table = NEWS["tables"]["articles"]
    found = connection.execute(
        f"SELECT title FROM articles WHERE {table['fts_pk']} IN "
        f"(SELECT rowid FROM {table['fts_table']} WHERE {table['fts_table']} MATCH ?)",
        ('"ferry"',),
    )
    assert found.fetchall() == [("Ferry",)]


def test_queries_run(connection: sqlite3.Connection) -> None:
    rows = {
        name: connection.execute(query["sql"], {"words": "ferry"}).fetchall() for name, query in NEWS["queries"].items()
    }
    assert rows == {
        "articles_by_day": [("2026-03-24", None, 1, 9.0)],
        "search": [("2026-03-24", "Ferry", None, 9, None, "https://herald.example/a")],
    }


def test_every_table_of_ours_has_a_title_or_is_hidden(connection: sqlite3.Connection) -> None:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    ours = {name for name in tables if not name.startswith(("articles_search", "sqlite_"))}
    assert ours == set(NEWS["tables"])
    assert all(table.get("hidden") or table["title"] for table in NEWS["tables"].values())
    assert NEWS["tables"]["watches"] == {"hidden": True, "allow": False}  # their targets can hold passwords
