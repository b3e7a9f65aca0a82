"""The command: its help, its version, its subcommands."""

from typing import Annotated

import typer

from newsspider import __version__
from newsspider.cli.commands import MARKUP, Commands

app = typer.Typer(
    name="newsspider",
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode=MARKUP,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    epilog="""
**Crawl a site**: `newsspider crawl https://herald.example`, records to ./news.db

**Strip saved pages**: `newsspider extract pages/ -o articles.jsonl`

**Look at what there is**: `newsspider stats`, `newsspider search ferry`, `newsspider export -o articles.csv`

**Database**: `--db`, else the environment's NEWSSPIDER_DATABASE, else ./news.db

**Exit codes**: 0 fine · 1 some pages failed · 2 wrong usage · 3 a source went dark · 4 the store can't be used ·
5 another run is at it · 70 a fault of newsspider · 130 interrupted
""",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"newsspider {__version__}")
        raise typer.Exit


@app.callback()
def about(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Crawls news sites and strips saved pages to clean article records."""
