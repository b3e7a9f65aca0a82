"""Runs' accounts by site, kept and read back."""

from collections.abc import Iterable

from sqlalchemy import Connection, insert, select

from newsspider.clock import utc_now
from newsspider.revisiting.accounts import SiteAccount
from newsspider.store.tables import accounts


def read_accounts(connection: Connection, site: str, limit: int) -> list[SiteAccount]:
    """Return the last accounts of a site, newest first."""
    query = select(accounts.c.account).where(accounts.c.site == site).order_by(accounts.c.run.desc()).limit(limit)
    return [SiteAccount.from_dict(account) for account in connection.execute(query).scalars()]


def write_accounts(connection: Connection, run: int, told: Iterable[SiteAccount]) -> None:
    """Keep a run's accounts."""
    moment = utc_now()
    rows = [{"site": each.site, "run": run, "finished_at": moment, "account": each.to_dict()} for each in told]
    if rows:
        connection.execute(insert(accounts), rows)
