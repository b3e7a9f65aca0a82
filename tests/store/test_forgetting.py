"""Takedowns and retention: gone from every table, and gone for good."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import create_engine, text

from newsspider.record import ArticleRecord
from newsspider.store.deleted_text import LOG_LEFT, SERVER_LEFT
from newsspider.store.schema.tables import quarantine
from newsspider.store.search.fts5 import Fts5Index
from newsspider.store.store import Store

URL = "https://herald.example/ferry"


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with Store(database) as opened:
        yield opened


def article(url: str, title: str = "Ferry", body: str = "It sails.", **fields: object) -> ArticleRecord:
    return ArticleRecord(url=url, site="herald.example", title=title, body=body, **fields)  # type: ignore[arg-type]


def urls(store: Store) -> list[str]:
    return sorted(record.url or "" for record in store.read())


@pytest.mark.parametrize(
    "given", [URL, f"{URL}?utm_source=x#top", "https://herald.example/amp/ferry", "HTTPS://HERALD.example/ferry"]
)
def test_page_is_forgotten_by_any_of_its_addresses(given: str, store: Store) -> None:
    store.write([article(URL), article("https://herald.example/amp/ferry", canonical_url=URL)])
    store.write([article("https://herald.example/storm", "Storm", "It is over.")])
    removed = store.forget([given])
    assert removed.rows["articles"] == 1
    assert URL in removed.addresses
    assert urls(store) == ["https://herald.example/storm"]
    assert [record.title for record in store.search("sails", 9)] == []
    assert [record.title for record in store.search("over", 9)] == ["Storm"]


def test_forgotten_page_is_not_stored_again_under_any_address(store: Store) -> None:
    store.write([article(URL)])
    store.forget([URL])
    again = article("https://herald.example/print/ferry", canonical_url=URL)
    store.write([article(URL), again, article("https://herald.example/storm", "Storm", "It is over.")])
    store.write([ArticleRecord(url=URL, kind="failed", reason="HTTP 500")])
    assert urls(store) == ["https://herald.example/storm"]
    assert list(store.read(quarantine)) == []
    assert store.forgotten() == {URL}


def test_page_that_is_not_there_is_kept_away_all_the_same(store: Store) -> None:
    assert store.forget([URL]).rows == {}
    store.write([article(URL)])
    assert urls(store) == []


def test_versions_and_parts_go_along(store: Store) -> None:
    pages = (URL, f"{URL}/2")
    store.write([article(URL), article("https://herald.example/storm")])
    store.write([article("https://herald.example/tram"), article("https://herald.example/tram", body="It stands.")])
    store.write([article(url, "Long", f"Part at {url}.", pages=pages) for url in pages])
    assert store.forget(["https://herald.example/tram", pages[1]]).rows == {"articles": 2, "versions": 1, "parts": 2}


def test_quarantined_page_is_forgotten(store: Store) -> None:
    store.write([ArticleRecord(url=URL, site="herald.example", kind="index", reason="a list")])
    assert store.forget([URL]).rows == {"quarantine": 1}


def test_what_was_first_seen_too_long_ago_expires_and_may_come_back(store: Store) -> None:
    old = {"first_seen": "2020-01-01T00:00:00+00:00"}
    store.write([article(URL, **old), article("https://herald.example/storm", "Storm", "It is over.")])
    store.write([ArticleRecord(url="https://herald.example/", kind="index", reason="a list", **old)])  # type: ignore[arg-type]
    assert store.expire("2021-01-01T00:00:00+00:00").rows == {"articles": 1, "quarantine": 1}
    assert urls(store) == ["https://herald.example/storm"]
    assert [record.title for record in store.search("sails", 9)] == []
    store.write([article(URL)])
    assert URL in urls(store)


def test_many_expire(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from newsspider.store import forgetting

    monkeypatch.setattr(forgetting, "ROWS_TOGETHER", 2)
    store.write([article(f"{URL}/{n}", str(n), str(n), first_seen="2020-01-01T00:00:00+00:00") for n in range(7)])
    assert store.expire("2021-01-01T00:00:00+00:00").rows == {"articles": 7}


WORDS = ["".join(Random(n).choices("bcdfghjklmnpqrstvwxz", k=14)) for n in range(60)]  # of no other text


def bytes_left(database: Path, words: list[str], shared: int = 3) -> dict[str, int]:
    """Count the words in a database's files; the index stores a word without the letters it shares with another.

    Of short words the whole has to be looked for (`shared=0`): two letters are in any binary file.
    """
    found = {}
    for path in database.parent.glob(f"{database.name}*"):
        held = path.read_bytes()
        if count := sum(held.count(word[shared:].encode()) for word in words):
            found[path.name] = count
    return found


def write_many(store: Store, secret: ArticleRecord, numbers: range) -> None:
    """Store an article among others, so that the index has several segments."""
    for start in range(numbers.start, numbers.stop, 10):
        others = [
            article(f"https://herald.example/{n}", f"Tram {n}", " ".join(Random(n).choices(OTHERS, k=300)))
            for n in range(start, start + 10)
        ]
        store.write([*others[:5], secret, *others[5:]] if start == numbers.start + 10 else others)


OTHERS = [f"word{n}" for n in range(2_000)]


def test_sqlite_files_keep_no_word_of_a_forgotten_page(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    secret, earlier = (
        article(URL, body=" ".join(words), body_markdown=" ".join(words)) for words in (WORDS[:30], WORDS[30:])
    )
    with Store(str(database)) as store:
        store.write([earlier])
        write_many(store, secret, range(200))
        assert bytes_left(database, WORDS[:30])
        assert bytes_left(database, WORDS[30:]), "the earlier version"
        removed = store.forget([URL])
        assert removed.rows == {"articles": 1, "versions": 1}
        assert removed.traces == ()
        assert bytes_left(database, WORDS) == {}
        assert [record.title for record in store.search("word7", 1)]


def test_sqlite_files_keep_no_word_of_what_expired(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with Store(str(database)) as store:
        write_many(store, article(URL, body=" ".join(WORDS)), range(100))
        store.write([ArticleRecord(url=f"{URL}/index", site="herald.example", kind="index", body=" ".join(WORDS))])
        store.expire("2999-01-01T00:00:00+00:00")
        assert bytes_left(database, WORDS) == {}
        assert bytes_left(database, OTHERS[1_000:], shared=0) == {}


def test_traces_of_an_earlier_newsspider_go_with_the_next_page_that_is_forgotten(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with Store(str(database)) as store:
        write_many(store, article(URL, body=" ".join(WORDS)), range(100))
        with store._in_transaction() as connection:  # as it was done: the index only notes the removal
            connection.execute(text("DELETE FROM articles WHERE key = :key"), {"key": URL})
            Fts5Index(connection).remove([{"id": 16, "title": "Ferry", "body": " ".join(WORDS)}])
        assert bytes_left(database, WORDS)
        store.forget(["https://herald.example/another"])
        assert bytes_left(database, WORDS) == {}


def test_log_that_a_reader_holds_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsspider.store.dialects.BUSY_SECONDS", 0.1)
    database = tmp_path / "news.db"
    with Store(str(database)) as store:
        store.write([article(URL)])
        reader = sqlite3.connect(database, isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM articles").fetchone()
        assert store.forget([URL]).traces == (LOG_LEFT,)
        reader.close()
        assert store.forget([URL]).traces == ()


def test_server_that_vacuums_is_told(store: Store) -> None:
    store.write([article(URL)])
    traces = store.forget([URL]).traces
    assert traces == (() if store.file else (SERVER_LEFT,))
    if not store.file:  # the words for it are SQL that the server takes
        engine = create_engine(store._url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("VACUUM FULL articles, versions, parts, quarantine, articles_search"))
        engine.dispose()


LONG = "The ferry sails again from the old harbour after eleven years, the board voted on Friday evening. " * 9


def test_near_duplicates_under_other_addresses_are_named(store: Store) -> None:
    copies = ["https://tribune.example/ferry", "https://post.example/ferry"]
    store.write([article(URL, body=LONG), *(article(copy, f"Ferry {copy}", f"{LONG} Copy.") for copy in copies)])
    store.write([article("https://herald.example/storm", "Storm", "It is over.")])
    removed = store.forget([copies[0]])
    assert sorted(removed.copies) == sorted([URL, copies[1]])
    assert urls(store) == sorted(["https://herald.example/storm", URL, copies[1]])
    assert store.forget([URL], with_copies=True).copies == ()
    assert urls(store) == ["https://herald.example/storm"]
    store.write([article(copies[1], body=LONG)])
    assert urls(store) == ["https://herald.example/storm"]


def test_files_that_a_page_was_read_from_are_named(store: Store) -> None:
    store.write([article(URL, source="x.warc.gz#urn:uuid:1"), article(f"{URL}2", source="https://herald.example/")])
    assert store.forget([URL, f"{URL}2"]).sources == ("x.warc.gz#urn:uuid:1",)
