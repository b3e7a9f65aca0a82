"""Runs' accounts by site, kept and read back; the oldest make room."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from sqlalchemy import Connection, delete, func, insert, select

from newsspider.clock import DAY_CHARS, as_text, now, utc_now
from newsspider.revisiting.accounts import SiteAccount
from newsspider.store.dialects import among
from newsspider.store.schema.tables import accounts, runs
from newsspider.store.site_days import add_to_days

# A worker makes a run of each turn: of 50,000 sites in an hour.
KEPT_ACCOUNTS = 750  # of a site: a month of a turn per hour, two years of a crawl per day
KEPT_RUNS = 1_000  # of the database, and all of the last month
KEPT_FOR = timedelta(days=31)  # a report is about 30
REMOVED_RUNS = 20  # at most, with the end of a run: more than one, so that a large table shrinks


def read_accounts(connection: Connection, site: str, limit: int) -> list[tuple[str, SiteAccount]]:
    """Return the last accounts of a site, newest first, each with the end of its run."""
    query = select(accounts.c.finished_at, accounts.c.account).where(accounts.c.site == site)
    rows = connection.execute(query.order_by(accounts.c.run.desc()).limit(limit))
    return [(row.finished_at, SiteAccount.from_dict(row.account)) for row in rows]


def read_sites(connection: Connection) -> list[str]:
    """Return the sites that have accounts."""
    return list(
        connection.execute(select(accounts.c.site).distinct().order_by(accounts.c.site)).scalars()
    )


def write_accounts(connection: Connection, run: int, told: Iterable[SiteAccount]) -> None:
    """Keep a run's accounts, and add them to the sums of the day.

    A run that can't tell whether its end was noted, because the connection broke, notes it again: what is there stays.
    """
    by_site = {each.site: each for each in told}
    query = select(accounts.c.site).where(accounts.c.run == run, among(accounts.c.site, by_site))
    there = set(connection.execute(query).scalars())
    new = [each for site, each in by_site.items() if site not in there]
    if new:
        _insert_accounts(connection, run, new)
        for site in sorted(by_site):
            _drop_old_accounts(connection, site)


def _insert_accounts(connection: Connection, run: int, new: Sequence[SiteAccount]) -> None:
    """Insert a run's accounts, and add them to the sums of the day."""
    now = utc_now()
    common = {"run": run, "finished_at": now}
    rows = [{"site": each.site, "account": each.to_dict(), **common} for each in new]
    connection.execute(insert(accounts), rows)
    add_to_days(connection, now[:DAY_CHARS], new)


def drop_old_runs(connection: Connection, run: int) -> None:
    """Remove some runs that are long over, the oldest first.

    Args:
        connection: in a transaction.
        run: the number of one that has just ended.
    """
    candidates = (
        select(runs.c.id)
        .where(runs.c.id <= run - KEPT_RUNS)
        .order_by(runs.c.id)
        .limit(REMOVED_RUNS)
    )
    # Those that another worker is just removing are left out.
    oldest = connection.execute(candidates.with_for_update(skip_locked=True)).scalars().all()
    ended = func.coalesce(runs.c.finished_at, runs.c.started_at)
    connection.execute(
        delete(runs).where(among(runs.c.id, oldest), ended < as_text(now() - KEPT_FOR))
    )


def _drop_old_accounts(connection: Connection, site: str) -> None:
    """Remove the accounts of a site beyond the last ones."""
    of_site = accounts.c.site == site
    last = (
        select(accounts.c.run)
        .where(of_site)
        .order_by(accounts.c.run.desc())
        .offset(KEPT_ACCOUNTS)
        .limit(1)
    )
    connection.execute(delete(accounts).where(of_site, accounts.c.run <= last.scalar_subquery()))
