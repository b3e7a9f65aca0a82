"""The account of a run in words."""

from collections import Counter
from datetime import timedelta

import pytest

from newsspider.clock import as_text
from newsspider.kinds import Kind
from newsspider.record import ArticleRecord
from newsspider.revisiting.accounts import SiteAccount, cause_of, describe_account
from tests.revisiting.test_schedule import HOUR, NOON

SITE = "herald.example"


def account(**found: object) -> SiteAccount:
    return SiteAccount(**{"site": SITE, **found})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "line"),
    [
        (
            account(listed=143, seen=143, lists=2, newest=as_text(NOON - 2 * HOUR)),
            "0 new: 143 listed, all seen, newest 2 h old",
        ),
        (
            account(lists=3, lists_unchanged=3),
            "0 new: no list was modified since the last run (3 looked at)",
        ),
        (account(lists=2, lists_unchanged=1), "0 new: no list names an article (2 looked at)"),
        (
            account(listed=9, seen=4, lists=1, quarantined=Counter(gallery=5)),
            "0 new: 9 listed, 4 seen, none of the others became an article; quarantined 5 galleries",
        ),
        (account(listed=9, seen=4, lists=1), "0 new: 9 listed, 4 seen, none of the others was fetched"),
        (
            account(listed=9, lists=1, quarantined=Counter(gallery=2)),
            "0 new: 9 listed, 0 seen, 7 of the others not fetched; quarantined 2 galleries",
        ),
        (
            account(failed=Counter({"HTTP 403": 2})),
            "0 new: no page could be read; 2 failed (HTTP 403 ×2)",
        ),
        (account(), "0 new: nothing was due"),
        (
            SiteAccount(
                site=SITE, new=12, changed=3, unchanged=40, seen=88, listed=100, quarantined=Counter(index=4, gallery=1)
            ),
            "12 new; 3 changed, 40 unchanged; 88 already seen; quarantined 1 gallery",
        ),
        (account(new=1, alarms=["dark: x"], notes=["asked to wait"]), "1 new; dark: x; asked to wait"),
    ],
)
def test_account_says_what_was_found_and_why_nothing_was(told: SiteAccount, line: str) -> None:
    assert describe_account(told, NOON) == f"{SITE}: {line}"


def test_servers_that_differ_in_their_port_are_named() -> None:
    assert describe_account(account(new=1, ports=[8000, 8001]), NOON) == f"{SITE} (ports 8000, 8001): 1 new"


def test_account_comes_back_as_it_was_kept() -> None:
    told = account(new=2, failed=Counter({"HTTP 404": 1}), fields=Counter(title=2), alarms=["x"])
    assert SiteAccount.from_dict(told.to_dict()) == told
    assert SiteAccount.from_dict({**told.to_dict(), "later": 1}) == told


@pytest.mark.parametrize(
    ("kind", "reason", "cause"),
    [
        ("failed", "HTTP 404", "HTTP 404"),
        ("failed", "no answer in time: took longer than 30 s", "no answer in time"),
        ("truncated", "breaks off", "truncated"),
    ],
)
def test_failures_are_counted_by_cause(kind: Kind, reason: str, cause: str) -> None:
    assert cause_of(ArticleRecord(kind=kind, reason=reason)) == cause


def test_challenges_are_quarantined_and_pages_that_gave_nothing() -> None:
    told = account()
    for kind in ("bot_wall", "failed", "gallery"):
        told.note_other(ArticleRecord(kind=kind, reason="HTTP 500"))
    assert told.unread == {"bot_wall": 1, "HTTP 500": 1}
    assert (told.read, told.tried) == (1, 3)


def test_newest_is_the_latest_of_all() -> None:
    told = account()
    for hours in (2, 1, 3):
        told.note_article("new", ArticleRecord(title="x"), as_text(NOON - timedelta(hours=hours)))
    assert (told.newest, told.new, told.fields["title"]) == (as_text(NOON - HOUR), 3, 3)
