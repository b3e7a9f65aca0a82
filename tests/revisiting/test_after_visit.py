"""What is known of a page after a look."""

from dataclasses import replace
from datetime import timedelta

import pytest

from newsspider.clock import as_text
from newsspider.record import ArticleRecord
from newsspider.revisiting.after_visit import after_visit
from newsspider.revisiting.page_states import PageState, Visit
from newsspider.revisiting.schedule import NEARLY
from tests.revisiting.test_schedule import DAY, HOUR, NOON, PLAN

URL = "https://herald.example/ferry"
VISIT = Visit(
    address=URL,
    url=URL,
    site="herald.example",
    role="article",
    source="https://herald.example/",
    depth=1,
    at=as_text(NOON),
    status=200,
    etag='"a"',
    last_modified="Tue, 24 Mar 2026 10:00:00 GMT",
    reader="1",
)
ARTICLE = ArticleRecord(url=URL, title="Ferry back", body="At six.", body_hash="f" * 32)
FAILED = ArticleRecord(url=URL, kind="failed", reason="HTTP 500")


def look(at: timedelta, known: PageState | None, record: ArticleRecord | None, **fields: object) -> PageState:
    return after_visit(known, replace(VISIT, at=as_text(NOON + at), **fields), record, PLAN)  # type: ignore[arg-type]


def test_first_reading_notes_validators_kind_and_the_next_look() -> None:
    known = look(0 * HOUR, None, ARTICLE)
    assert (known.etag, known.last_modified, known.reader) == (VISIT.etag, VISIT.last_modified, "1")
    assert (known.kind, known.body_hash, known.role) == ("article", "f" * 32, "article")
    assert known.due_at == as_text(NOON + HOUR)


def test_page_that_was_not_modified_keeps_what_is_known_and_is_looked_at_later() -> None:
    first = look(0 * HOUR, None, ARTICLE)
    again = look(HOUR, first, None, modified=False, etag=None, last_modified=None, status=304)
    assert again == replace(first, fetched_at=as_text(NOON + HOUR), due_at=as_text(NOON + 6 * HOUR))


def test_failure_keeps_what_the_page_was_and_forgets_its_validators() -> None:
    known = look(0 * HOUR, None, ARTICLE)
    failed = look(HOUR, known, FAILED, status=500)
    assert (failed.failures, failed.kind, failed.body_hash) == (1, "failed", "f" * 32)
    assert (failed.etag, failed.last_modified) == (None, None)
    assert failed.due_at == as_text(NOON + 2 * HOUR)
    assert look(2 * HOUR, failed, ARTICLE).failures == 0


@pytest.mark.parametrize("kind", ["bot_wall", "consent", "truncated", "empty", "soft_404"])
def test_page_that_gave_nothing_is_no_page_that_was_read(kind: str) -> None:
    assert look(0 * HOUR, None, replace(FAILED, kind=kind)).failures == 1  # type: ignore[arg-type]


def test_feed_that_answers_an_error_was_not_read() -> None:
    assert look(0 * HOUR, None, None, role="feed", status=403).failures == 1


def test_retry_after_puts_off_the_next_look() -> None:
    failed = look(0 * HOUR, None, FAILED, status=503, wait_seconds=3 * 3600.0)
    assert failed.wait_until == failed.due_at == as_text(NOON + 3 * HOUR)


def test_page_that_lists_others_is_a_section_whatever_it_was_asked_for_as() -> None:
    index = ArticleRecord(url=URL, kind="index")
    assert look(0 * HOUR, None, index).role == "section"
    assert look(0 * HOUR, None, index, role="seed").role == "section"
    assert look(0 * HOUR, None, None, role="feed").role == "feed"


def test_list_that_brings_something_new_is_looked_at_soon_and_a_quiet_one_later() -> None:
    index = ArticleRecord(url=URL, kind="index")
    first = look(0 * HOUR, None, index)
    quiet = look(20 * HOUR, first, index)
    assert quiet.due_at == as_text(NOON + 22 * HOUR)
    assert look(DAY, quiet, index, brought=1).due_at == as_text(NOON + DAY)


def test_page_that_redirects_for_now_is_tried_again() -> None:
    redirected = look(0 * HOUR, None, None, led_to="https://herald.example/login")
    assert (redirected.kind, redirected.failures) == ("redirected", 1)


def test_list_of_a_site_with_an_interval_of_its_own_is_looked_at_after_it() -> None:
    plan = replace(PLAN, waits={"herald.example": HOUR / 2})
    known = after_visit(None, replace(VISIT, role="feed"), None, plan)
    assert known.due_at == as_text(NOON + HOUR / 2 / NEARLY)  # a run that comes a little early is that look
