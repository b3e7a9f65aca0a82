"""Options that several subcommands share."""

from datetime import date
from typing import Annotated

import typer

from newsspider.cli.options.database import Database as Database
from newsspider.errors import UsageError
from newsspider.store.database_choice import choose_database
from newsspider.store.store import Store

Site = Annotated[
    str | None,
    typer.Option(metavar="DOMAIN", help="Only this registered domain, such as herald.example."),
]


def open_existing(database: str | None) -> Store:
    """Open the database that the user means; reading commands never make one.

    Raises:
        StoreError: there is none, or it can't be read.
    """
    return Store(choose_database(database), create=False)


def read_day(day: str) -> date:
    """Return the day that the user wrote.

    Raises:
        UsageError: it is not YYYY-MM-DD.
    """
    try:
        return date.fromisoformat(day)
    except ValueError as error:
        raise UsageError(f"{day}: not a day (expected YYYY-MM-DD)") from error
