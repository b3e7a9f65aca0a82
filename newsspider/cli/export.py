"""`newsspider export`: any selection of the store to a file."""

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from newsspider.cli.options import Database, Site, open_existing
from newsspider.errors import UsageError
from newsspider.outputs.formats import FORMATS, format_suffix
from newsspider.outputs.opening import STANDARD_OUTPUT
from newsspider.outputs.writers import FileWriter, RecordWriter, StreamWriter
from newsspider.record import KINDS
from newsspider.store.tables import articles, quarantine


class What(StrEnum):
    """The tables that can be exported."""

    ARTICLES = "articles"
    QUARANTINE = "quarantine"


class Format(StrEnum):
    """The formats of standard output."""

    JSONL = "jsonl"
    CSV = "csv"


def export(
    database: Database = None,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="OUT", help="A .jsonl, .jsonl.gz or .csv file; `-` is stdout.")
    ] = "-",
    what: Annotated[What, typer.Option(help="The articles, or the pages that are none.")] = What.ARTICLES,
    site: Site = None,
    kind: Annotated[str | None, typer.Option(help=f"Only one kind: {', '.join(KINDS)}.")] = None,
    since: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Only what was published on this day or later.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Only what was published on this day or earlier.")
    ] = None,
    stdout_format: Annotated[Format, typer.Option("--format", help="The format of standard output.")] = Format.JSONL,
) -> None:
    """Write the store's records, or a selection of them, as JSON lines or CSV.

    Examples: `newsspider export -o articles.csv` · `newsspider export --site herald.example --since 2026-03-01` ·
    `newsspider export --what quarantine --kind failed`
    """
    if kind and kind not in KINDS:
        raise UsageError(f"--kind {kind}: no such kind; use one of {', '.join(KINDS)}")
    for day in filter(None, (since, until)):
        _check_day(day)
    table = articles if what is What.ARTICLES else quarantine
    written = 0
    with open_existing(database) as store, _open_file(output, stdout_format) as writer:
        for record in store.read(table, site=site, kind=kind, since=since, until=until):
            writer.write(record)
            written += 1
    sys.stderr.write(f"{written} records of {store.name} → {writer.name}\n")


def _check_day(day: str) -> None:
    """Refuse what is no day.

    Raises:
        UsageError: it is not YYYY-MM-DD.
    """
    try:
        date.fromisoformat(day)
    except ValueError as error:
        raise UsageError(f"{day}: not a day (expected YYYY-MM-DD)") from error


def _open_file(output: str, stdout_format: Format) -> RecordWriter:
    """Return the writer for the output's name.

    Raises:
        UsageError: the suffix names no format.
        OutputError: the file can't be written.
    """
    if output == STANDARD_OUTPUT:
        return StreamWriter(sys.stdout, "standard output", FORMATS[f".{stdout_format}"])
    if suffix := format_suffix(output):
        return FileWriter(Path(output), suffix)
    raise UsageError(f"{output}: export writes {', '.join(FORMATS)}")
