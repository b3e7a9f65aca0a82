"""Worker processes: each page gives a record, in order, whatever one of them does to its worker."""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import SimpleNamespace
from typing import cast

import pytest

from newsspider import pool
from newsspider.page import RawPage
from newsspider.pool import extract_raw, failed_record, iter_records
from newsspider.record import Kind

HTML = b"<html><body><article><h1>Ferry is back</h1>" + b"<p>The ferry sails again, said the harbour master.</p>" * 9
URL = "https://herald.example/"


def raw_page(name: str, body: bytes = HTML) -> RawPage:
    return RawPage(body=body, url=URL + name, source=f"saved/{name}.html")


def hostile_page(name: str, action: Callable[[], object]) -> RawPage:
    """Return a page that acts in the worker, when its headers are read: so the real worker meets a real death."""
    headers = cast("Mapping[str, str]", SimpleNamespace(items=action))
    return RawPage(body=HTML, url=URL + name, source=f"saved/{name}.html", headers=headers)


@pytest.mark.parametrize("workers", [0, 2])
def test_records_come_in_the_order_of_the_pages(workers: int) -> None:
    pages = [raw_page(str(number), HTML * (1 + number % 3)) for number in range(20)]
    records = list(iter_records(pages, workers))
    assert [record.source for record in records] == [page.source for page in pages]
    assert {record.kind for record in records} == {"article"}


def test_workers_and_this_process_give_the_same_records() -> None:
    pages = [raw_page("ferry"), raw_page("empty", b""), RawPage(body=b"", source="a.gz", problem="can't be read: x")]
    assert list(iter_records(pages, 0)) == list(iter_records(pages, 1))


def test_death_hang_and_error_cost_one_record_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "DEADLINE_SECONDS", 3.0)
    pages = [
        raw_page("first"),
        hostile_page("abort", os.abort),
        hostile_page("hang", partial(time.sleep, 600)),
        hostile_page("exit", partial(os._exit, 3)),
        hostile_page("raise", partial(int, "no number")),
        *(raw_page(str(number)) for number in range(5)),
    ]
    records = {record.url: record for record in iter_records(pages, 2)}
    assert {url: record.reason for url, record in records.items() if record.kind != "article"} == {
        f"{URL}abort": "the worker process died (exit code -6)",
        f"{URL}hang": "took longer than 3 s",
        f"{URL}exit": "the worker process died (exit code 3)",
        f"{URL}raise": "ValueError: invalid literal for int() with base 10: 'no number'",
    }
    assert len(records) == len(pages)
    assert records[f"{URL}hang"].source == "saved/hang.html"


def test_pages_are_read_only_as_far_ahead_as_workers_need() -> None:
    read = 0

    def count_read() -> Iterator[RawPage]:
        nonlocal read
        for number in range(200):
            read += 1
            yield raw_page(str(number))

    records = iter_records(count_read(), 1)
    next(records)
    records.close()  # type: ignore[attr-defined]  # a generator, declared as what callers need of it
    assert read == pool.PAGES_AHEAD


@pytest.mark.parametrize("workers", [0, 1])
def test_error_of_the_input_reaches_the_caller(workers: int) -> None:
    def broken_input() -> Iterator[RawPage]:
        yield raw_page("first")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(iter_records(broken_input(), workers))


@pytest.mark.parametrize("workers", [0, 1])
def test_no_pages_give_no_records(workers: int) -> None:
    assert list(iter_records([], workers)) == []


@pytest.mark.parametrize(
    ("raw", "kind", "reason"),
    [
        (raw_page("a", b""), "empty", "no content: 0 bytes"),
        (raw_page("a", b"<!-- -->"), "empty", "no content: no element and no text"),
        (raw_page("a", b"\xff\xd8\xff\xe0"), "not_html", "not HTML: JPEG image"),
        (RawPage(body=b"", url=URL + "a", source="saved/a.html", problem="larger than 20 MiB"), "failed", "larger"),
    ],
)
def test_page_that_gives_nothing_is_a_record_with_kind_and_reason(raw: RawPage, kind: Kind, reason: str) -> None:
    record = extract_raw(raw)
    assert record.kind == kind
    assert (record.reason or "").startswith(reason)
    assert (record.url, record.site, record.source) == (URL + "a", "herald.example", "saved/a.html")


def test_failed_record_keeps_what_is_known() -> None:
    raw = RawPage(body=b"", url="https://www.herald.co.uk/a", source="x", fetched_at="2026-03-24T09:00:00+00:00")
    record = failed_record(raw, "why")
    assert (record.kind, record.reason, record.site) == ("failed", "why", "herald.co.uk")
    assert (record.url, record.source, record.fetched_at) == (raw.url, raw.source, raw.fetched_at)
