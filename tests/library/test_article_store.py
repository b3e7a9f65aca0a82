"""A database, read from Python."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from newsspider import ArticleRecord, StoreError, UsageError, open_store
from newsspider.store.store import Store

RECORDS = [
    ArticleRecord(
        url="https://herald.example/ferry",
        site="herald.example",
        title="Ferry back",
        body="The ferry sails again.",
        published="2026-03-24T09:30:00+01:00",
    ),
    ArticleRecord(url="https://chenbao.example/1", site="chenbao.example", title="渡轮", published="2026-03-26"),
    ArticleRecord(url="https://herald.example/", site="herald.example", kind="index", reason="a list"),
]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    with Store(str(tmp_path / "news.db")) as store:
        store.write(RECORDS)
    return tmp_path / "news.db"


@pytest.mark.parametrize("day", ["2026-03-25", date(2026, 3, 25), datetime(2026, 3, 25, 12, tzinfo=UTC)])
def test_articles_are_selected_by_site_and_day(database: Path, day: date | str) -> None:
    with open_store(database) as store:
        assert len(store) == 2
        assert [record.title for record in store.articles()] == ["Ferry back", "渡轮"]
        assert [record["title"] for record in store.articles(site="herald.example")] == ["Ferry back"]
        assert [record.title for record in store.articles(since=day)] == ["渡轮"]
        assert [record.title for record in store.articles(until=day)] == ["Ferry back"]
        assert [record.reason for record in store.quarantine()] == ["a list"]
        assert [record.title for record in store.search("ferry")] == ["Ferry back"]
        assert [record.title for record in store.versions("https://herald.example/ferry")] == ["Ferry back"]
        assert str(database) in repr(store)


def test_database_is_the_usual_one_where_none_is_named(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSSPIDER_DATABASE", str(database))
    with open_store() as store:
        assert store.name == str(database)


def test_what_is_wrong_is_said(database: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no database at"):
        open_store(tmp_path / "gone.db")
    with open_store(database) as store, pytest.raises(UsageError, match="yesterday: not a day"):
        store.articles(since="yesterday")
