"""The command's entry: its subcommands, its errors as one line, its exit codes."""

import errno
import os
import sys
from io import BufferedWriter, RawIOBase, TextIOWrapper
from typing import Annotated

import typer

from newsspider import __version__
from newsspider.cli.commands import MARKUP, Commands
from newsspider.errors import ExitCode, NewsspiderError

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})

app = typer.Typer(
    name="newsspider",
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=MARKUP,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    epilog="""
**Crawl a site**: `scrapy crawl news -a url=https://herald.example` (in the project's folder, or with
`SCRAPY_SETTINGS_MODULE=newsspider.settings`), records to ./news.db

**Strip saved pages**: `newsspider extract pages/ -o articles.jsonl`

**Look at what there is**: `newsspider stats`, `newsspider search ferry`, `newsspider export -o articles.csv`

**Database**: `--db`, else the environment's NEWSSPIDER_DATABASE, else ./news.db

**Exit codes**: 0 fine · 1 some pages failed · 2 wrong usage · 3 a source went dark · 4 the store can't be used
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


def main() -> None:
    """Run the command; any error of ours is one line on standard error."""
    if isinstance(sys.stdout, TextIOWrapper):
        if isinstance(sys.stdout.buffer, RawIOBase):
            # PYTHONUNBUFFERED: without a buffer Python loses what a write that was cut short has left.
            sys.stdout = TextIOWrapper(BufferedWriter(sys.stdout.detach()), line_buffering=True)
        sys.stdout.reconfigure(encoding="utf-8")  # records hold every script, whatever the locale is
    try:
        try:
            app()
        finally:
            sys.stdout.flush()  # what can't be written must be said while somebody can say it
    except NewsspiderError as error:
        sys.stderr.write(f"newsspider: {error}\n")
        sys.exit(error.exit_code)
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the rest of it is tried again at the exit
        sys.stderr.write(f"newsspider: {error.filename or 'standard output'}: {error.strerror}\n")
        sys.exit(ExitCode.STORE_UNUSABLE)
