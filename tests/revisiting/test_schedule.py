"""When an address is looked at again."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from newsspider.clock import as_text
from newsspider.errors import UsageError
from newsspider.revisiting.page_states import PageState, Role
from newsspider.revisiting.schedule import (
    RevisitPlan,
    birth,
    is_due,
    is_worth_another_try,
    next_article_look,
    next_listing_look,
    next_try,
    parse_span,
)

NOON = datetime(2026, 3, 24, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AGES = (HOUR, 6 * HOUR, DAY, 7 * DAY)
LIST: Any = {
    "address": "https://herald.example/f",
    "url": "https://herald.example/f",
    "site": "herald.example",
    "role": "feed",
    "found_at": "2026-03-01T00:00:00+00:00",
}
PLAN = RevisitPlan(ages=AGES, patience=0.1, longest=DAY, first_retry=HOUR, tries=3)


def state(**known: str | None) -> PageState:
    return PageState(
        address="https://herald.example/a",
        url="https://herald.example/a",
        site="herald.example",
        role="article",
        **{"found_at": as_text(NOON), **known},  # type: ignore[arg-type]
    )


def test_article_is_looked_at_after_each_of_the_ages_and_then_not() -> None:
    now, looks = NOON, []
    while due := next_article_look(as_text(NOON), now, AGES):
        looks.append(due)
        now = datetime.fromisoformat(due)
    assert looks == [as_text(NOON + age) for age in AGES]


@pytest.mark.parametrize(("late", "expected"), [(50, 6 * HOUR), (40, HOUR)])
def test_look_shortly_before_its_time_counts_as_that_look(late: int, expected: timedelta) -> None:
    assert next_article_look(as_text(NOON), NOON + timedelta(minutes=late), AGES) == as_text(NOON + expected)


def test_article_that_was_old_when_it_was_found_is_not_looked_at_again() -> None:
    born = birth(as_text(NOON), "2020-01-01T10:00:00+01:00")
    assert next_article_look(born, NOON, AGES) is None


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (None, NOON),
        ("2026-03-24T10:00:00+01:00", NOON - 3 * HOUR),
        ("2026-03-24T10:00:00", NOON),  # no zone: the day alone is certain
        ("2026-03-24", NOON),
        ("2026-03-20", datetime(2026, 3, 21, tzinfo=UTC)),
        ("2026-05-01T10:00:00Z", NOON),  # announced for later
        ("soon", NOON),
        ("9999-12-31", NOON),
    ],
)
def test_age_counts_from_the_publication_at_the_latest_from_the_finding(
    published: str | None, expected: datetime
) -> None:
    assert birth(as_text(NOON), published) == as_text(expected)


def test_clock_that_was_ahead_puts_no_look_off() -> None:
    ahead = as_text(NOON + 3650 * DAY)
    assert next_article_look(ahead, NOON, AGES) == as_text(NOON + HOUR)
    assert next_listing_look(ahead, NOON, PLAN) == as_text(NOON)


@pytest.mark.parametrize(("quiet", "wait"), [(0 * HOUR, 0 * HOUR), (10 * HOUR, HOUR), (100 * DAY, DAY)])
def test_list_is_looked_at_the_later_the_longer_it_has_brought_nothing_new(quiet: timedelta, wait: timedelta) -> None:
    assert next_listing_look(as_text(NOON - quiet), NOON, PLAN) == as_text(NOON + wait)


@pytest.mark.parametrize(
    ("failures", "status", "wait"),
    [
        (1, None, HOUR),
        (2, 500, 2 * HOUR),
        (3, 500, None),
        (1, 404, DAY),
        (2, 404, None),
        (1, 410, None),
    ],
)
def test_page_that_gave_nothing_is_tried_later_and_later_then_not(
    failures: int, status: int | None, wait: timedelta | None
) -> None:
    assert next_try(failures, status, NOON, PLAN) == (as_text(NOON + wait) if wait else None)


@pytest.mark.parametrize(("failures", "status", "wait"), [(3, 500, DAY), (9, None, DAY), (2, 404, None)])
def test_list_that_gave_nothing_is_tried_on_unless_it_is_gone(
    failures: int, status: int | None, wait: timedelta | None
) -> None:
    due = next_try(failures, status, NOON, PLAN, is_needed=True)
    assert due == (as_text(NOON + wait) if wait else None)


@pytest.mark.parametrize(
    ("known", "worth"),
    [
        (PageState(**LIST, failures=2, fetched_at=as_text(NOON - DAY)), True),
        (PageState(**LIST, failures=2, fetched_at=as_text(NOON - HOUR)), False),
        (PageState(**LIST, failures=0, fetched_at=as_text(NOON - DAY)), False),
        (PageState(**LIST, failures=2, fetched_at=as_text(NOON - DAY), due_at=as_text(NOON)), False),
    ],
)
def test_list_that_was_given_up_and_is_named_is_tried_once_in_a_while(known: PageState, worth: bool) -> None:
    assert is_worth_another_try(known, NOON, PLAN) is worth


BEFORE, LATER, FAR = as_text(NOON - HOUR), as_text(NOON + HOUR), as_text(NOON + 3650 * DAY)


@pytest.mark.parametrize(
    ("known", "role", "modified", "due"),
    [
        (None, "article", None, True),
        (state(due_at=BEFORE), "article", None, True),
        (state(due_at=LATER), "article", None, False),
        (state(due_at=None), "article", None, False),
        (state(due_at=LATER), "seed", None, True),
        (state(due_at=BEFORE, wait_until=LATER), "seed", None, False),
        (state(due_at=None, fetched_at=BEFORE), "article", as_text(NOON), True),
        # Planned by a clock that was ahead and has been set right
        (state(due_at=FAR, fetched_at=FAR), "article", None, True),
        (state(due_at=FAR, fetched_at=FAR, wait_until=FAR), "seed", None, True),
        (state(due_at=FAR, found_at=FAR), "article", None, True),
        (state(due_at=None, fetched_at=FAR), "article", None, False),
        (state(due_at=LATER, fetched_at=BEFORE, found_at=FAR), "article", None, False),
        (state(due_at=None, fetched_at=BEFORE), "article", as_text(NOON - 2 * HOUR), False),
        (state(due_at=None, fetched_at=BEFORE), "article", as_text(NOON + DAY), False),  # a date in the future
        (state(due_at=None, fetched_at=BEFORE), "article", "2026-03-24", False),  # a day says too little
    ],
)
def test_address_is_due(known: PageState | None, role: Role, modified: str | None, due: bool) -> None:
    assert is_due(known, role, NOON, modified) is due


@pytest.mark.parametrize(("text", "span"), [("90s", timedelta(seconds=90)), (" 1.5 H", 1.5 * HOUR), ("2w", 14 * DAY)])
def test_span_is_read(text: str, span: timedelta) -> None:
    assert parse_span(text) == span


@pytest.mark.parametrize("text", ["", "6", "h", "6 hours of sleep", "-1h", "36526d", f"{'9' * 400}s"])
def test_what_is_no_span_is_refused_by_name(text: str) -> None:
    with pytest.raises(UsageError, match=r"not a duration|duration too long"):
        parse_span(text)
