"""`newsspider extract`: saved pages and addresses to records."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from newsspider.cli.options.honour import Honour
from newsspider.cli.options.output import OUTPUT_HELP, Format, Replace, Schema
from newsspider.cli.options.parsers import Parsers
from newsspider.cli.options.site_memory import (
    SiteMemory,
    SiteMemoryFrom,
    check_memory_options,
    copy_from,
    open_memories,
)
from newsspider.cli.options.witness import Witness
from newsspider.errors import ExitCode, UsageError
from newsspider.exit_codes import code_for
from newsspider.inputs.formats import describe_formats
from newsspider.inputs.paths import LOOKED_FOR, STANDARD_INPUT, check_paths, expand_globs
from newsspider.inputs.reading import is_single, iter_saved
from newsspider.inputs.saved import Columns
from newsspider.mending.parsers import load_parsers
from newsspider.outputs.writer_choice import STANDARD_OUTPUT, check_not_read
from newsspider.outputs.writers import RecordWriter
from newsspider.part_per_input import LOCAL, PARQUET
from newsspider.pool import Limits, check_model, iter_extracted, read_limits
from newsspider.pool.learning import learn_memories
from newsspider.site_memory.lookup import MemoryFile
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
        str,
        typer.Option(
            "--output", "-o", metavar="OUT", help=f"Write to a database (.db), {OUTPUT_HELP}"
        ),
    ] = STANDARD_OUTPUT,
    form: Format = None,
    schema: Schema = None,
    replace: Replace = False,
    resume: Annotated[
        bool,
        typer.Option(
            "--resume", help="Skip pages that OUT (.jsonl, .parquet or a database) already has."
        ),
    ] = False,
    url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="The pages' address, if the files don't contain it."),
    ] = None,
    html_column: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Column of the pages in JSON lines and Parquet; guessed by default.",
        ),
    ] = None,
    url_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="Column of the pages' addresses.")
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help="Number of worker processes; 0 = run in this process, without limits (for debugging). With --dask "
            "local: number of tasks at a time. With --dask tcp://…: per task, 1 by default.",
            show_default="one per core",
        ),
    ] = None,
    deadline: Annotated[
        float,
        typer.Option(
            metavar="SECONDS",
            help="Processor time per page; mark pages that take longer as failed.",
        ),
    ] = DEFAULTS.deadline,
    memory: Annotated[
        int,
        typer.Option(metavar="MIB", help="Memory per worker; mark pages that need more as failed."),
    ] = DEFAULTS.memory,
    witness: Witness = DEFAULTS.witness,
    honour: Honour = None,
    parsers: Parsers = None,
    site_memory: SiteMemory = False,
    site_memory_from: SiteMemoryFrom = None,
    ordered: Annotated[
        bool, typer.Option("--ordered", help="Write records in the order of the pages.")
    ] = False,
    part_per_input: Annotated[
        bool,
        typer.Option(
            "--part-per-input",
            help="Write one file per input (archive, folder or file) to OUT/articles/ and OUT/quarantine/, as Parquet "
            "unless --format says jsonl, json or csv. Each appears when it is complete; --resume skips these inputs. "
            "Inputs and OUT may be s3://, gs:// and other URLs; a .paths or .paths.gz file is a list of inputs.",
        ),
    ] = False,
    dask: Annotated[
        str | None,
        typer.Option(
            "--dask",
            metavar="ADDRESS",
            help="Do this on a Dask cluster, one task per input: the scheduler's address (tcp://…), or `local` for a "
            "cluster of this machine's cores. Implies --part-per-input.",
        ),
    ] = None,
) -> None:
    """Turn saved pages and addresses into article records. Addresses are fetched as in a crawl.

    Without -o, articles are shown on a terminal, and written as JSON lines to a pipe. With -o, articles go to OUT. All
    other pages go to the quarantine, with their kind and reason: `x.quarantine.jsonl`, or the database's quarantine.
    With --schema, only the articles are written in another tool's names. An existing file is overwritten only with
    --replace. New records are added to an existing folder or database.

    A page that can't be fetched or read, or that takes too long or too much memory, doesn't affect other pages.

    These inputs are read: {formats}, Scrapy's HTTP cache. File types are detected from content, not from names.
    Archives aren't unpacked; damaged sections are reported with their offset and skipped. In a record from an archive,
    `source` has the archive and the place in it: `pages.zip#2026/ferry.html`,
    `x.warc.gz#urn:uuid:…`, `x.parquet#7` (the row).

    In a folder, files are read before subfolders, by name; with more than 10,000 entries, in the file system's order.
    Records are written as they are finished, or with --ordered in the order of the pages. After an interrupted run,
    --resume extracts the remaining pages, and tries failed pages again.

    For example:

    ```
    newsspider extract page.html
    newsspider extract https://harbour-herald.example/ferry --format markdown
    newsspider extract saved/ -o articles.jsonl
    newsspider extract 'CC-NEWS-*.warc.gz' -o news.db
    newsspider extract saved/ -o articles.jsonl --site-memory
    curl -s URL | newsspider extract - --url URL -o page.md
    newsspider extract 'CC-NEWS-*.warc.gz' -o parts/ --part-per-input --resume
    newsspider extract warc.paths.gz -o s3://mine/news --dask tcp://10.0.0.1:8786 --resume
    ```
    """
    if workers is None and dask not in (None, LOCAL):
        workers = 1  # the cluster's own workers are the parallelism
    given = {"--workers": workers, "--deadline": deadline, "--memory": memory, "--witness": witness}
    limits = read_limits({**given, "--parsers": parsers})
    heard = read_honour(honour or (), "--honour")
    check_memory_options(
        paths, site_memory, site_memory_from, has_parts=part_per_input or dask is not None
    )
    if part_per_input or dask:
        _check_parts(url, resume, replace)
        columns = Columns(html_column, url_column)
        from newsspider.cli.extract_parts import extract_parts  # here: few runs need it
        from newsspider.part_per_input.making import Recipe

        recipe = Recipe(
            form or PARQUET, schema, limits, heard, columns, ordered=ordered, replace=replace
        )
        extract_parts(paths, output, recipe, resume=resume, dask=dask)
    check_paths(path for path in paths if not is_web_url(path))
    _check_url(url, paths)
    _check_resuming(paths, resume, replace)
    check_not_read(output, form, (path for path in expand_globs(paths) if path != STANDARD_INPUT))
    check_model()
    load_parsers(limits.parsers)
    is_shown = output == STANDARD_OUTPUT and form is None and schema is None and sys.stdout.isatty()
    writer = (
        _open_view()
        if is_shown
        else open_output(output, form, schema=schema, resume=resume, replace=replace)
    )
    road = Road(heard, writer)
    columns = Columns(html_column, url_column)
    learn = partial(_learn, paths, url, columns, output, limits) if site_memory else None
    copy = partial(copy_from, site_memory_from) if site_memory_from else None
    interrupted = False
    try:
        with (
            writer,
            open_memories(learn or copy) as memories,
            _progress(paths, output, "pages") as advance,
        ):

            def skip(source: str) -> bool:
                held = resume and writer.holds(source)
                if held:
                    road.tally.skipped += 1
                    advance()
                return held

            pages = iter_saved(paths, url, skip, columns)
            for page in iter_extracted(pages, limits, ordered=ordered, memories=memories):
                road.take(page.record, page.directives)
                advance()
    except KeyboardInterrupt:
        interrupted = True  # what was extracted is kept
    tally = road.tally
    if not interrupted and not tally.kinds and not tally.skipped:
        raise UsageError(f"{' '.join(paths)}: no pages found ({LOOKED_FOR})")
    if not (is_shown and tally.kinds == {"article": 1}):  # which the reader has before them
        sys.stderr.writelines(f"{line}\n" for line in tally.lines(writer.name))
    sys.stderr.writelines(f"{line}\n" for line in writer.notes())
    if interrupted:
        goes_on = "" if output == STANDARD_OUTPUT else "; --resume goes on"
        sys.stderr.write(f"interrupted: the rest was not read{goes_on}\n")
    sys.exit(ExitCode.INTERRUPTED if interrupted else code_for(tally.kinds))


extract.__doc__ = str(extract.__doc__).replace(
    "{formats}", describe_formats()
)  # the help is made of it


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
        raise UsageError(
            f"--url is the address of a saved page: {paths[0]} is fetched and has its own"
        )


def _check_parts(url: str | None, resume: bool, replace: bool) -> None:
    """Refuse options that parts can't have.

    Raises:
        UsageError: one line that says which.
    """
    if url is not None:
        raise UsageError("--url is one page's address, and a part has many pages")
    if resume and replace:
        raise UsageError("--resume keeps parts and --replace overwrites them: give one of them")


def _check_resuming(paths: list[str], resume: bool, replace: bool) -> None:
    """Refuse to go on with what can't be gone on with.

    Raises:
        UsageError: one line that says which.
    """
    if resume and STANDARD_INPUT in paths:
        raise UsageError("--resume can't tell what standard input contained: give files or folders")
    if resume and replace:
        raise UsageError("--resume continues OUT and --replace overwrites it: give one of them")


def _open_view() -> RecordWriter:
    """Return what shows records on the terminal."""
    from newsspider.cli.reading_view import ReadingView  # here: it takes 60 ms to import

    return ReadingView()


def _learn(
    paths: list[str], url: str | None, columns: Columns, output: str, limits: Limits, path: Path
) -> MemoryFile:
    """Learn the memories of the sites that the inputs have pages of."""
    with _progress(paths, output, "learning") as advance:
        return learn_memories(iter_saved(paths, url, columns=columns), limits, path, advance)


@contextmanager
def _progress(paths: list[str], output: str, label: str) -> Iterator[Callable[[], None]]:
    """Yield what is to be called for each page; a bar is shown on a terminal where no records are shown."""
    if not sys.stderr.isatty() or (output == STANDARD_OUTPUT and sys.stdout.isatty()):
        yield lambda: None
        return
    from newsspider.cli.progress import (
        PagesBar,
    )  # here: it takes 25 ms, a tenth of what a few pages take

    with PagesBar(paths, label) as bar:
        yield bar.advance
