"""`newsspider extract`: saved pages and addresses to records."""

import sys
from typing import Annotated

import typer

from newsspider.cli.extract_run import Run, Source, Target, run_extraction
from newsspider.cli.options.honour import Honour
from newsspider.cli.options.output import OUTPUT_HELP, Format, Replace, Schema
from newsspider.cli.options.parsers import Parsers
from newsspider.cli.options.site_memory import (
    SiteMemory,
    SiteMemoryFrom,
    Wrappers,
    check_memory_options,
)
from newsspider.cli.options.witness import Witness
from newsspider.errors import UsageError
from newsspider.inputs.formats import describe_formats
from newsspider.inputs.table_columns import Columns
from newsspider.outputs.writer_choice import STANDARD_OUTPUT
from newsspider.part_per_input import LOCAL, PARQUET
from newsspider.pool import Limits, read_limits
from pipelines.honour import read_honour

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
    wrappers: Wrappers = False,
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

    Without -o, articles are shown on a terminal, and written as JSON lines to a pipe. With -o,
    articles go to OUT. All other pages go to the quarantine, with their kind and reason:
    `x.quarantine.jsonl`, or the database's quarantine. With --schema, only the articles are written
    in another tool's names. An existing file is overwritten only with --replace. New records are
    added to an existing folder or database.

    A page that can't be fetched or read, or that takes too long or too much memory, doesn't affect
    other pages.

    These inputs are read: {formats}, Scrapy's HTTP cache. File types are detected from content, not
    from names. Archives aren't unpacked; damaged sections are reported with their offset and
    skipped. In a record from an archive, `source` has the archive and the place in it:
    `pages.zip#2026/ferry.html`, `x.warc.gz#urn:uuid:…`, `x.parquet#7` (the row).

    In folders and archives, files with the suffix of a page or archive are read, and files of any
    name that begin as an HTML document. A folder's files come before its subfolders, by name; with
    more than 10,000 entries, in the file system's order. Records are written as they are finished,
    or with --ordered in the order of the pages. After an interrupted run, --resume extracts the
    remaining pages, and tries failed pages again.

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
    directives = read_honour(honour or (), "--honour")
    columns = Columns(html_column, url_column)

    has_parts = part_per_input or bool(dask)
    check_memory_options(
        paths, site_memory, site_memory_from, wrappers=wrappers, on_cluster=bool(dask)
    )

    if has_parts:
        _check_parts(url, resume, replace)
        from newsspider.cli.extract_parts import extract_parts  # here: few runs need it
        from newsspider.part_per_input.make_part import Recipe

        form = form or PARQUET
        recipe = Recipe(
            form,
            schema,
            limits,
            directives,
            columns,
            ordered=ordered,
            replace=replace,
            learns=site_memory,
            memory_database=site_memory_from,
            wrappers=wrappers,
        )
        extract_parts(paths, output, recipe, resume=resume, dask=dask)  # ends the command

    run = Run(
        source=Source(paths=paths, url=url, columns=columns),
        target=Target(output=output, form=form, schema=schema, resume=resume, replace=replace),
        limits=limits,
        honour=directives,
        ordered=ordered,
        learns=site_memory,
        memory_database=site_memory_from,
        wrappers=wrappers,
    )
    sys.exit(run_extraction(run))


# The help is made of the docstring.
extract.__doc__ = str(extract.__doc__).replace("{formats}", describe_formats())


def _check_parts(url: str | None, resume: bool, replace: bool) -> None:
    """Check the options that don't work with parts.

    Raises:
        UsageError: one line that says which.
    """
    if url is not None:
        raise UsageError("--url is one page's address, and a part has many pages")
    if resume and replace:
        raise UsageError("--resume keeps parts and --replace overwrites them: give one of them")
