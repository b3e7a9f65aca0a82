"""Writing while a crawl runs: by a timer, and against a database that another process holds."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest
from scrapy.exceptions import NotConfigured
from scrapy.utils.test import get_crawler

from newsspider.errors import StoreError
from newsspider.spiders.news import NewsSpider
from newsspider.store.store import Store
from pipelines.store import StorePipeline
from tests.crawls import (
    FAST,
    IMPATIENT,
    PATIENCE_SECONDS,
    crawl_words,
    holds_records,
    page_path,
    read_articles,
    select,
    start_scrapy,
    wait_until,
)
from tests.postgres import Server

pytestmark = pytest.mark.processes

PROSE = "The old ferry left the harbour at nine with forty people on board, as it last did thirty years ago. " * 4
FIRST, SECOND, THIRD = "/2026/03/12/ferry/", "/2026/03/13/ferry/", "/2026/03/14/ferry/"
UNLINKED = {**FAST, "NEWSSPIDER_DUPLICATES": "off"}  # the stories are all alike
NEXT = {FIRST: SECOND, SECOND: THIRD, THIRD: FIRST}


class GatedServer(ThreadingHTTPServer):
    """Serves three stories, each linking to the next; a story is sent when its gate is open."""

    def __init__(self) -> None:
        """Listen at any free port, all gates shut."""
        super().__init__(("127.0.0.1", 0), GatedHandler)
        self.gates = {path: Event() for path in NEXT}
        self.url = f"http://127.0.0.1:{self.server_port}{FIRST}"


class GatedHandler(BaseHTTPRequestHandler):
    """Answers with a story once its gate is open."""

    server: GatedServer

    def do_GET(self) -> None:
        if self.path not in NEXT:
            self.send_error(404)
            return
        self.server.gates[self.path].wait(PATIENCE_SECONDS)
        link = f'<a href="{NEXT[self.path]}">The old ferry sails again</a>'
        page = f"<title>Ferry</title><article><h1>Ferry</h1><p>{self.path} {PROSE}</p>{link}</article>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def server() -> Iterator[GatedServer]:
    with GatedServer() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield server
        for gate in server.gates.values():
            gate.set()
        server.shutdown()
        thread.join()


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Hold the database's write lock, as another process that writes would."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield


def test_records_wait_for_a_locked_database_and_none_is_lost(server: GatedServer, tmp_path: Path) -> None:
    database, log = tmp_path / "news.db", tmp_path / "log"
    words = crawl_words(UNLINKED, url=server.url)
    with start_scrapy(words, database, log, IMPATIENT) as process:
        server.gates[FIRST].set()
        # The second story is held back, so that nothing but the timer can write the first.
        wait_until(lambda: holds_records(database, "articles"), "a record by the timer")
        with locked(database):
            server.gates[SECOND].set()
            wait_until(lambda: "waiting for the next try: 1 record" in log.read_text(), "a write that failed")
        wait_until(lambda: select(database, "SELECT count(*) FROM articles") == [(2,)], "the write tried again")
        server.gates[THIRD].set()
        assert process.wait(PATIENCE_SECONDS) == 0
    assert [page_path(record) for record in read_articles(database)] == [FIRST, SECOND, THIRD]
    assert select(database, "SELECT command, counts, exit_code FROM runs") == [("crawl news", '{"article": 3}', 0)]
    assert f"{database}: 3 articles" in log.read_text()


def test_database_that_stays_locked_ends_the_crawl_with_4(server: GatedServer, tmp_path: Path) -> None:
    database, log = tmp_path / "news.db", tmp_path / "log"
    words = crawl_words(UNLINKED, url=server.url)
    with start_scrapy(words, database, log, IMPATIENT) as process:
        server.gates[FIRST].set()
        wait_until(lambda: holds_records(database, "articles"), "a record by the timer")
        with locked(database):
            server.gates[SECOND].set()
            server.gates[THIRD].set()
            assert process.wait(PATIENCE_SECONDS) == 4
    (why,) = [line for line in log.read_text().splitlines() if " CRITICAL: " in line]
    assert f"{database}: another process is writing to it" in why
    assert "not stored: 2 records" in why
    assert "Traceback" not in log.read_text()
    assert [page_path(record) for record in read_articles(database)] == [FIRST]


def test_server_that_stops_and_starts_again_costs_a_crawl_nothing(
    server: GatedServer, tmp_path: Path, postgres: Server
) -> None:
    database, log = postgres.new_database(), tmp_path / "log"
    words = crawl_words(UNLINKED, url=server.url)
    with start_scrapy(words, database, log) as process:
        server.gates[FIRST].set()
        wait_until(lambda: holds_articles(database, 1), "a record by the timer")
        postgres.stop()
        try:
            server.gates[SECOND].set()
            wait_until(lambda: "again" in log.read_text() or "next try" in log.read_text(), "a try that failed")
        finally:
            postgres.start()
        wait_until(lambda: holds_articles(database, 2), "the write tried again")
        server.gates[THIRD].set()
        assert process.wait(PATIENCE_SECONDS) == 0
    assert [page_path(record) for record in read_articles(database)] == [FIRST, SECOND, THIRD]
    assert "Traceback" not in log.read_text()
    with Store(database) as store:
        assert [(run["counts"], run["exit_code"]) for run in store.read_runs(5)] == [({"article": 3}, 0)]


def holds_articles(database: str, number: int) -> bool:
    """Whether a database has so many articles by now."""
    try:
        return len(read_articles(database)) == number
    except StoreError:  # not made yet
        return False


def test_store_that_is_turned_off_is_not_built() -> None:
    with pytest.raises(NotConfigured):
        StorePipeline.from_crawler(get_crawler(NewsSpider, {"NEWSSPIDER_STORE": False}))
