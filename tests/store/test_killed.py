"""A writer that is killed, and the server with it: the next run does the rest, and nothing is there twice."""

import subprocess
import sys
from pathlib import Path

import pytest

from newsspider.errors import StoreError
from newsspider.store.schema.tables import articles
from newsspider.store.store import Store
from tests.crawls import PATIENCE_SECONDS, wait_until
from tests.postgres import Server

pytestmark = pytest.mark.processes

ROOT = Path(__file__).resolve().parents[2]
RECORDS = 600
WRITER = f"""
import sys
from pipelines.store import StoreWriter
from newsspider.record import ArticleRecord
from newsspider.store.store import Store
with StoreWriter(Store(sys.argv[1])) as writer:
    for number in range({RECORDS}):
        source = f"saved/{{number}}.html"
        if not writer.holds(source):
            url = f"https://herald.example/{{number}}"
            writer.write(ArticleRecord(url=url, source=source, title=f"Ferry {{number}}", body="It sails."))
"""


def start_writer(database: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", WRITER, database], cwd=ROOT, stderr=subprocess.DEVNULL)


def count(database: str) -> int:
    """Return how many articles there are, 0 while there is no database."""
    try:
        with Store(database, create=False) as store:
            return store.count(articles).total()
    except StoreError:
        return 0


def check_complete(database: str) -> None:
    with Store(database) as store:
        titles = [record.title or "" for record in store.read()]
        assert sorted(titles) == sorted(f"Ferry {number}" for number in range(RECORDS))
        assert len(store.search("ferry", 2 * RECORDS)) == RECORDS


def test_killed_writer_leaves_whole_batches_and_the_next_does_the_rest(database: str) -> None:
    with start_writer(database) as writer:
        wait_until(lambda: count(database) > 0, "a batch")
        writer.kill()
    assert count(database) % 100 == 0
    assert start_writer(database).wait(PATIENCE_SECONDS) == 0
    check_complete(database)


def test_server_that_crashes_under_a_writer_loses_and_doubles_nothing(postgres: Server) -> None:
    database = postgres.new_database()
    with start_writer(database) as writer:
        wait_until(lambda: count(database) > 0, "a batch")
        postgres.stop()
        postgres.start()
        assert writer.wait(PATIENCE_SECONDS) == 0
    check_complete(database)
