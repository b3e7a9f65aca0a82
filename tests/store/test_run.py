"""A run's writing: in batches, none lost when one fails."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import wait
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Event, Timer
from typing import Any

import pytest

from newsspider.errors import StoreError
from newsspider.record import ArticleRecord
from newsspider.store import dialects
from newsspider.store.run import BATCH_CHARS, BATCH_RECORDS, FIRST_RECORDS, MAX_BATCHES, Run
from newsspider.store.schema.tables import articles, quarantine
from newsspider.store.store import Store
from tests.revisiting.test_schedule import PLAN
from tests.store.test_addresses import visit


def article(number: int) -> ArticleRecord:
    return ArticleRecord(url=f"https://herald.example/{number}", title="Ferry")


def test_records_are_stored_by_the_batch(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "news.db"))
    run = Run(store, "crawl", {})
    for number in range(BATCH_RECORDS - 1):
        run.add(article(number))
    assert (store.count(articles).total(), run.waiting) == (0, BATCH_RECORDS - 1)
    run.add(article(BATCH_RECORDS))
    assert (store.count(articles).total(), run.waiting) == (BATCH_RECORDS, 0)
    run.finish()


def test_batch_has_the_size_that_is_asked_for(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "news.db"))
    run = Run(store, "crawl", {}, batch_records=2)
    for number in range(3):
        run.add(article(number))
    assert (store.count(articles).total(), run.waiting) == (2, 1)
    run.finish()


@pytest.mark.parametrize(("chars", "waiting"), [(1_000, 2), (BATCH_CHARS // 2, 0)])
def test_batch_is_full_by_its_text_too(chars: int, waiting: int, tmp_path: Path) -> None:
    run = Run(Store(str(tmp_path / "news.db")), "crawl", {})
    for number in range(2):
        run.add(replace(article(number), body="ferry" * (chars // 5)))
    assert run.waiting == waiting
    run.finish()


def test_finish_stores_the_rest_and_how_the_run_ended(tmp_path: Path) -> None:
    run = Run(Store(str(tmp_path / "news.db")), "crawl", {"url": "https://herald.example/"})
    run.add(article(1))
    run.add(ArticleRecord(source="b.html", kind="failed", reason="why"))
    run.finish()
    with Store(str(tmp_path / "news.db"), create=False) as store:
        assert (store.count(articles).total(), store.count(quarantine).total()) == (1, 1)
        (noted,) = store.read_runs(10)
    assert (noted["command"], noted["arguments"]) == ("crawl", {"url": "https://herald.example/"})
    assert (noted["counts"], noted["exit_code"]) == ({"article": 1, "failed": 1}, 1)
    assert noted["finished_at"]


def test_exit_code_can_be_given(tmp_path: Path) -> None:
    Run(Store(str(tmp_path / "news.db")), "crawl", {}).finish(3)
    with Store(str(tmp_path / "news.db"), create=False) as store:
        assert [noted["exit_code"] for noted in store.read_runs(10)] == [3]


def test_killed_run_has_no_end(tmp_path: Path) -> None:
    with Store(str(tmp_path / "news.db")) as store:
        Run(store, "crawl", {})
        assert [(noted["finished_at"], noted["exit_code"]) for noted in store.read_runs(10)] == [(None, None)]


def test_batch_that_failed_is_kept_and_stored_with_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialects, "BUSY_SECONDS", 0.05)
    store = Store(str(tmp_path / "news.db"))
    run = Run(store, "crawl", {})
    for number in range(BATCH_RECORDS - 1):
        run.add(article(number))
    with closing(sqlite3.connect(tmp_path / "news.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError):
            run.add(article(BATCH_RECORDS))
    assert run.waiting == BATCH_RECORDS
    run.add(article(BATCH_RECORDS + 1))
    assert (store.count(articles).total(), run.waiting) == (BATCH_RECORDS + 1, 0)
    run.finish()


def test_run_that_can_not_store_its_last_batch_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialects, "BUSY_SECONDS", 0.05)
    run = Run(Store(str(tmp_path / "news.db")), "crawl", {})
    run.add(article(1))
    with closing(sqlite3.connect(tmp_path / "news.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"news\.db"):
            run.finish()


def test_addresses_that_lead_to_one_page_are_counted_by_it(tmp_path: Path) -> None:
    run = Run(Store(str(tmp_path / "news.db")), "crawl", {}, plan=PLAN)
    for number in range(3):
        run.look(visit(f"{number}", led_to="https://herald.example/login", moved=False))
    run.flush()
    assert run.account("herald.example").redirected == {"https://herald.example/login": 3}
    run.finish()


def run_in_background(path: Path, **given: Any) -> Run:
    return Run(Store(str(path / "news.db")), "crawl", {}, in_background=True, **given)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Hold what writes until the event is set."""
    go_on, write = Event(), Store.write

    def write_late(self: Store, *given: Any) -> Any:
        go_on.wait()
        return write(self, *given)

    monkeypatch.setattr(Store, "write", write_late)
    yield go_on
    go_on.set()


def test_full_batch_is_written_while_the_run_goes_on(tmp_path: Path, held: Event) -> None:
    run = run_in_background(tmp_path, batch_records=2)
    for number in range(5):
        run.add(article(number))
    assert (run.waiting, run.fates) == (5, {})
    held.set()
    run.flush()
    assert (run.waiting, run.fates) == (0, {"new": 5})
    assert [record.url for record in run.store.read()] == [article(number).url for number in range(5)]
    run.finish()


def test_run_waits_for_what_is_written_when_much_more_waits(tmp_path: Path, held: Event) -> None:
    run = run_in_background(tmp_path, batch_records=1)
    Timer(0.1, held.set).start()
    for number in range(2 + MAX_BATCHES):
        run.add(article(number))
    assert held.is_set()
    run.finish()


def test_batch_that_fails_in_the_background_is_said_kept_and_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialects, "BUSY_SECONDS", 0.05)
    run = run_in_background(tmp_path, batch_records=2)
    with closing(sqlite3.connect(tmp_path / "news.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        run.add(article(0))
        run.add(article(1))
        assert run._under_way is not None
        with pytest.raises(StoreError, match="another process is writing to it"):
            run._under_way[1].result()
    with pytest.raises(StoreError, match="another process is writing to it"):
        run.write_on()
    assert run.waiting == 2
    run.add(article(2))
    run.finish()
    with Store(str(tmp_path / "news.db")) as store:
        assert [record.url for record in store.read()] == [article(number).url for number in range(3)]


def test_nothing_is_written_where_nothing_waits(tmp_path: Path, held: Event) -> None:
    run = run_in_background(tmp_path)
    run.write_on()
    assert run._under_way is None
    held.set()
    run.finish()


def test_first_batch_of_a_crawl_is_small_and_its_results_count_at_the_next_record(tmp_path: Path) -> None:
    run = run_in_background(tmp_path)
    for number in range(FIRST_RECORDS):
        run.add(article(number))
    assert run._under_way is not None
    wait([run._under_way[1]])
    assert run.fates == {}
    run.add(article(FIRST_RECORDS))
    assert (run.waiting, run.fates) == (1, {"new": FIRST_RECORDS})
    run.finish()
