"""`newsspider extract`: saved pages and addresses to records."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from newsspider.cli.honour_option import Honour
from newsspider.cli.output_options import OUTPUT_HELP, Format, Replace, Schema
from newsspider.cli.parsers_option import Parsers
from newsspider.cli.witness_option import Witness
from newsspider.errors import ExitCode, UsageError
from newsspider.exit_codes import code_for
from newsspider.inputs.formats import describe_formats
from newsspider.inputs.paths import LOOKED_FOR, STANDARD_INPUT, check_paths, expand_globs
from newsspider.inputs.reading import is_single, iter_saved
from newsspider.inputs.saved import Columns
from newsspider.outputs.opening import STANDARD_OUTPUT, check_not_read
from newsspider.outputs.writers import RecordWriter
from newsspider.parsers import load_parsers
from newsspider.pool import Limits, check_model, iter_extracted, read_limits
from newsspider.urls import is_web_url
from pipelines.honour import read_honour
from pipelines.road import Road
from pipelines.write import open_output

DEFAULTS = Limits()


def extract(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH|URL…",
            help="Files, folders, archives and tables, also compressed; patterns in quotes; `-` is standard input; "
            "addresses of pages to fetch.",
            show_default=False,
        ),
    ],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="OUT", help=f"Where to: a database (.db), {OUTPUT_HELP}")
    ] = STANDARD_OUTPUT,
    form: Format = None,
    schema: Schema = None,
    replace: Replace = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Pass over what OUT (.jsonl, .parquet or a database) already holds.")
    ] = False,
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="The pages' address, when the files do not say it.")
    ] = None,
    html_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="The pages' column in JSON lines and Parquet, else guessed.")
    ] = None,
    url_column: Annotated[str | None, typer.Option(metavar="NAME", help="Their addresses' column.")] = None,
    workers: Annotated[
        int, typer.Option(help="Worker processes; 0 works in this one without limits, for debugging.")
    ] = DEFAULTS.workers,
    deadline: Annotated[
        float, typer.Option(metavar="SECONDS", help="Processor time of a page; one that takes longer is failed.")
    ] = DEFAULTS.deadline,
    memory: Annotated[
        int, typer.Option(metavar="MIB", help="A page that makes its worker larger is failed.")
    ] = DEFAULTS.memory,
    witness: Witness = DEFAULTS.witness,
    honour: Honour = None,
    parsers: Parsers = None,
    ordered: Annotated[bool, typer.Option("--ordered", help="Write records in the order of the pages.")] = False,
) -> None:
    """Turn pages into article records: saved ones, and addresses, which are fetched as a crawl fetches them.

    Without -o, articles are shown to be read on a terminal, and are JSON lines where the output is piped or --format
    asks for them. With -o, articles go to OUT, all other pages with their kind and reason beside it
    (`x.quarantine.jsonl`, or the database's quarantine); with --schema only the articles are written in another tool's
    names. A file that already exists is overwritten only with --replace; a folder and a database are added to.

    A page that can't be fetched or read costs itself only, one that takes too long or too much memory as well.

    What a file is, its content says: {formats}, Scrapy's HTTP cache. Archives are read without unpacking them, damaged
    stretches are reported with their offset and passed over. In a record of an archive `source` names both:
    `pages.zip#2026/ferry.html`, `x.warc.gz#urn:uuid:…`, `x.parquet#7` (the row).

    Pages are read as they are found: of a folder first its files, then its folders, by name; where it has more than
    10,000 entries, in the file system's order. Records are written as they are finished, or with --ordered in the
    order of the pages. After a run that was interrupted or killed, --resume does the rest, and tries failed pages
    again.

    For example:

    ```
    newsspider extract page.html
    newsspider extract https://harbour-herald.example/ferry --format markdown
    newsspider extract saved/ -o articles.jsonl
    newsspider extract 'CC-NEWS-*.warc.gz' -o news.db
    curl -s URL | newsspider extract - --url URL -o page.md
    ```
    """
    given = {"--workers": workers, "--deadline": deadline, "--memory": memory, "--witness": witness}
    limits = read_limits({**given, "--parsers": parsers})
    heard = read_honour(honour or (), "--honour")
    check_paths(path for path in paths if not is_web_url(path))
    _check_url(url, paths)
    _check_resuming(paths, resume, replace)
    check_not_read(output, form, (path for path in expand_globs(paths) if path != STANDARD_INPUT))
    check_model()
    load_parsers(limits.parsers)
    is_shown = output == STANDARD_OUTPUT and form is None and schema is None and sys.stdout.isatty()
    writer = _open_view() if is_shown else open_output(output, form, schema=schema, resume=resume, replace=replace)
    road = Road(heard, writer)
    interrupted = False
    try:
        with writer, _progress(paths, output) as advance:

            def skip(source: str) -> bool:
                held = resume and writer.holds(source)
                if held:
                    road.tally.skipped += 1
                    advance()
                return held

            pages = iter_saved(paths, url, skip, Columns(html_column, url_column))
            for page in iter_extracted(pages, limits, ordered=ordered):
                road.take(page.record, page.directives)
                advance()
    except KeyboardInterrupt:
        interrupted = True  # what was extracted is kept
    tally = road.tally
    if not interrupted and not tally.kinds and not tally.skipped:
        raise UsageError(f"{' '.join(paths)}: no pages in there ({LOOKED_FOR})")
    if not (is_shown and tally.kinds == {"article": 1}):  # which the reader has before them
        sys.stderr.writelines(f"{line}\n" for line in tally.lines(writer.name))
    sys.stderr.writelines(f"{line}\n" for line in writer.notes())
    if interrupted:
        goes_on = "" if output == STANDARD_OUTPUT else "; --resume goes on"
        sys.stderr.write(f"interrupted: the rest was not read{goes_on}\n")
    sys.exit(ExitCode.INTERRUPTED if interrupted else code_for(tally.kinds))


extract.__doc__ = str(extract.__doc__).replace("{formats}", describe_formats())  # the help is made of it


def _check_url(url: str | None, paths: list[str]) -> None:
    """Refuse an address that is none, that several pages would share, or of a page that has its own.

    Raises:
        UsageError: one line that says which.
    """
    if url is None:
        return
    if not is_web_url(url):
        raise UsageError(f"--url {url}: not a web address")
    if not is_single(paths):
        raise UsageError("--url is one page's address: give one file with it")
    if is_web_url(paths[0]):
        raise UsageError(f"--url is the address of a saved page: {paths[0]} is fetched and has its own")


def _check_resuming(paths: list[str], resume: bool, replace: bool) -> None:
    """Refuse to go on with what can't be gone on with.

    Raises:
        UsageError: one line that says which.
    """
    if resume and STANDARD_INPUT in paths:
        raise UsageError("--resume can't tell what standard input held: give files or folders")
    if resume and replace:
        raise UsageError("--resume continues OUT and --replace overwrites it: give one of them")


def _open_view() -> RecordWriter:
    """Return what shows records on the terminal."""
    from newsspider.cli.reading_view import ReadingView  # here: it takes 60 ms to import

    return ReadingView()


@contextmanager
def _progress(paths: list[str], output: str) -> Iterator[Callable[[], None]]:
    """Yield what is to be called for each page; a bar is shown on a terminal where no records are shown."""
    if not sys.stderr.isatty() or (output == STANDARD_OUTPUT and sys.stdout.isatty()):
        yield lambda: None
        return
    from newsspider.cli.progress import PagesBar  # here: it takes 25 ms, a tenth of what a few pages take

    with PagesBar(paths) as bar:
        yield bar.advance
