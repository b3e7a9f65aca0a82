"""Every statement that writing and `due` issue finds its rows by an index, whatever the size of the store."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from newsspider.clock import as_text, now
from newsspider.record import ArticleRecord
from newsspider.revisiting.page_states import PageState, Visit
from newsspider.store import record_lists
from newsspider.store.duplicates.linking import Duplicates
from newsspider.store.record_lists import Wanted
from newsspider.store.schema.tables import articles, metadata
from newsspider.store.store import Store
from newsspider.store.writing import AddressNews
from tests.revisiting.test_schedule import HOUR, PLAN
from tests.texts import invented_text, reprint

NOW = now()
SITE = "herald.example"
MANY = 70_000  # SQLite takes 32,766 parameters, PostgreSQL 65,535
SMALL = frozenset({"runs", "accounts", "schema_version"})  # a row a run: read whole or by their newest rows
LARGE = frozenset({*metadata.tables, "articles_search"}) - SMALL
PLANNED = re.compile(r"(WITH|SELECT|INSERT|UPDATE|DELETE)\b")
INDEXED = re.compile(r"articles_search")  # SQLite's FTS5 is a virtual table, and each of its looks is a "scan"

Statements = dict[str, Any]


@contextmanager
def caught_statements() -> Iterator[Statements]:
    """Collect what the block asks of any database: each statement with its first parameters."""
    caught: Statements = {}

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        if PLANNED.match(statement):
            caught.setdefault(statement, parameters[0] if isinstance(parameters, list) else parameters)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield caught
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def scans(store: Store, caught: Statements) -> list[str]:
    """Return the statements that read a large table from end to end, each with that step of its plan."""
    found = []
    with store._engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET enable_seqscan = off")
        for statement, parameters in caught.items():
            for step in _plan(connection, statement, parameters):
                scanned = re.search(r"(?:\bSCAN|Seq Scan on) (\w+)", step)
                if scanned and scanned[1] in LARGE and not (INDEXED.search(step) and "SCAN" in step):
                    found.append(f"{step.strip()}: {statement}")
    return found


def _plan(connection: Any, statement: str, parameters: Any) -> Iterator[str]:
    explain = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    for row in connection.exec_driver_sql(f"{explain} {statement}", parameters):
        yield str(row[-1])


def article(number: int, **fields: object) -> ArticleRecord:
    url = f"https://{SITE}/story-{number}-of-today"
    body = invented_text(number, 90)
    told = {
        "url": url,
        "site": SITE,
        "title": f"Story {number}",
        "body": body,
        "body_hash": f"{number:x}",
        "kind": "article",
    }
    return ArticleRecord(**{**told, "word_count": 90, "fetched_at": as_text(NOW), "source": url, **fields})  # type: ignore[arg-type]


def visit(record: ArticleRecord, at: timedelta = timedelta(), **fields: object) -> Visit:
    values = {"address": record.key, "url": record.url, "site": SITE, "role": "article", "source": f"https://{SITE}/"}
    return Visit(**{**values, "depth": 1, "at": as_text(NOW + at), "status": 200, **fields})  # type: ignore[arg-type]


def found(name: str, due: timedelta) -> PageState:
    moment = as_text(NOW + due)
    address = f"https://{SITE}/{name}"
    return PageState(address=address, url=address, site=SITE, role="article", depth=1, found_at=moment, due_at=moment)


def write(store: Store, records: list[ArticleRecord], at: timedelta = timedelta(), **looks: Any) -> None:
    visits = [(visit(record, at), record) for record in records]
    store.write(records, AddressNews(visits, looks.pop("found", ()), PLAN, **looks))


def write_everything(store: Store, size: int) -> None:
    """Write so many records of each sort at a time, and ask what a crawl asks."""
    numbers = range(size)
    run = store.start_run("crawl", {})
    pages = [f"page-{number}" for number in numbers]
    write(
        store,
        [article(number) for number in numbers],
        found=[found(name, -HOUR) for name in pages],
        put_off=[f"https://{SITE}/{name}" for name in pages],
        days=[(f"https://{SITE}/{name}", date(2026, 3, 1)) for name in pages],
    )
    write(
        store,
        [
            article(number, body=reprint(invented_text(number, 90), 0.05, 1), body_hash=f"b{number}")
            for number in numbers
        ],
        HOUR,
    )
    copies = [
        replace(article(number), url=f"https://{SITE}/copy-{number}-there", site="other.example") for number in numbers
    ]
    write(store, copies)
    write(store, [replace(article(number), url=f"https://{SITE}/again-{number}?s=1") for number in numbers])
    parted = [f"https://{SITE}/long-{number}" for number in numbers]
    parts = [replace(article(900 + n), url=each, pages=(each, f"{each}/2")) for n, each in enumerate(parted)]
    write(store, parts)
    write(store, [replace(part, url=part.pages[1]) for part in parts])
    write(
        store,
        [article(number, kind="failed", reason="HTTP 500", url=f"https://{SITE}/f{number}") for number in numbers],
    )
    moved = [visit(article(number), passed=(f"https://{SITE}/old-{number}",), moved=True) for number in numbers]
    store.write([], AddressNews([(each, None) for each in moved], (), PLAN))
    for number in numbers:
        write(
            store,
            [article(n, body_hash=f"wall{number}", url=f"https://{SITE}/w{n}-of-{number}-wall") for n in range(7)],
        )
    store.reextract([article(number, title="Again", fetched_at=as_text(NOW + HOUR)) for number in numbers])
    addresses = [f"https://{SITE}/{name}" for name in (*pages, *(f"again-{number}?s=1" for number in numbers))]
    store.known(addresses)
    store.kinds_of(addresses[0])
    store.drop_from_quarantine(addresses[0], ["failed"])
    store.aliases(SITE, 9)
    store.shapes(SITE, 9)
    store.add_shorter_addresses(SITE, frozenset({"s"}), "")
    sites = [SITE, *(f"site-{number}.example" for number in numbers)]
    due = store.due(sites, deepest=3, limit=1)
    store.due(sites, limit=9, after=due[0] if due else None)
    store.postpone_unfetched(sites, 3, PLAN)
    store.finish_run(run, {}, 0)


@pytest.mark.parametrize("size", [1, 2, 40])
@pytest.mark.parametrize("duplicates", ["link", "drop"])
def test_writing_and_due_read_no_table_from_end_to_end(database: str, size: int, duplicates: Duplicates) -> None:
    with Store(database, duplicates=duplicates) as store:
        with caught_statements() as caught:
            write_everything(store, size)
        assert len(caught) > 40
        assert scans(store, caught) == []


def test_export_of_a_day_reads_no_table_from_end_to_end(database: str) -> None:
    with Store(database) as store:
        write(store, [article(number, published="2026-03-24T10:00:00+00:00") for number in range(40)])
        with caught_statements() as caught:
            assert len(list(store.read(since="2026-03-24", until="2026-03-24"))) == 40
            assert len(list(store.read(site=SITE, since="2026-03-24"))) == 40
        assert len(caught) == 2
        assert scans(store, caught) == []


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"kind": "live_blog"}, Wanted(kind="live_blog")),
        ({"confidence": 0.1}, Wanted(below=0.5)),
        ({"duplicate_of": "https://herald.example/0"}, Wanted(copies="only")),
    ],
    ids=["kind", "confidence", "copies"],
)
def test_list_of_rare_articles_is_read_from_an_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: dict[str, Any], wanted: Wanted
) -> None:
    monkeypatch.setattr(record_lists, "NEWEST_RECORDS", 5)
    with Store(str(tmp_path / "news.db"), duplicates="off") as store:
        write(store, [article(number, confidence=0.9) for number in range(30)])
        write(store, [article(number, **given) for number in range(30, 34)])
        write(store, [article(number, confidence=0.9) for number in range(34, 60)])
        with caught_statements() as caught:
            first = store.ask(record_lists.list_records, articles, wanted, 3)
            last = store.ask(record_lists.list_records, articles, replace(wanted, before=first[-1].number), 3)
        assert [listed.number for listed in (*first, *last)] == [34, 33, 32, 31]
        assert all("COVERING INDEX" in found for found in scans(store, caught))


def test_frequent_articles_are_found_among_the_newest(tmp_path: Path) -> None:
    with Store(str(tmp_path / "news.db"), duplicates="off") as store:
        write(store, [article(number) for number in range(9)])
        with caught_statements() as caught:
            listed = store.ask(record_lists.list_records, articles, Wanted(kind="article"), 4)
        assert [each.number for each in listed] == [9, 8, 7, 6]
        assert scans(store, caught) == []


def test_statement_that_reads_a_table_from_end_to_end_is_found(database: str) -> None:
    with Store(database) as store, caught_statements() as caught:
        with store._engine.connect() as connection:
            connection.exec_driver_sql("SELECT key FROM articles WHERE title = 'Ferry'")
        assert len(scans(store, caught)) == 1


def test_lists_longer_than_a_statement_takes_parameters(database: str) -> None:
    many = [f"https://{SITE}/story-{number}" for number in range(MANY)]
    sites = [SITE, *(f"site-{number}.example" for number in range(MANY))]
    with Store(database) as store:
        write(store, [article(1), article(2)], found=[found("page", -HOUR)])
        assert len(store.known([*many, article(1).key])) == 1
        assert [state.url for state in store.due(sites, limit=9)] == [f"https://{SITE}/page"]
        store.postpone_unfetched(sites, None, PLAN)
        assert store.due(sites, limit=9) == []


@pytest.mark.nightly
def test_records_of_any_number_are_one_batch(database: str) -> None:
    with Store(database, duplicates="off") as store:
        store.write([article(number, body="It sails.", word_count=2) for number in range(MANY)])
        assert store.count(articles).total() == MANY
        assert store.forget([article(number).key for number in range(MANY)]).rows["articles"] == MANY
