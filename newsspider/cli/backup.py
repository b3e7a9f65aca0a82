"""`newsspider backup`: a copy of the store while crawls go on writing to it."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from newsspider.cli.options.common import Database, open_existing
from newsspider.cli.progress import StepsBar
from newsspider.errors import UsageError


def backup(
    output: Annotated[
        Path,
        typer.Argument(
            metavar="OUT.db", help="Path of the copy; must not exist, except with --replace."
        ),
    ],
    database: Database = None,
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite an existing copy.")] = False,
) -> None:
    """Copy the store while it is in use, and check the copy.

    Crawls can continue to write. The copy appears when it is complete. It has no gaps where pages
    were removed.

    For example:

    ```
    newsspider backup backups/news-$(date +%F).db
    ```
    """
    if output.exists() and not replace:
        raise UsageError(f"{output}: already exists; --replace overwrites it")

    with open_existing(database) as store:
        with StepsBar() as steps:
            store.copy_to(output, steps if sys.stderr.isatty() else None)
        sys.stderr.write(
            f"{store.name} → {output.absolute()} ({output.stat().st_size / 1_000_000:.1f} MB)\n"
        )
