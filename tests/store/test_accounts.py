"""Runs and their accounts: the oldest make room, since a worker makes a run of each turn."""

from datetime import timedelta

import pytest

from newsspider.revisiting.accounts import SiteAccount
from newsspider.store import accounts
from newsspider.store.store import Store


def finish_runs(database: str, number: int, *sites: str) -> list[int]:
    """Finish so many runs with an account of each site, and return the numbers of the runs that are left."""
    with Store(database) as store:
        for new in range(number):
            run = store.start_run("crawl news", {})
            store.finish_run(run, {}, 0, [SiteAccount(site=site, new=new) for site in sites])
        return sorted(run["id"] for run in store.read_runs(100))


def test_site_keeps_its_last_accounts(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "KEPT_ACCOUNTS", 3)
    finish_runs(database, 2, "herald.example")
    finish_runs(database, 5, "post.example")
    with Store(database) as store:
        assert [each.new for _, each in store.accounts("herald.example", 9)] == [1, 0]
        assert [each.new for _, each in store.accounts("post.example", 9)] == [4, 3, 2]


def test_runs_go_when_they_are_old_and_many_came_after_them(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "KEPT_RUNS", 2)
    assert finish_runs(database, 4) == [1, 2, 3, 4]
    monkeypatch.setattr(accounts, "KEPT_FOR", timedelta(minutes=-1))
    assert finish_runs(database, 1) == [4, 5]


def test_old_runs_are_kept_while_few_came_after_them(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "KEPT_FOR", timedelta(minutes=-1))
    assert finish_runs(database, 4) == [1, 2, 3, 4]
