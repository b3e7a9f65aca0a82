"""`newsspider bench`: the cost of a page by stage, and the pages per second."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from newsspider import __version__
from newsspider.cli.bench_view import print_comparison
from newsspider.cli.extract import DEFAULTS
from newsspider.cli.options.witness import Witness
from newsspider.errors import UsageError
from newsspider.inputs.paths import check_paths
from newsspider.pool import read_limits
from newsspider.text import count_of
from newsspider.workshop.bench.crawl_rate import CrawlFigures, measure_crawl
from newsspider.workshop.bench.extraction_rate import (
    RateFigures,
    StageFigures,
    measure_rate,
    measure_stages,
)
from newsspider.workshop.bench.store_rate import StoreFigures, measure_store

FIXTURES = (
    Path(__file__).parents[2] / "fixtures" / "pages"
)  # in a checkout; an installed package has none


def bench(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FOLDER]", help="Saved pages. In a checkout the default is fixtures/pages."
        ),
    ] = None,
    pages: Annotated[
        int,
        typer.Option(
            metavar="N", min=1, help="Number of pages; the folder is repeated if it has fewer."
        ),
    ] = 500,
    workers: Annotated[
        int, typer.Option(metavar="N", help="Number of worker processes.")
    ] = DEFAULTS.workers,
    witness: Witness = DEFAULTS.witness,
    crawl: Annotated[
        bool, typer.Option(help="Also measure a crawl of the pages from a local server.")
    ] = True,
    store: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="RECORDS",
            help="Measure the store instead, with this number of invented records.",
        ),
    ] = None,
    database: Annotated[
        str | None,
        typer.Option(
            "--db", metavar="PATH|URL", help="New database for --store. Default: a temporary file."
        ),
    ] = None,
    compare: Annotated[
        bool,
        typer.Option(
            "--compare",
            help="Compare newsspider with trafilatura instead, and with other extractors that are installed.",
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the results as JSON.")] = False,
) -> None:
    """Measure the time that pages take on this machine.

    The first table has the processor time of one process, per stage and per page. The second table
    has the pages per second of the worker processes, and of a crawl of a local server. Their
    start-up is not part of these rates; its seconds are in a column of their own.

    `--store 1000000` measures the store instead: the rate when it has 10,000 records, 100,000 and so on.
    NEWSSPIDER_DUPLICATES=off leaves out the search for near-duplicates.

    `--compare` gives each page to newsspider and to trafilatura, one after the other, in one
    process. newspaper4k, news-please, readability-lxml, resiliparse, goose3 and jusText take part
    if they are installed. The table has the processor time of a page, the words that were found,
    the pages for which nothing was found, and the pages that raised an error. newsspider has a row
    for each value of --witness.
    """
    if store is not None:
        _bench_store(store, database, as_json=as_json)
        return

    limits = read_limits({"--workers": workers, "--witness": witness})
    given, folder = folder, folder or FIXTURES
    if not folder.is_dir():
        named = f"{given}: not a folder; " if given else ""
        raise UsageError(f"{named}give a folder of saved pages: newsspider bench FOLDER")

    check_paths([str(folder)])
    if compare:
        print_comparison(folder, pages, as_json=as_json)
        return

    stages = measure_stages(folder, pages, limits.witness)
    rate = measure_rate(folder, pages, limits)
    crawled = measure_crawl(folder, pages, limits) if crawl else None

    if as_json:
        crawl_figures = asdict(crawled) if crawled else None
        figures = {"stages": asdict(stages), "extract": asdict(rate), "crawl": crawl_figures}
        sys.stdout.write(
            json.dumps({"version": __version__, "folder": str(folder), **figures}) + "\n"
        )
        return

    console = Console()
    for table in (_stage_table(stages), _rate_table(rate, crawled)):
        console.print(table)


def _bench_store(size: int, database: str | None, *, as_json: bool) -> None:
    """Measure the store and print the figures."""
    with TemporaryDirectory(prefix="newsspider-") as place:
        figures = list(measure_store(database or str(Path(place, "news.db")), size))

    if as_json:
        told = {"version": __version__, "store": [asdict(each) for each in figures]}
        sys.stdout.write(json.dumps(told) + "\n")
        return

    table = Table(
        "records",
        "records a second",
        "KB kept",
        "KB written",
        "reads",
        title="Per record, processor time",
    )
    for each in figures:
        table.add_row(*_store_cells(each))

    Console().print(table)


def _store_cells(figures: StoreFigures) -> list[str]:
    """Return the cells of a size of the store."""
    written = f"{figures.written_bytes / 1000:.0f}" if figures.written_bytes is not None else "—"
    reads = f"{figures.reads:.1f}" if figures.reads is not None else "—"
    rate, kept = f"{figures.records_a_second:.0f}", f"{figures.kept_bytes / 1000:.1f}"
    return [f"{figures.records:,}", rate, kept, written, reads]


def _stage_table(figures: StageFigures) -> Table:
    """Return the table of the cost of a page in one process."""
    table = Table(
        "",
        "ms a page",
        title=f"{count_of(figures.pages, 'page')} in one process, peak {figures.peak_memory:.0f} MiB",
    )
    for name, milliseconds in figures.stages.items():
        table.add_row(name, f"{milliseconds:.2f}")

    table.add_section()
    for name, milliseconds in figures.page.items():
        table.add_row(f"page {name}", f"{milliseconds:.1f}")

    return table


def _rate_table(rate: RateFigures, crawled: CrawlFigures | None) -> Table:
    """Return how many pages come through."""
    names = ("", "pages", "workers", "start-up s", "pages a second")
    of_a_crawl = ("loop lag ms p50 p99 max", "main process ms page response")
    table = Table(*names, *of_a_crawl)
    table.add_row("extract", *_rate_cells(rate), "", "")
    if crawled:
        lags = f"{crawled.loop_lag_p50} {crawled.loop_lag_p99} {crawled.loop_lag_max}"
        costs = f"{crawled.page_ms:.1f} {crawled.response_ms:.1f}"
        table.add_row("crawl", *_rate_cells(crawled), lags, costs)
    return table


def _rate_cells(figures: RateFigures | CrawlFigures) -> list[str]:
    """Return the figures of a rate: pages, workers, seconds of start-up, pages per second without it."""
    return [
        str(figures.pages),
        str(figures.workers),
        f"{figures.start_up:.1f}",
        f"{figures.pages_a_second:.1f}",
    ]
