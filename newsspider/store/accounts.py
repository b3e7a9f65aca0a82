"""Runs' accounts by site, kept and read back."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from newsspider.clock import utc_now
from newsspider.revisiting.accounts import SiteAccount
from newsspider.store.dialects import upsert
from newsspider.store.schema.tables import accounts


def read_accounts(connection: Connection, site: str, limit: int) -> list[tuple[str, SiteAccount]]:
    """Return the last accounts of a site, newest first, each with the end of its run."""
    query = select(accounts.c.finished_at, accounts.c.account).where(accounts.c.site == site)
    rows = connection.execute(query.order_by(accounts.c.run.desc()).limit(limit))
    return [(row.finished_at, SiteAccount.from_dict(row.account)) for row in rows]


def read_sites(connection: Connection) -> list[str]:
    """Return the sites that have accounts."""
    return list(connection.execute(select(accounts.c.site).distinct().order_by(accounts.c.site)).scalars())


def write_accounts(connection: Connection, run: int, told: Iterable[SiteAccount]) -> None:
    """Keep a run's accounts."""
    moment = utc_now()
    rows = [{"site": each.site, "run": run, "finished_at": moment, "account": each.to_dict()} for each in told]
    if rows:
        # A run that can't tell whether its end was noted, because the connection broke, notes it again.
        connection.execute(upsert(connection, accounts).on_conflict_do_nothing(), rows)
