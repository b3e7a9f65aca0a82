"""The sums of runs' accounts by site and day, kept as runs end: a report of a year reads them, not millions of runs."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from sqlalchemy import Connection, select

from newsspider.clock import DAY_CHARS
from newsspider.revisiting.accounts import SiteAccount
from newsspider.revisiting.site_days import SITE_DAY_COUNTS, SITE_DAY_NUMBERS, SiteDay
from newsspider.store.dialects import among
from newsspider.store.replacing import replace_rows
from newsspider.store.schema.tables import accounts, site_days

STREAMED = {
    "yield_per": 1_000
}  # rows fetched at a time; of the statement only, not of the connection
SUMS = (*SITE_DAY_NUMBERS, *SITE_DAY_COUNTS)
_COLUMNS = [site_days.c[name] for name in ("site", "day", *SUMS)]
Runs = Iterable[tuple[str, str, SiteAccount]]  # site, end of the run, account; by site and end


def iter_site_days(
    connection: Connection, since: str, site: str | None = None
) -> Iterator[tuple[str, str, SiteDay]]:
    """Yield (site, day, sums) since a day (YYYY-MM-DD), by site, oldest first."""
    query = select(*_COLUMNS).where(site_days.c.day >= since)
    if site:
        query = query.where(site_days.c.site == site)

    query = query.order_by(site_days.c.site, site_days.c.day)
    for row in connection.execute(query, execution_options=STREAMED).mappings():
        yield row["site"], row["day"], SiteDay.from_mapping(dict(row))


def add_to_days(connection: Connection, day: str, told: Iterable[SiteAccount]) -> None:
    """Add a run's accounts to their sites' day."""
    by_site = {account.site: account for account in told}
    query = select(site_days).where(site_days.c.day == day, among(site_days.c.site, by_site))
    there = {
        row["site"]: SiteDay.from_mapping(dict(row)) for row in connection.execute(query).mappings()
    }
    for site, account in by_site.items():
        there.setdefault(site, SiteDay()).add_run(account)
    _write(connection, ((site, day, sums) for site, sums in sorted(there.items())))


def count_known_days(connection: Connection) -> None:
    """Add up the accounts that a database has from before it kept the sums."""
    query = select(accounts.c.site, accounts.c.finished_at, accounts.c.account)
    query = query.order_by(accounts.c.site, accounts.c.run)
    rows = connection.execute(query, execution_options=STREAMED)
    told = ((row.site, row.finished_at, SiteAccount.from_dict(row.account)) for row in rows)
    for _, runs in groupby(told, key=lambda run: run[0]):
        _write(connection, _iter_sums(runs))


def _iter_sums(runs: Runs) -> Iterator[tuple[str, str, SiteDay]]:
    """Yield the sums of a site's days; a clock that was set back makes no second row for a day."""
    days: dict[tuple[str, str], SiteDay] = {}
    for site, ended, account in runs:
        days.setdefault((site, ended[:DAY_CHARS]), SiteDay()).add_run(account)
    for (site, day), sums in days.items():
        yield site, day, sums


def _write(connection: Connection, days: Iterable[tuple[str, str, SiteDay]]) -> None:
    """Write sums in the places of earlier ones."""
    rows = [{"site": site, "day": day, **sums.to_dict()} for site, day, sums in days]
    if rows:
        replace_rows(connection, site_days, rows, keys=["site", "day"], replaced=SUMS)
