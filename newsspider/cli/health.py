"""`newsspider health`: how each site has done over its last runs, and what is wrong."""

import json
import sys
from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from newsspider.cli.options.common import Database, Site, open_existing
from newsspider.clock import now
from newsspider.errors import ExitCode, StoreError, UsageError
from newsspider.revisiting.accounts import SiteAccount, describe_age
from newsspider.revisiting.health import is_overdue
from newsspider.revisiting.response_times import MEDIAN, quantile
from newsspider.store.database_errors import DAMAGED
from newsspider.text import show_text

RUNS_SHOWN = 10
CAPTION = (
    "new: in the last runs, the latest first · newest: the age of the newest article · "
    "reply: half of the latest run's answers came within this time"
)


def health(
    database: Database = None,
    site: Site = None,
    runs: Annotated[
        int, typer.Option(metavar="N", min=1, help="Number of recent runs to show.")
    ] = RUNS_SHOWN,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print all accounts as JSON, one line per site.")
    ] = False,
    check: Annotated[
        bool, typer.Option(help="Check the database file for damage; reads the whole file.")
    ] = True,
) -> None:
    """Print the results and problems of each site's last runs, worst first.

    The exit code is 3 if there are problems.

    If the database file is damaged, the exit code is 4.

    A site has a problem if none of its pages could be read, if its runs have stopped, or if it
    lists far fewer articles, has far fewer fields, or has been quiet for far longer than in its own
    past. It also has one if its template changed: new pages keep their text elsewhere than the
    site's pages did.

    For example:

    ```
    newsspider health
    newsspider health --site herald.example --runs 30
    ```
    """
    with open_existing(database) as store:
        sites = [site] if site else store.sites()
        told = {name: store.accounts(name, runs) for name in sites}
        name = store.name
        damage = store.damage() if check else None

    told = {each: accounts for each, accounts in told.items() if accounts}
    if site and not told:
        raise UsageError(f"{name} contains no crawl of {site}; `newsspider health` lists its sites")

    if as_json:
        for each, accounts in told.items():
            rows = [{"finished_at": moment, **account.to_dict()} for moment, account in accounts]
            sys.stdout.write(json.dumps({"site": each, "runs": rows}, ensure_ascii=False) + "\n")
    else:
        _show(told, name)

    if damage:
        raise StoreError(f"{name}: {DAMAGED} ({show_text(damage)})")
    if any(accounts[0][1].alarms or _is_late(accounts) for accounts in told.values()):
        raise typer.Exit(int(ExitCode.SOURCE_DARK))


def _is_late(accounts: list[tuple[str, SiteAccount]]) -> bool:
    """Whether the site's next run should have come long ago."""
    return is_overdue([moment for moment, _ in accounts], now())


def _describe_response(account: SiteAccount) -> str:
    """Return the median response time of a run."""
    seconds = quantile(account.response_times, MEDIAN)
    return "—" if seconds is None else f"{seconds:.2f} s"


def _show(told: dict[str, list[tuple[str, SiteAccount]]], name: str) -> None:
    """Print a table of the sites."""
    console = Console()
    if not told:
        console.print(f"no crawl is noted in {name}", highlight=False, soft_wrap=True)
        return

    table = Table("site", caption=CAPTION)
    for column in ("ran", "new", "listed", "failed", "newest", "reply"):
        table.add_column(column, no_wrap=column != "new")

    table.add_column("problems", ratio=1)
    for site, accounts in sorted(
        told.items(), key=lambda item: (not (item[1][0][1].alarms or _is_late(item[1])), item[0])
    ):
        moment, latest = accounts[0]
        newest = (
            describe_age(now() - datetime.fromisoformat(latest.newest)) if latest.newest else "—"
        )
        table.add_row(
            site,
            f"{describe_age(now() - datetime.fromisoformat(moment))} ago",
            " ".join(str(account.new) for _, account in accounts),
            str(latest.listed),
            str(latest.unread.total()),
            newest,
            _describe_response(latest),
            "; ".join([*latest.alarms, *(["no run has come since"] if _is_late(accounts) else [])])
            or "—",
        )

    console.print(table)
