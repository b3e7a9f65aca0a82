"""What requests and responses say of a look at an address."""

from datetime import UTC, datetime

import pytest

from newsspider.crawl.visits.describing import (
    conditional_headers,
    failed_visit,
    found_state,
    redirected_visit,
    seconds_to_wait,
    visit_of,
)
from newsspider.record import ArticleRecord
from newsspider.revisiting.page_states import PageState
from tests.crawl.components import SEED, STORY, answer, ask

OLD = f"{SEED}old/ferry/"
MOMENT = datetime(2026, 3, 24, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("reasons", "moved"),
    [([301], True), ([301, 308], True), ([302], False), ([301, 302], False), (["meta refresh"], False)],
)
def test_look_is_at_what_was_asked_for_and_moved_if_all_redirects_are_for_good(
    reasons: list[object], moved: bool
) -> None:
    request = ask(meta={"redirect_urls": [OLD], "redirect_reasons": reasons, "depth": 3})
    visit = visit_of(request, answer(request, ETag='"7"'), "reader", brought=2)
    assert (visit.url, visit.moved, visit.depth, visit.brought, visit.etag) == (STORY, moved, 3, 2, '"7"')
    assert visit.address == visit.passed[0]
    assert "old" in visit.address
    assert len(visit.passed) == 2


@pytest.mark.parametrize(("status", "waits"), [(429, 90.0), (503, 90.0), (200, None)])
def test_retry_after_counts_where_the_site_asks_to_wait(status: int, waits: float | None) -> None:
    request = ask()
    visit = visit_of(request, answer(request, status=status, Retry_After="90"), "reader")
    assert (visit.wait_seconds, visit.status) == (waits, status)


def test_304_is_a_look_at_an_unmodified_page() -> None:
    request = ask()
    assert not visit_of(request, answer(request, status=304), "reader").modified


def test_redirect_to_a_page_that_was_asked_for_leads_there() -> None:
    request = ask(meta={"redirect_urls": [OLD], "redirect_reasons": [301]})
    visit = redirected_visit(request)
    assert (visit.url, visit.led_to, visit.moved) == (OLD, visit.passed[-1], True)


@pytest.mark.parametrize(("url", "role"), [(SEED, "section"), (STORY, "article")])
def test_failed_record_is_a_look_at_its_address(url: str, role: str) -> None:
    visit = failed_visit(ArticleRecord(url=url, site="herald.example", source=SEED, kind="failed"))
    assert (visit.url, visit.role, visit.status) == (url, role, None)


def state(**known: object) -> PageState:
    found = found_state(ask(meta={"depth": 2}), "herald.example/ferry", "2026-03-24T10:00:00+00:00")
    assert (found.depth, found.fetched_at, found.due_at) == (2, None, found.found_at)
    values = {"reader": "ours", "etag": '"7"', "last_modified": "Tue, 24 Mar 2026 10:00:00 GMT", **known}
    return PageState(address=found.address, url=found.url, site=found.site, role=found.role, found_at="", **values)  # type: ignore[arg-type]  # rows of tests


@pytest.mark.parametrize(
    ("known", "names"),
    [
        ({}, ["If-Modified-Since", "If-None-Match"]),
        ({"etag": None}, ["If-Modified-Since"]),
        ({"reader": "another"}, []),
        ({"failures": 1}, []),
    ],
    ids=str,
)
def test_only_what_the_same_reader_has_read_well_is_asked_for_if_modified(
    known: dict[str, object], names: list[str]
) -> None:
    assert sorted(conditional_headers(state(**known), "ours")) == names


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("Tue, 24 Mar 2026 10:02:00 GMT", 120.0),
        ("Tue, 24 Mar 2026 09:00:00 GMT", 0.0),
        ("Tue, 24 Mar 2099 09:00:00 GMT", 2_592_000.0),
        ("-5", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_as_a_date_too(header: str | None, seconds: float | None) -> None:
    assert seconds_to_wait(header, MOMENT) == seconds
