"""`newsspider extract`: saved pages to records, without network."""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from newsspider.errors import ExitCode, UsageError
from newsspider.inputs import STANDARD_INPUT, check_paths, count_pages, is_single, iter_pages
from newsspider.outputs.writers import open_output
from newsspider.pool import iter_records
from newsspider.record import FAILED_KINDS, ArticleRecord
from newsspider.store.run import code_for
from newsspider.urls import is_web_url

SHOWN_FAILURES = 10  # named one by one in the summary; the rest is counted and stands in quarantine


def extract(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH…",
            help="Files and folders (.html .htm .xhtml, also .gz .bz2 .xz .zst); `-` is standard input.",
            show_default=False,
        ),
    ],
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="OUT", help="A .jsonl, .jsonl.gz, .csv or .db file; `-` is JSON lines on stdout."
        ),
    ] = "-",
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="The pages' address, when the files do not say it.")
    ] = None,
    workers: Annotated[
        int, typer.Option(min=0, help="Worker processes; 0 works in this one, for debugging.")
    ] = os.cpu_count() or 1,
) -> None:
    """Turn saved pages into article records.

    Articles go to OUT, all other pages with their kind and reason beside it (`x.quarantine.jsonl`, or the database's
    quarantine). A page that can't be read costs itself only.

    Examples: `newsspider extract page.html` · `newsspider extract saved/ -o articles.jsonl` ·
    `curl -s URL | newsspider extract - --url URL`
    """
    check_paths(paths)
    _check_url(url, paths)
    console = Console(stderr=True)
    kinds: Counter[str] = Counter()
    failures: list[ArticleRecord] = []
    interrupted = False
    writer = open_output(output)
    try:
        with writer, _progress(console) as progress:
            task = progress.add_task("pages", total=_total(paths, console))
            for record in iter_records(iter_pages(paths, url), workers):
                writer.write(record)
                kinds[record.kind] += 1
                failures += [record] if record.kind in FAILED_KINDS else []
                progress.advance(task)
    except KeyboardInterrupt:
        interrupted = True  # what was extracted is kept; the same command again completes it
    for line in summarise(kinds, failures, writer.name):
        console.print(line, highlight=False, markup=False, soft_wrap=True)
    if interrupted:
        console.print("interrupted: the rest was not read")
    sys.exit(ExitCode.INTERRUPTED if interrupted else code_for(kinds))


def summarise(kinds: Counter[str], failures: list[ArticleRecord], written_to: str) -> Iterator[str]:
    """Yield the lines that end a run: articles, other kinds, failures by reason."""
    counts = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    yield f"{kinds.total()} pages: {counts} → {written_to}"
    for record in failures[:SHOWN_FAILURES]:
        yield f"  {record.source}: {record.kind}: {record.reason}"
    if len(failures) > SHOWN_FAILURES:
        reasons = Counter(record.reason for record in failures[SHOWN_FAILURES:])
        listed = ", ".join(f"{reason} ({count})" for reason, count in reasons.most_common(SHOWN_FAILURES))
        yield f"  and {len(failures) - SHOWN_FAILURES} more: {listed}"


def _check_url(url: str | None, paths: list[str]) -> None:
    """Refuse an address that is none, or that several pages would share: records are kept by their address.

    Raises:
        UsageError: one line that says which.
    """
    if url is not None and not is_web_url(url):
        raise UsageError(f"--url {url}: not a web address")
    if url is not None and not is_single(paths):
        raise UsageError("--url is one page's address: give one file with it")


class _Rate(ProgressColumn):
    """Pages a second."""

    def render(self, task: Task) -> Text:
        """Return the rate, or nothing before the first page."""
        return Text(f"{task.speed:.0f} pages/s" if task.speed else "")


def _progress(console: Console) -> Progress:
    """Return a progress bar on standard error; silent when that is no terminal."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def _total(paths: list[str], console: Console) -> int | None:
    """Count the pages where somebody looks at the bar."""
    return count_pages(paths) if console.is_terminal and STANDARD_INPUT not in paths else None
