"""Sites and runs for people: how each site does, since when it has had trouble, and the cost of runs."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Any

from newsspider.clock import now
from newsspider.errors import EXIT_CODE_MEANINGS, ExitCode
from newsspider.revisiting.accounts import SiteAccount
from newsspider.revisiting.health import is_overdue
from newsspider.store.record_lists import read_run_accounts
from newsspider.store.store import Store

RUNS_OF_SITE = 60  # on its page
RUNS_JUDGED = 10  # on the page of all sites
RUNS_SHOWN = 30
OVERDUE = "no run has come since"
SUMMED = ("new", "changed", "unchanged")


@dataclass(frozen=True)
class SiteState:
    """A site and its last runs.

    Attributes:
        site: the registered domain.
        runs: (end, account), newest first.
    """

    site: str
    runs: list[tuple[str, SiteAccount]]

    @property
    def latest(self) -> SiteAccount:
        """The account of the last run."""
        return self.runs[0][1]

    @property
    def last_run(self) -> str:
        """When the last run ended."""
        return self.runs[0][0]

    @property
    def problems(self) -> list[str]:
        """Its problems in words, worst first."""
        late = is_overdue([moment for moment, _ in self.runs], now())
        return [*self.latest.alarms, *([OVERDUE] if late else [])]

    @property
    def troubled_runs(self) -> list[tuple[str, SiteAccount]]:
        """The last runs that all had problems, newest first."""
        return list(takewhile(lambda run: run[1].alarms, self.runs))

    @property
    def broke_at(self) -> str | None:
        """When the first of these runs ended; None where the last run had no problem."""
        return self.troubled_runs[-1][0] if self.troubled_runs else None

    @property
    def new(self) -> int:
        """New articles of all these runs."""
        return sum(account.new for _, account in self.runs)


def read_sites(store: Store) -> list[SiteState]:
    """Return the sites that were crawled, those with problems first."""
    states = (read_site(store, site, RUNS_JUDGED) for site in store.sites())
    return sorted(
        (each for each in states if each.runs), key=lambda each: (not each.problems, each.site)
    )


def read_site(store: Store, site: str, runs: int = RUNS_OF_SITE) -> SiteState:
    """Return a site and its last runs."""
    return SiteState(site, store.accounts(site, runs))


@dataclass(frozen=True)
class RunCost:
    """A run and its cost.

    Attributes:
        row: of the table of runs.
        seconds: between its begin and its end; None where it has not ended.
        pages: that it asked for, of crawls.
        failed: pages that gave nothing.
        articles: numbers of SUMMED.
        sites: that it crawled.
    """

    row: dict[str, Any]
    seconds: float | None
    pages: int
    failed: int
    articles: Counter[str]
    sites: int

    @property
    def ending(self) -> str:
        """How the run ended, in words."""
        code = self.row["exit_code"]
        if code is None:
            return "running, or killed"
        return (
            f"{code}: {EXIT_CODE_MEANINGS[ExitCode(code)]}" if code in set(ExitCode) else str(code)
        )


def read_run_costs(store: Store, limit: int = RUNS_SHOWN) -> list[RunCost]:
    """Return the last runs, newest first."""
    rows = store.read_runs(limit)
    accounts: dict[int, list[SiteAccount]] = {row["id"]: [] for row in rows}
    for run, account in store.ask(read_run_accounts, accounts):
        accounts[run].append(SiteAccount.from_dict(account))
    return [_cost(row, accounts[row["id"]]) for row in rows]


def _cost(row: dict[str, Any], accounts: list[SiteAccount]) -> RunCost:
    articles = Counter({name: sum(getattr(each, name) for each in accounts) for name in SUMMED})
    pages = sum(each.tried for each in accounts) or sum(row["counts"].values())
    failed = sum(each.unread.total() for each in accounts)
    return RunCost(row, _seconds(row), pages, failed, articles, len(accounts))


def _seconds(row: dict[str, Any]) -> float | None:
    if not row["finished_at"]:
        return None
    return (
        datetime.fromisoformat(row["finished_at"]) - datetime.fromisoformat(row["started_at"])
    ).total_seconds()
