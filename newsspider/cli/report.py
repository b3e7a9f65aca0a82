"""`newsspider report`: a page about the sites, runs and articles of the store."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from newsspider.cli.options.common import Database, Site, open_existing, read_day
from newsspider.cli.options.output import Replace
from newsspider.outputs.output_locks import check_free
from newsspider.report.collecting import collect_report
from newsspider.report.writing import check_plots, write_report


def report(
    database: Database = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="OUT.html", help="Write the page here.")
    ] = Path("report.html"),
    replace: Replace = False,
    site: Site = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM-DD", help="First day of the period; else 30 days ago."),
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
) -> None:
    """Write a page about the sites, runs and articles of the store, with plots and the tables behind them.

    At its top are the sites that need a look, with the reason. The page is one file that works
    without network. It needs the extra `report`.

    For example:

    ```
    newsspider report --open
    newsspider report --site herald.example --since 2026-01-01 -o herald.html
    ```
    """
    if output.is_file() and not replace:
        check_free([output])

    check_plots()
    first = read_day(since) if since else None
    with open_existing(database) as store:
        write_report(output, collect_report(store, first, site))

    sys.stderr.write(f"wrote {output}: open it in a browser\n")
    if show:
        typer.launch(str(output.resolve()))
