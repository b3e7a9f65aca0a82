"""A site's health beside its own past."""

from collections import Counter
from dataclasses import replace

import pytest

from newsspider.clock import as_text
from newsspider.revisiting.accounts import COVERED_FIELDS, SiteAccount
from newsspider.revisiting.health import find_alarms, is_overdue
from tests.revisiting.test_schedule import DAY, HOUR, NOON

FULL = Counter(dict.fromkeys(COVERED_FIELDS, 10))


def past(runs: int) -> list[SiteAccount]:
    """Return the accounts of daily runs of a healthy site, newest first."""
    return [
        SiteAccount(site="x", new=10, listed=100, lists=4, fields=FULL, newest=as_text(NOON - ago * DAY - HOUR))
        for ago in range(1, runs + 1)
    ]


def account(**found: object) -> SiteAccount:
    return SiteAccount(**{"site": "x", "newest": as_text(NOON - HOUR), **found})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "alarm"),
    [
        ({"failed": Counter({"HTTP 403": 4})}, "dark: 4 of 4 pages failed with HTTP 403"),
        ({"failed": Counter({"no answer in time": 1})}, "dark: no answer in time"),
        ({"quarantined": Counter(bot_wall=3)}, "dark: blocked: every page is a challenge to robots"),
        ({"quarantined": Counter(consent=3)}, "dark: every page is a request for consent"),
        ({"lists": 4, "listed": 0}, "lists 0 articles, usually 100"),
        ({"lists": 4, "listed": 90, "new": 8, "fields": Counter(title=8, published=8, body=8)},
         "authors found in 0% of new articles, usually in 100%"),
        ({"lists": 4, "listed": 90, "failed": Counter({"HTTP 403": 9})},
         "9 of 13 pages gave nothing (HTTP 403), usually 0%"),
        ({"lists": 4, "listed": 90, "redirected": Counter({"https://x/login": 9})}, "9 addresses lead to https://x/login"),
        ({"unchanged": 4, "failed": Counter(feed=1)}, "no list could be read, usually 4"),
        ({"lists": 4, "listed": 90, "newest": as_text(NOON - 5 * DAY)},
         "nothing new for 5 d, usually one every 2 h"),
    ],
)  # fmt: skip
def test_what_has_fallen_far_under_its_usual_is_named(found: dict[str, object], alarm: str) -> None:
    assert find_alarms(account(**found), past(10), NOON) == [alarm]


@pytest.mark.parametrize(
    "found",
    [
        {"lists": 4, "listed": 60, "new": 3, "fields": Counter(dict.fromkeys(COVERED_FIELDS, 3))},
        {"lists": 4, "lists_unchanged": 4},  # nothing modified: nothing to list
        {"lists": 4, "listed": 90, "failed": Counter({"HTTP 404": 2})},
        {"lists": 4, "listed": 90, "newest": as_text(NOON - DAY)},
        {},  # nothing was due
    ],
)
def test_healthy_site_has_no_alarm(found: dict[str, object]) -> None:
    assert find_alarms(account(**found), past(10), NOON) == []


def test_run_that_was_cut_short_is_judged_by_what_can_be_read_alone() -> None:
    assert find_alarms(account(lists=4, listed=0, whole=False), past(10), NOON) == []
    assert find_alarms(account(failed=Counter(x=1), whole=False), past(10), NOON) == ["dark: x"]
    cut = [replace(each, listed=1, whole=False) for each in past(10)]
    assert find_alarms(account(lists=4, listed=0), cut, NOON) == []


@pytest.mark.parametrize(
    ("hours_ago", "overdue"),
    [
        ([6, 7, 8, 9, 10], True),
        ([4, 5, 6, 7, 8], False),
        ([40, 64, 88, 112], False),  # daily
        ([600, 601], False),  # too few to tell
        ([0.5, 0.51, 0.52, 0.53, 0.54], False),  # tried by hand
    ],
)
def test_runs_that_have_stopped_are_noticed(hours_ago: list[float], overdue: bool) -> None:
    assert is_overdue([as_text(NOON - hours * HOUR) for hours in hours_ago], NOON) is overdue


@pytest.mark.parametrize("runs", [0, 1, 2])
def test_site_without_a_past_is_judged_by_what_can_be_read_alone(runs: int) -> None:
    assert find_alarms(account(lists=1, listed=0), past(runs), NOON) == []
    assert find_alarms(account(failed=Counter(x=1)), past(runs), NOON) == ["dark: x"]
