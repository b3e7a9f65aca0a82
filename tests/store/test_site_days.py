"""The sums of runs by site and day."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from newsspider.revisiting.accounts import SiteAccount
from newsspider.revisiting.site_days import SiteDay
from newsspider.store import accounts, site_days
from newsspider.store.store import Store

HERALD, POST = "herald.example", "post.example"


def account(site: str, new: int) -> SiteAccount:
    return SiteAccount(
        site=site, new=new, lists=3, lists_unchanged=1, failed=Counter({"HTTP 503": 1}),
        quarantined=Counter(bot_wall=2, index=5), fields=Counter(title=new), response_times=Counter({"100": new}),
    )  # fmt: skip


@pytest.fixture
def end_run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """End runs at a moment."""

    def end(store: Store, moment: str, *told: SiteAccount, run: int | None = None) -> None:
        monkeypatch.setattr(accounts, "utc_now", lambda: moment)
        store.finish_run(run or store.start_run("crawl news", {}), {}, 0, told)

    return end


def days(store: Store) -> list[tuple[str, str, SiteDay]]:
    return list(store.iter_site_days("2000-01-01"))


def test_runs_of_a_day_add_up(database: str, end_run: Callable[..., None]) -> None:
    with Store(database) as store:
        end_run(store, "2026-03-24T10:00:00+00:00", account(HERALD, 2), account(POST, 1))
        end_run(store, "2026-03-24T11:00:00+00:00", account(HERALD, 5))
        end_run(store, "2026-03-25T00:00:00+00:00", account(HERALD, 1))
        assert [(site, day, sums.runs, sums.new) for site, day, sums in days(store)] == [
            (HERALD, "2026-03-24", 2, 7), (HERALD, "2026-03-25", 1, 1), (POST, "2026-03-24", 1, 1),
        ]  # fmt: skip
        assert days(store)[0][2] == SiteDay(
            runs=2, new=7, failed=6, lists=6, lists_unchanged=2,
            fields=Counter(title=7), response_times=Counter({"100": 7}),
        )  # fmt: skip


def test_run_whose_end_is_noted_twice_counts_once(database: str, end_run: Callable[..., None]) -> None:
    with Store(database) as store:
        run = store.start_run("crawl news", {})
        for moment in ("2026-03-24T10:00:00+00:00", "2026-03-24T10:00:05+00:00"):
            end_run(store, moment, account(HERALD, 2), run=run)
        assert [sums.runs for _, _, sums in days(store)] == [1]


def test_only_one_site_is_read_when_one_is_asked_for(database: str, end_run: Callable[..., None]) -> None:
    with Store(database) as store:
        end_run(store, "2026-03-24T10:00:00+00:00", account(HERALD, 2), account(POST, 1))
        assert [site for site, _, _ in store.iter_site_days("2026-03-24", POST)] == [POST]
        assert list(store.iter_site_days("2026-03-25")) == []


def test_older_database_gets_the_sums_of_its_accounts(database: str, end_run: Callable[..., None]) -> None:
    with Store(database) as store:
        for hour in range(3):
            end_run(store, f"2026-03-24T{hour:02}:00:00+00:00", account(HERALD, hour), account(POST, 1))
        kept = days(store)
        with store._writing.begin() as connection:
            connection.execute(text("DELETE FROM site_days"))
            site_days.count_known_days(connection)
        assert days(store) == kept


def test_account_of_an_earlier_version_has_no_response_times() -> None:
    told: dict[str, Any] = SiteAccount(site=HERALD, new=1).to_dict()
    del told["response_times"]
    day = SiteDay()
    day.add_run(SiteAccount.from_dict(told))
    assert day.response_times == Counter()
