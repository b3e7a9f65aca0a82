"""Crawls as a user runs them: `scrapy` as a process of its own in the repository's folder, against 127.0.0.1."""

import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from newsspider.clock import CLOCK_VARIABLE
from newsspider.record import ArticleRecord
from newsspider.store.schema.tables import articles, quarantine
from newsspider.store.store import Store
from tests.patience import PATIENCE_SECONDS as PATIENCE_SECONDS
from tests.programs import SCRAPY, Finished, run_program

ROOT = Path(__file__).resolve().parents[1]
FAST = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": 0, "NEWSSPIDER_MAX_CRAWL_DELAY": 0}
SLOW = {"DOWNLOAD_DELAY": 0.15, "AUTOTHROTTLE_ENABLED": 0, "CONCURRENT_REQUESTS_PER_DOMAIN": 1}  # time to interrupt it
IMPATIENT_PROGRAM = """
import sys
from scrapy.cmdline import execute
from newsspider.store import dialects
dialects.BUSY_SECONDS = 0.2
execute(["scrapy", *sys.argv[1:]])
"""
IMPATIENT = (sys.executable, "-c", IMPATIENT_PROGRAM)  # `scrapy` that does not wait ten seconds for a locked database

Process = subprocess.Popen[bytes]


def crawl_words(settings: Mapping[str, object], **arguments: object) -> list[str]:
    """Return the words of `scrapy crawl news` with settings and spider arguments; our own servers may be reached."""
    settings = {"NEWSSPIDER_ALLOW_PRIVATE": "127.0.0.0/8", **settings}
    given = [word for name, value in arguments.items() for word in ("-a", f"{name}={value}")]
    return ["crawl", "news", *given, *(word for name, value in settings.items() for word in ("-s", f"{name}={value}"))]


def run_scrapy(
    words: Sequence[str], database: Path | str, program: Sequence[str] = (SCRAPY,), clock: str | None = None
) -> Finished:
    """Run `scrapy` with the database in the environment, at a simulated time if one is given; return how it ended."""
    environ = {**environment(database), **({CLOCK_VARIABLE: clock} if clock else {})}
    return run_program([*program, *words], folder=ROOT, environment=environ, timeout=PATIENCE_SECONDS)


def start_scrapy(
    words: Sequence[str],
    database: Path | str,
    log: Path,
    program: Sequence[str] = (SCRAPY,),
    clock: str | None = None,
) -> Process:
    """Start `scrapy`, at a simulated time if one is given, its output going to a file."""
    with log.open("w", encoding="utf-8") as stream:
        return subprocess.Popen(
            [*program, *words],
            cwd=ROOT,
            env={**environment(database), **({CLOCK_VARIABLE: clock} if clock else {})},
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
        )


def environment(database: Path | str) -> dict[str, str]:
    """Return this process's environment with a database, and without a proxy between us and our own servers."""
    return {**os.environ, "NEWSSPIDER_DATABASE": str(database), "no_proxy": "127.0.0.1,localhost"}


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    """Wait until something is so.

    Raises:
        TimeoutError: it does not become so.
    """
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.05)


def read_articles(database: Path | str) -> list[ArticleRecord]:
    """Return the articles of a database."""
    with Store(str(database), create=False) as store:
        return list(store.read(articles))


def read_quarantine(database: Path) -> list[ArticleRecord]:
    """Return the quarantined pages of a database."""
    with Store(str(database), create=False) as store:
        return list(store.read(quarantine))


def select(database: Path, query: str) -> list[tuple[object, ...]]:
    """Return the rows of a query as SQLite itself gives them, also while a crawl writes."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=30)) as connection:
        return connection.execute(query).fetchall()


def holds_records(database: Path, table: str) -> bool:
    """Whether a table of the database has a row by now."""
    try:
        return bool(select(database, f"SELECT 1 FROM {table} LIMIT 1"))
    except sqlite3.OperationalError:  # not made yet
        return False


def page_path(record: ArticleRecord) -> str:
    """Return the path under which the record's page is known."""
    return urlsplit(record.key).path


def our_lines(finished: Finished) -> list[str]:
    """Return what our command itself said on standard error, without the name before it."""
    return [line.removeprefix("scrapy crawl: ") for line in finished.stderr.splitlines() if "scrapy crawl: " in line]


def closed_port() -> int:
    """Return a port of 127.0.0.1 at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
