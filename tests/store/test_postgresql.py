"""PostgreSQL: characters it can't hold, a server that stops, processes that open it at once, users without rights."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from threading import Timer

import pytest
from sqlalchemy import create_engine

from newsspider.errors import ExitCode, StoreError, StoreLostError
from newsspider.record import ArticleRecord, LiveUpdate
from newsspider.store import dialects, retrying
from newsspider.store.database import database_url
from newsspider.store.retrying import with_retries
from newsspider.store.run import Run
from newsspider.store.schema.tables import articles
from newsspider.store.store import Store
from pipelines.store import StoreWriter
from tests.postgres import Server

RECORD = ArticleRecord(url="https://herald.example/ferry", site="herald.example", title="Ferry", body="It sails.")
AWAY_SECONDS = 0.5


@pytest.fixture
def url(postgres: Server) -> str:
    return postgres.new_database()


@pytest.fixture
def stopped(postgres: Server) -> Iterator[Server]:
    """The server, to be stopped by the test; it runs again after."""
    yield postgres
    if not postgres.runs:
        postgres.start()


@contextmanager
def held_by_another(url: str) -> Iterator[None]:
    """Hold the write lock of a database, as a process does that is writing."""
    engine = create_engine(database_url(url))
    dialects.prepare(engine)
    with dialects.for_writing(engine).begin():
        yield
    engine.dispose()


def records(first: int, last: int) -> list[ArticleRecord]:
    return [
        replace(RECORD, url=f"https://herald.example/{number}", title=f"Ferry {number}")
        for number in range(first, last)
    ]


def test_characters_that_postgresql_can_not_hold_are_left_out(url: str) -> None:
    told: tuple[LiveUpdate, ...] = ({"time": None, "title": "a\0b", "text": "\\u0000 stays"},)
    with Store(url) as store:
        store.write([replace(RECORD, body="It\0 sails.", tags=("a\0", "b"), live_updates=told, provenance={"x": "\0"})])
        (record,) = store.read()
    assert (record.body, record.tags, record.provenance) == ("It sails.", ("a", "b"), {"x": ""})
    assert record.live_updates == ({"time": None, "title": "ab", "text": "\\u0000 stays"},)


def test_addresses_of_any_length_are_kept(url: str) -> None:
    long = [f"https://herald.example/{'é' * 4_000}?id={number}" for number in range(2)]
    with Store(url) as store:
        for _ in range(2):
            store.write([replace(RECORD, url=each, title=each[-1], source=each) for each in long])
        assert [record.url for record in store.read()] == long
        assert store.kinds_of(long[0]) == {"article"}


def test_article_of_any_size_is_searched(url: str) -> None:
    body = " ".join(f"word{number}" for number in range(90_000)) + " 港" * 400 + "連絡船" + " x" * 300 + "y" * 5_000
    with Store(url) as store:
        store.write([replace(RECORD, body=body)])
        assert len(store.search("ferry word1 word50000", 5)) == 1


def test_written_while_the_server_is_away_is_kept_and_written_later(stopped: Server, url: str) -> None:
    run = Run(Store(url), "crawl", {}, batch_records=10)
    for record in records(0, 9):
        run.add(record)
    stopped.stop()
    with pytest.raises(StoreLostError, match=r"no server answers there|the connection to the server was lost"):
        run.add(records(9, 10)[0])
    stopped.start()
    run.flush()
    run.finish()
    with Store(url) as store:
        assert (store.count(articles).total(), store.read_runs(1)[0]["exit_code"]) == (10, 0)


def test_extraction_waits_for_the_server_and_goes_on(stopped: Server, url: str) -> None:
    with StoreWriter(Store(url)) as writer:
        for record in records(0, 150):
            writer.write(record)
        stopped.stop()
        back = Timer(AWAY_SECONDS, stopped.start)
        back.start()
        for record in records(150, 320):
            writer.write(record)
        back.join()
    with Store(url, create=False) as store:
        assert sorted(record.url or "" for record in store.read()) == sorted(r.url or "" for r in records(0, 320))


def test_patience_ends(url: str, stopped: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrying, "FIRST_WAIT_SECONDS", 0.01)
    with Store(url) as store:
        stopped.stop()
        with pytest.raises(StoreLostError) as caught:
            with_retries(lambda: store.count(articles), seconds=0.05)
    assert caught.value.exit_code == ExitCode.STORE_UNUSABLE
    assert "\n" not in str(caught.value)


def test_processes_that_open_a_new_database_at_once_do_not_race(postgres: Server) -> None:
    for _ in range(3):
        url = postgres.new_database()
        with ThreadPoolExecutor(4) as threads:
            for store in list(threads.map(Store, [url] * 4)):
                store.write([RECORD])
                assert store.count(articles).total() == 1
                store.close()


def test_writers_wait_for_each_other(url: str) -> None:
    with Store(url) as one, Store(url) as other, ThreadPoolExecutor(2) as threads:
        batches = [records(number, number + 5) for number in range(0, 60, 3)]
        list(threads.map(lambda pair: pair[0].write(pair[1]), zip([one, other] * 10, batches, strict=True)))
        assert sorted(record.title or "" for record in one.read()) == sorted(r.title or "" for r in records(0, 62))


def test_writer_that_waits_too_long_says_why(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialects, "BUSY_SECONDS", 0.05)
    with Store(url) as other, held_by_another(url), pytest.raises(StoreError, match="another process is writing to it"):
        other.write([RECORD])


def test_site_is_locked_for_one_run_at_a_time(url: str) -> None:
    with Store(url) as one, Store(url) as other:
        ours, theirs = one.site_locks(), other.site_locks()
        assert one.lock_site(ours, "herald.example")
        assert one.lock_site(ours, "herald.example")
        assert not other.lock_site(theirs, "herald.example")
        assert other.lock_site(theirs, "tribune.example")
        ours.release()
        assert other.lock_site(theirs, "herald.example")
        theirs.release()


def test_reader_makes_no_tables(url: str) -> None:
    with pytest.raises(StoreError, match="contains no articles yet: crawl or extract first"):
        Store(url, create=False)
    Store(url).close()
    Store(url, create=False).close()


def test_tables_of_other_programs_are_no_hindrance_unless_they_have_our_names(url: str, postgres: Server) -> None:
    schema = url.rpartition("3D")[2]
    postgres.run(f"CREATE TABLE {schema}.bookmarks (url text)")
    Store(url).close()
    other = postgres.new_database()
    postgres.run(f"CREATE TABLE {other.rpartition('3D')[2]}.articles (url text)")
    with pytest.raises(StoreError, match=r"contains another program's tables \(articles\)"):
        Store(other)


def test_user_without_rights_is_told(url: str, postgres: Server) -> None:
    schema = url.rpartition("3D")[2]
    postgres.run(f"CREATE USER {schema}_reader; GRANT USAGE ON SCHEMA {schema} TO {schema}_reader")
    with pytest.raises(StoreError, match="the user may not do that: GRANT"):
        Store(url.replace("postgres@", f"{schema}_reader@"))


def test_user_who_may_not_add_a_column_is_told(url: str, postgres: Server) -> None:
    schema = url.rpartition("3D")[2]
    reader = url.replace("postgres@", f"{schema}_reader@")
    Store(url).close()
    postgres.run(f"CREATE USER {schema}_reader; GRANT USAGE ON SCHEMA {schema} TO {schema}_reader")
    postgres.run(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {schema}_reader")
    Store(reader, create=False).close()
    postgres.run(f"ALTER TABLE {schema}.articles DROP COLUMN similarity")
    with pytest.raises(StoreError, match="may not change its tables: open it once as the user who made them"):
        Store(reader, create=False)
    Store(url).close()
    Store(reader, create=False).close()


def test_database_that_does_not_exist_is_named(url: str) -> None:
    with pytest.raises(StoreError, match='database "nosuch" does not exist'):
        Store(url.replace("@/postgres?", "@/nosuch?"))
