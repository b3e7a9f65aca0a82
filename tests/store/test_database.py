"""Where the database lies, and what its errors mean."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from scrapy.settings import Settings
from typer.testing import CliRunner

from newsspider.cli.app import app
from newsspider.errors import ExitCode, StoreError
from newsspider.record import ArticleRecord
from newsspider.store import database_errors, dialects
from newsspider.store.database import choose_database_in, database_url
from newsspider.store.database_choice import choose_database
from newsspider.store.database_errors import describe
from newsspider.store.store import Store

VARIABLE = "NEWSSPIDER_DATABASE"


@contextmanager
def held_by_another(path: Path) -> Iterator[None]:
    """Hold the write lock of a database, as a process does that is writing."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


@pytest.mark.parametrize(
    ("given", "environment", "setting", "chosen"),
    [
        ("given.db", "environment.db", "setting.db", "given.db"),
        (None, "environment.db", "setting.db", "environment.db"),
        (None, None, "setting.db", "setting.db"),
        (None, "", "", "news.db"),
        (None, None, None, "news.db"),
    ],
)
def test_command_line_over_environment_over_setting_over_default(
    given: str | None, environment: str | None, setting: str | None, chosen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    if environment is not None:
        monkeypatch.setenv(VARIABLE, environment)
    assert choose_database(given, setting) == chosen


@pytest.mark.parametrize(
    ("priority", "chosen"), [("default", "environment.db"), ("project", "environment.db"), ("cmdline", "setting.db")]
)
def test_setting_on_scrapys_command_line_counts_as_given(
    priority: str, chosen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "environment.db")
    settings = Settings()
    settings.set(VARIABLE, "setting.db", priority=priority)
    assert choose_database_in(settings) == chosen


def test_paths_and_urls_name_the_same_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    absolute = str(tmp_path / "news.db")
    names = ["news.db", "./news.db", "~/news.db", absolute, "sqlite:///news.db", f"sqlite:///{absolute}"]
    assert {describe(database_url(name)) for name in names} == {absolute}


def test_path_may_hold_signs_that_mean_something_in_a_url(tmp_path: Path) -> None:
    folder = tmp_path / "100% ?#@ ü"
    folder.mkdir()
    with Store(str(folder / "news.db")) as store:
        assert store.name == str(folder / "news.db")
    assert (folder / "news.db").is_file()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "postgresql://desk:secret@127.0.0.1:1/news",
            r"^postgresql://desk:\*\*\*@127\.0\.0\.1:1/news: no server answers",
        ),
        (
            "postgres://desk@127.0.0.1:1/news?password=secret",
            r"^postgresql://desk@127\.0\.0\.1:1/news: no server answers",
        ),
        ("mysql+pymysql://db.example/news", "mysql databases are not supported"),
        ("://", "not a database URL"),
        ("nosuch://x", "nosuch databases are not supported"),
    ],
)
def test_database_that_can_not_be_used_is_named_without_passwords(name: str, words: str) -> None:
    with pytest.raises(StoreError, match=words) as caught:
        Store(name)
    assert "secret" not in str(caught.value)


def test_reader_makes_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=rf"no database at {tmp_path}/news\.db: crawl or extract first"):
        Store(str(tmp_path / "news.db"), create=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["missing/news.db", "file/news.db", "folder"])
def test_database_that_can_not_be_made_is_named(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError, match=f"{tmp_path}/{name}: "):
        Store(str(tmp_path / name))


def test_folder_that_can_not_be_written_is_named() -> None:
    with pytest.raises(StoreError, match=r"/proc/news\.db: it can't be opened or made"):
        Store("/proc/news.db")


def test_new_database_that_another_holds_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialects, "BUSY_SECONDS", 0.05)
    path = tmp_path / "news.db"
    with held_by_another(path), pytest.raises(StoreError, match=f"{path}: another process is writing") as caught:
        Store(str(path))
    assert caught.value.exit_code == ExitCode.STORE_UNUSABLE
    assert "\n" not in str(caught.value)


def test_locked_database_is_named_on_writing_and_written_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialects, "BUSY_SECONDS", 0.05)
    record = ArticleRecord(url="https://herald.example/a", title="Ferry")
    with Store(str(tmp_path / "news.db")) as store:
        with held_by_another(tmp_path / "news.db"), pytest.raises(StoreError, match=f"{store.name}: another process"):
            store.write([record])
        store.write([record])
        assert [stored.title for stored in store.read()] == ["Ferry"]


def test_database_is_read_while_another_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialects, "BUSY_SECONDS", 0.05)
    with Store(str(tmp_path / "news.db")) as store:
        store.write([ArticleRecord(url="https://herald.example/a", title="Ferry")])
    with held_by_another(tmp_path / "news.db"), Store(str(tmp_path / "news.db"), create=False) as store:
        assert [stored.title for stored in store.read()] == ["Ferry"]


def test_database_is_in_write_ahead_mode(tmp_path: Path) -> None:
    Store(str(tmp_path / "news.db")).close()
    with closing(sqlite3.connect(tmp_path / "news.db")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.parametrize(
    "damage",
    [
        # The bytes ff, an escape sequence, and "secret locked", which is also what SQLite says of a lock.
        "UPDATE articles SET title = CAST(x'ff1b5b33316d736563726574206c6f636b6564' AS TEXT)",
        "UPDATE articles SET tags = '{secret'",
    ],
)
def test_damaged_text_is_told_in_one_line_without_the_text(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Store(str(path)) as store:
        store.write([ArticleRecord(url="https://herald.example/a", title="Ferry", body="It sails.")])
        with store._in_transaction() as connection:
            connection.exec_driver_sql(damage)
        with pytest.raises(StoreError) as caught:
            list(store.read())
    assert str(caught.value) == f"{path}: {database_errors.DAMAGED}"


def test_damage_of_an_index_is_found(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Store(str(path)) as store:
        store.write([ArticleRecord(url="https://herald.example/a", title="Ferry", body="It sails.")])
        assert store.damage() is None
        with store._in_transaction() as connection:
            query = "SELECT rootpage FROM sqlite_master WHERE name = 'ix_articles_site_kind'"
            page = connection.exec_driver_sql(query).scalar_one()
            size = connection.exec_driver_sql("PRAGMA page_size").scalar_one()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * 200)
    with Store(str(path)) as store:
        assert [record.title for record in store.read()] == ["Ferry"]
        assert "btreeInitPage" in (store.damage() or "")
    assert CliRunner().invoke(app, ["health", "--db", str(path), "--no-check"]).exit_code == 0
    result = CliRunner().invoke(app, ["health", "--db", str(path)])
    assert isinstance(result.exception, StoreError)
    assert str(result.exception).startswith(f"{path}: {database_errors.DAMAGED} (")
