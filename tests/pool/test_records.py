"""A stream of records: one for each page, as they finish or in order, whatever a page does to its worker."""

import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import SimpleNamespace
from typing import cast

import pytest

from newsspider.extraction.witness_policy import POLICIES, WitnessPolicy
from newsspider.pages.raw_page import RawPage, SavedPage
from newsspider.pool import Limits, extract_raw, iter_records
from newsspider.pool.records import PAGES_AHEAD
from tests.witness_page import RAW

pytestmark = pytest.mark.processes

HTML = b"<html><body><article><h1>Ferry is back</h1>" + b"<p>The ferry sails again, said the harbour master.</p>" * 9
URL = "https://herald.example/"


def raw_page(name: str, body: bytes = HTML) -> RawPage:
    return RawPage(body=body, url=URL + name, source=f"saved/{name}.html")


def hostile_page(name: str, action: Callable[[], object]) -> RawPage:
    """Return a page that acts in the worker, when its headers are read: so the real worker meets a real death."""
    headers = cast("Mapping[str, str]", SimpleNamespace(items=action))
    return RawPage(body=HTML, url=URL + name, source=f"saved/{name}.html", headers=headers)


@pytest.mark.parametrize("workers", [0, 2])
def test_records_come_in_the_order_of_the_pages_when_asked(workers: int) -> None:
    pages = [raw_page(str(number), HTML + b"<!-- ferry -->" * 9000 * (number % 3)) for number in range(40)]
    records = list(iter_records(pages, Limits(workers=workers), ordered=True))
    assert [record.source for record in records] == [page.source for page in pages]
    assert {record.kind for record in records} == {"article"}


def test_a_slow_page_holds_up_none_that_come_after_it() -> None:
    pages = [hostile_page("slow", work_long), *(raw_page(str(number)) for number in range(30))]
    records = iter_records(pages, Limits(workers=2, deadline=5, patience=100))
    assert [next(records).kind for _ in range(30)] == ["article"] * 30
    assert next(records).source == "saved/slow.html"


def test_workers_and_this_process_give_the_same_records() -> None:
    pages = [raw_page("ferry"), raw_page("empty", b""), RawPage(body=b"", source="a.gz", problem="can't be read: x")]
    assert list(iter_records(pages, Limits(workers=0))) == list(iter_records(pages, Limits(workers=1), ordered=True))


@pytest.mark.parametrize("workers", [0, 1])
@pytest.mark.parametrize("policy", POLICIES)
def test_policy_reaches_the_workers(workers: int, policy: WitnessPolicy) -> None:
    (record,) = iter_records([RAW], Limits(workers=workers, witness=policy))
    assert record == extract_raw(RAW, policy)


def work_long() -> None:
    """Take processor time without end."""
    while True:
        sum(range(1000))


def allocate() -> None:
    """Take memory without end."""
    held = []
    while True:
        held.append(bytearray(16 << 20))


@pytest.mark.parametrize("ordered", [True, False])
def test_death_hang_hunger_and_error_cost_one_record_each(ordered: bool) -> None:
    hostile: dict[str, tuple[Callable[[], object], str]] = {
        "abort": (os.abort, "the worker process died (SIGABRT)"),
        "hang": (work_long, "took longer than 3 s"),
        "exit": (partial(os._exit, 3), "the worker process died (exit code 3)"),
        "hunger": (allocate, "needed more than 512 MiB of memory"),
        "raise": (partial(int, "no number"), "ValueError: invalid literal for int() with base 10: 'no number'"),
    }
    pages = [
        raw_page("first"),
        *(hostile_page(name, action) for name, (action, _) in hostile.items()),
        *(raw_page(str(number)) for number in range(30)),
    ]
    records = list(iter_records(pages, Limits(workers=2, deadline=3, patience=100, memory=512), ordered=ordered))
    failed = {record.source: record.reason for record in records if record.kind != "article"}
    assert failed == {f"saved/{name}.html": reason for name, (_, reason) in hostile.items()}
    assert sorted(record.url or "" for record in records) == sorted(page.url or "" for page in pages)


def read_in(pid: int) -> RawPage:
    """Return a page if this is not the process that it names."""
    return RawPage(body=HTML if os.getpid() != pid else b"", url=URL + "apart", source="saved/apart.html")


def hang() -> RawPage:
    """Return nothing for a long time."""
    work_long()
    return raw_page("late")


def test_page_that_is_yet_to_be_read_is_read_by_its_worker_within_the_limits() -> None:
    pages = [
        SavedPage("saved/apart.html", partial(read_in, os.getpid()), apart=True),
        SavedPage("saved/stuck.html", hang, URL + "stuck", apart=True),
    ]
    apart, stuck = iter_records(pages, Limits(workers=1, deadline=2, patience=100), ordered=True)
    assert (apart.kind, apart.url, apart.source) == ("article", URL + "apart", "saved/apart.html")
    assert (stuck.kind, stuck.url, stuck.source) == ("failed", URL + "stuck", "saved/stuck.html")
    assert stuck.reason == "took longer than 2 s"


@pytest.mark.parametrize("ordered", [True, False])
def test_pages_are_read_only_as_far_ahead_as_workers_need(ordered: bool) -> None:
    read = 0

    def count_read() -> Iterator[RawPage]:
        nonlocal read
        for number in range(200):
            read += 1
            yield raw_page(str(number))

    records = iter_records(count_read(), Limits(workers=1), ordered=ordered)
    for yielded in range(1, 100):
        next(records)
        assert read <= yielded + PAGES_AHEAD
    records.close()  # type: ignore[attr-defined]  # a generator, declared as what callers need of it


@pytest.mark.parametrize("workers", [0, 1])
def test_error_of_the_input_reaches_the_caller(workers: int) -> None:
    def broken_input() -> Iterator[RawPage]:
        yield raw_page("first")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(iter_records(broken_input(), Limits(workers=workers)))


@pytest.mark.parametrize("workers", [0, 1])
def test_no_pages_give_no_records(workers: int) -> None:
    assert list(iter_records([], Limits(workers=workers))) == []
