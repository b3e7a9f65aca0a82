"""The table of `newsspider bench --compare`."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from newsspider import __version__
from newsspider.errors import UsageError
from newsspider.inputs.paths import LOOKED_FOR
from newsspider.workshop.bench.comparing import (
    ExtractorFigures,
    compare_extractors,
    installed_extractors,
)

NUMBERS = ("ms a page", "p50", "p95", "words", "no text", "failed")


def print_comparison(folder: Path, count: int, *, as_json: bool) -> None:
    """Compare the extractors on a folder's pages, and print the result.

    Raises:
        UsageError: there are no pages.
    """
    figures = compare_extractors(folder, count, installed_extractors())
    if not figures:
        raise UsageError(f"{folder}: no pages found ({LOOKED_FOR})")

    if as_json:
        told = {"version": __version__, "folder": str(folder)}
        compared = {"compare": [asdict(each) for each in figures]}
        sys.stdout.write(json.dumps({**told, **compared}) + "\n")
        return

    Console().print(_comparison_table(figures))


def _comparison_table(figures: Sequence[ExtractorFigures]) -> Table:
    """Return a table with one row per extractor."""
    title = f"{figures[0].pages} pages in one process: processor time, and words a page"
    table = Table(title=title, title_justify="left", box=None)
    table.add_column("", no_wrap=True)
    table.add_column("version", no_wrap=True)
    for name in NUMBERS:
        table.add_column(name, justify="right")

    for each in figures:
        times = (f"{milliseconds:.1f}" for milliseconds in (each.mean, each.p50, each.p95))
        counts = (f"{each.words:.0f}", str(each.without_text), str(each.failures))
        table.add_row(each.name, each.version, *times, *counts)

    return table
