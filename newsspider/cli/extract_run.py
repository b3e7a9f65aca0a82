"""One run of `newsspider extract`: pages in, records out, and a summary on standard error."""

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from newsspider.errors import ExitCode, UsageError
from newsspider.exit_codes import code_for
from newsspider.inputs.paths import LOOKED_FOR, STANDARD_INPUT, check_paths, expand_globs
from newsspider.inputs.reading import is_single, iter_saved
from newsspider.inputs.table_columns import Columns
from newsspider.mending.parsers import load_parsers
from newsspider.outputs.writer_choice import STANDARD_OUTPUT, check_not_read
from newsspider.outputs.writers import RecordWriter
from newsspider.pool import Limits, check_model, iter_extracted
from newsspider.pool.learning import learn_memories
from newsspider.site_memory.lookup import Making, MemoryFile, open_memories
from newsspider.urls import is_web_url
from pipelines.honour import Honour
from pipelines.open_output import open_output
from pipelines.record_steps import RecordSteps


@dataclass(frozen=True, kw_only=True)
class Source:
    """The pages to extract.

    Attributes:
        paths: files, folders, archives and URLs.
        url: the URL of a single page whose file doesn't contain it.
        columns: the columns of tables.
    """

    paths: list[str]
    url: str | None
    columns: Columns

    def check(self) -> None:
        """Check the paths and the URL.

        Raises:
            UsageError: one line that says which is wrong.
        """
        check_paths(path for path in self.paths if not is_web_url(path))
        if self.url is None:
            return
        if not is_web_url(self.url):
            raise UsageError(f"--url {self.url}: not a web address")
        if not is_single(self.paths):
            raise UsageError("--url is one page's address: give one file with it")
        if is_web_url(self.paths[0]):
            raise UsageError(
                f"--url is the address of a saved page: {self.paths[0]} is fetched and has its own"
            )


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where the records go.

    Attributes:
        output: a path, or `-`.
        form: the format; None = by the name of the path.
        schema: the names of another tool.
        resume: whether to continue an existing output.
        replace: whether to overwrite an existing output.
    """

    output: str
    form: str | None
    schema: str | None
    resume: bool
    replace: bool

    @property
    def is_shown(self) -> bool:
        """Whether articles are shown on the terminal instead of being written."""
        is_default = self.output == STANDARD_OUTPUT and self.form is None and self.schema is None
        return is_default and sys.stdout.isatty()

    def check(self, paths: list[str]) -> None:
        """Check that the output can be continued, and isn't one of the inputs.

        Raises:
            UsageError: one line that says which is wrong.
        """
        if self.resume and STANDARD_INPUT in paths:
            text = "--resume can't tell what standard input contained: give files or folders"
            raise UsageError(text)

        if self.resume and self.replace:
            raise UsageError("--resume continues OUT and --replace overwrites it: give one of them")

        inputs = (path for path in expand_globs(paths) if path != STANDARD_INPUT)
        check_not_read(self.output, self.form, inputs)

    def open(self) -> RecordWriter:
        """Return the writer of the records."""
        if self.is_shown:
            from newsspider.cli.reading_view import ReadingView  # here: importing it takes 60 ms

            return ReadingView()

        return open_output(
            self.output, self.form, schema=self.schema, resume=self.resume, replace=self.replace
        )


@dataclass(frozen=True, kw_only=True)
class Run:
    """One run of the command.

    Attributes:
        source: the pages.
        target: the output.
        limits: the limits of the workers.
        honour: the directives for robots that are followed.
        ordered: whether records are written in the order of the pages.
        learns: whether the memories of sites are learned from the inputs first.
        memory_database: the database with memories of sites; None for none.
        wrappers: whether pages are read by the wrappers of their sites where they fit.
    """

    source: Source
    target: Target
    limits: Limits
    honour: Honour
    ordered: bool
    learns: bool
    memory_database: str | None
    wrappers: bool = False


def run_extraction(run: Run) -> ExitCode:
    """Extract all pages and return the exit code. Ctrl-C keeps the records so far.

    Raises:
        UsageError: an argument is wrong, or there are no pages.
        OutputError: a record can't be written.
    """
    run.source.check()
    run.target.check(run.source.paths)
    check_model()
    load_parsers(run.limits.parsers)

    writer = run.target.open()
    steps = RecordSteps(run.honour, writer)
    interrupted = False

    try:
        _take_all(run, steps, writer)
    except KeyboardInterrupt:
        interrupted = True

    if not (interrupted or steps.tally.kinds or steps.tally.skipped):
        raise UsageError(f"{' '.join(run.source.paths)}: no pages found ({LOOKED_FOR})")

    sys.stderr.writelines(f"{line}\n" for line in _iter_summary(run, steps, writer))
    if interrupted:
        continues = "" if run.target.output == STANDARD_OUTPUT else "; --resume goes on"
        sys.stderr.write(f"interrupted: the rest was not read{continues}\n")
        return ExitCode.INTERRUPTED

    return code_for(steps.tally.kinds)


def _take_all(run: Run, steps: RecordSteps, writer: RecordWriter) -> None:
    """Extract the pages, and count and write their records."""
    source = run.source
    with (
        writer,
        open_memories(_memories_of(run), wrappers=run.wrappers) as memories,
        _progress(run, "pages") as advance,
    ):

        def skip(name: str) -> bool:
            held = run.target.resume and writer.holds(name)
            if held:
                steps.tally.skipped += 1
                advance()
            return held

        pages = iter_saved(source.paths, source.url, skip, source.columns)
        extracted = iter_extracted(
            pages,
            run.limits,
            ordered=run.ordered,
            memories=memories,
            may_fork=memories is None,
        )
        with closing(extracted):
            for page in extracted:
                steps.take(page.record, page.directives)
                advance()


def _iter_summary(run: Run, steps: RecordSteps, writer: RecordWriter) -> Iterator[str]:
    """Yield the summary; without the counts if the terminal shows the only article."""
    if not (run.target.is_shown and steps.tally.kinds == {"article": 1}):
        yield from steps.tally.lines(writer.name)
    yield from writer.notes()


def _memories_of(run: Run) -> Making | None:
    """Return the function that makes the memories of sites; None if the run uses none."""
    if run.learns:
        return partial(_learn, run)
    if run.memory_database:
        # Here: SQLAlchemy takes a tenth of a second, and few runs need it.
        from newsspider.store.memory_files import copy_from

        return partial(copy_from, run.memory_database)
    return None


def _learn(run: Run, path: Path) -> MemoryFile:
    """Learn the memories of the sites in the inputs."""
    source = run.source
    with _progress(run, "learning") as advance:
        pages = iter_saved(source.paths, source.url, columns=source.columns)
        return learn_memories(pages, run.limits, path, advance)


@contextmanager
def _progress(run: Run, label: str) -> Iterator[Callable[[], None]]:
    """Yield a function to call for each page.

    It moves a bar on a terminal that shows no records.
    """
    shows_records = run.target.output == STANDARD_OUTPUT and sys.stdout.isatty()
    if shows_records or not sys.stderr.isatty():
        yield lambda: None
        return

    from newsspider.cli.progress import PagesBar  # here: importing it takes 25 ms

    with PagesBar(run.source.paths, label) as bar:
        yield bar.advance
