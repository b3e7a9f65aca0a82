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
For example:

```
newsspider crawl https://herald.example
newsspider search ferry
newsspider export -o articles.csv
newsspider extract pages/ -o articles.jsonl
```

The database is the one of `--db`, else of the environment variable NEWSSPIDER_DATABASE, else ./news.db.

Exit codes: 0 fine, 1 some pages failed, 2 wrong usage, 3 a site went dark (none of its pages could be read),
4 the database can't be used, 5 another run is crawling these sites, 70 an error in newsspider, 130 interrupted.
""",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"newsspider {__version__}")
        raise typer.Exit


@app.callback()
def about(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """Crawls news sites and strips saved pages to clean article records."""
