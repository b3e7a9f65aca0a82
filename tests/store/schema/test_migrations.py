"""The schema's version: new databases get it, foreign ones are left alone."""

import sqlite3
from pathlib import Path

import pytest

from newsspider.errors import StoreError
from newsspider.record import ArticleRecord
from newsspider.store.schema import migrations
from newsspider.store.schema.migrations import MIGRATIONS
from newsspider.store.store import Store


def execute(path: Path, statement: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    with connection:
        rows = connection.execute(statement).fetchall()
    connection.close()
    return rows


def test_new_database_gets_the_newest_version(tmp_path: Path) -> None:
    Store(str(tmp_path / "news.db")).close()
    assert execute(tmp_path / "news.db", "SELECT version FROM schema_version") == [(len(MIGRATIONS),)]


def test_empty_file_becomes_a_database(tmp_path: Path) -> None:
    (tmp_path / "news.db").touch()
    with Store(str(tmp_path / "news.db")) as store:
        store.write([ArticleRecord(url="https://herald.example/a")])


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Store(str(path)) as store:
        store.write([ArticleRecord(url="https://herald.example/a", title="Ferry")])
    before = path.read_bytes()
    with Store(str(path)) as store:
        assert [record.title for record in store.read()] == ["Ferry"]
    assert path.read_bytes() == before


def test_database_of_the_first_version_gets_the_parts_and_keeps_its_articles(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Store(str(path)) as store:
        store.write([ArticleRecord(url="https://herald.example/a", title="Ferry")])
    execute(path, "DROP TABLE parts")
    execute(path, "UPDATE schema_version SET version = 1")
    pages = ("https://herald.example/b", "https://herald.example/b/2")
    with Store(str(path)) as store:
        store.write([ArticleRecord(url=url, title="Tram", body=url, pages=pages) for url in pages])
        assert [record.title for record in store.read()] == ["Ferry", "Tram"]


def test_migration_of_a_large_database_tells_its_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "news.db"
    last = len(migrations.MIGRATIONS)
    Store(str(path)).close()
    execute(path, f"UPDATE schema_version SET version = {last - 2}")
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS[: last - 2], _do_nothing, _do_nothing))
    Store(str(path)).close()
    assert caplog.messages == []
    execute(path, f"UPDATE schema_version SET version = {last - 2}")
    monkeypatch.setattr(migrations, "LARGE_BYTES", 1)
    Store(str(path)).close()
    steps = [f"schema version {number} of {last}" for number in (last - 1, last)]
    assert caplog.messages == [f"migrating the database to {step} (a large one takes a while)" for step in steps]


def test_new_database_is_made_in_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(migrations, "LARGE_BYTES", 0)
    Store(str(tmp_path / "news.db")).close()
    assert caplog.messages == []


def _do_nothing(_: object) -> None:
    pass


def test_database_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    Store(str(path)).close()
    execute(path, "UPDATE schema_version SET version = 1000")
    with pytest.raises(StoreError, match=rf"{path}: has schema version 1000, .* update newsspider"):
        Store(str(path))
    assert execute(path, "SELECT version FROM schema_version") == [(1000,)]


def test_database_of_another_program_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    execute(path, "CREATE TABLE bookmarks (url TEXT)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match=rf"{path}: contains another program's tables \(bookmarks\)"):
        Store(str(path))
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"{}" * 600, b"SQLite format 3\x00" + b"\x00" * 2_000])
def test_file_that_is_no_database_is_refused_and_left_as_it_was(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"news\.db: "):
        Store(str(path))
    assert path.read_bytes() == content


def test_new_database_is_made_once_migrations_are_allowed(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSSPIDER_MIGRATE", "0")
    with pytest.raises(StoreError, match=r"has no tables yet, .* NEWSSPIDER_MIGRATE=0 forbids"):
        Store(database)
    monkeypatch.delenv("NEWSSPIDER_MIGRATE")
    with pytest.raises(StoreError, match=r"has no tables yet, .* NEWSSPIDER_MIGRATE=0 forbids"):
        Store(database, migrates=False)
    Store(database).close()
    Store(database, migrates=False).close()


def test_older_database_is_left_as_it_was_where_migrations_are_forbidden(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    Store(str(path)).close()
    execute(path, "UPDATE schema_version SET version = 1")
    with pytest.raises(
        StoreError, match=rf"{path}: has schema version 1, this newsspider needs .*: open it once without"
    ):
        Store(str(path), migrates=False)
    assert execute(path, "SELECT version FROM schema_version") == [(1,)]
