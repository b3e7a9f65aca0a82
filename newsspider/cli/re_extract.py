"""`newsspider re-extract`: today's extraction over pages that were kept, the stored records updated in place."""

import sys
from contextlib import closing
from functools import partial
from typing import Annotated

import typer
from rich.console import Console

from newsspider.cli.extract import DEFAULTS
from newsspider.cli.options.common import Database, open_existing
from newsspider.cli.options.honour import Honour
from newsspider.cli.options.parsers import Parsers
from newsspider.cli.options.witness import Witness
from newsspider.errors import ExitCode
from newsspider.inputs.paths import check_paths
from newsspider.inputs.reading import iter_saved
from newsspider.mending.parsers import load_parsers
from newsspider.pool import check_model, iter_extracted, read_limits
from newsspider.site_memory.lookup import open_memories
from newsspider.store.memory_files import copy_memories
from newsspider.text import count_of
from pipelines.honour import read_honour
from pipelines.record_steps import RecordSteps
from pipelines.store import ReplacingWriter


def re_extract(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH…",
            help="WARC files or their folder; also other inputs of `extract` that record when pages were fetched.",
            show_default=False,
        ),
    ],
    database: Database = None,
    workers: Annotated[
        int, typer.Option(metavar="N", help="Number of worker processes.")
    ] = DEFAULTS.workers,
    deadline: Annotated[
        float,
        typer.Option(
            metavar="SECONDS",
            help="Processor time per page; keep the stored record of pages that take longer.",
        ),
    ] = DEFAULTS.deadline,
    memory: Annotated[
        int,
        typer.Option(
            metavar="MIB", help="Memory per worker; keep the stored record of pages that need more."
        ),
    ] = DEFAULTS.memory,
    witness: Witness = DEFAULTS.witness,
    honour: Honour = None,
    parsers: Parsers = None,
    site_memory: Annotated[
        bool,
        typer.Option(
            help="Use the memories of sites in the database, and learn from the pages for the next run."
        ),
    ] = True,
) -> None:
    """Extract pages that a crawl has kept (`-s NEWSSPIDER_WARC=warc/`) again, with this version of newsspider.

    The new record replaces the stored one. The address, the day the page was first seen, the
    version number and the values from feeds stay. Copies older than the stored record are skipped.
    Pages that aren't articles any more move to the quarantine, and pages that now are articles move
    out of it. Pages that aren't in the store are skipped; use `extract` for them.

    For example:

    ```
    newsspider re-extract warc/
    newsspider re-extract 'warc/*-2026*.warc.gz' --db news.db
    ```
    """
    given = {"--workers": workers, "--deadline": deadline, "--memory": memory, "--witness": witness}
    limits = read_limits({**given, "--parsers": parsers})
    directives = read_honour(honour or (), "--honour")
    check_paths(paths)
    check_model()
    load_parsers(limits.parsers)
    interrupted = False
    console = Console(stderr=True, quiet=not sys.stderr.isatty())

    with open_existing(database) as store:
        writer = ReplacingWriter(store)
        outcomes = writer.outcomes
        steps = RecordSteps(directives, writer)
        copy = partial(copy_memories, store) if site_memory else None

        try:
            with writer, open_memories(copy) as memories, console.status("") as status:
                pages = iter_saved(paths)
                extracted = iter_extracted(pages, limits, memories=memories, observes=site_memory)
                with closing(extracted):
                    for page in extracted:
                        steps.take(page.record, page.directives)
                        if page.observation and directives.lets_record(page.directives):
                            writer.learn(page.observation)
                        status.update(
                            f"{count_of(outcomes.total(), 'page')}, {outcomes['updated']} updated"
                        )
        except KeyboardInterrupt:
            interrupted = True

        listed = ", ".join(f"{count} {outcome}" for outcome, count in outcomes.most_common())
        sys.stderr.write(
            f"{count_of(outcomes.total(), 'page')}: {listed or 'nothing to do'} → {store.name}\n"
        )
        sys.stderr.writelines(
            f"{line}\n" for line in (*steps.tally.left_out_lines(), *steps.tally.mend_lines())
        )

    if interrupted:
        sys.stderr.write("interrupted: run it again for the rest\n")
        sys.exit(ExitCode.INTERRUPTED)

    sys.exit(ExitCode.SOME_PAGES_FAILED if outcomes["not extracted"] else ExitCode.FINE)
