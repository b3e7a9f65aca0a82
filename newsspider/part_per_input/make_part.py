"""One input to its part: the same on this machine, in a job of a scheduler and in a task of a cluster."""

from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import KW_ONLY, dataclass, field, replace
from functools import partial
from pathlib import Path

from newsspider.errors import OutputError, UsageError
from newsspider.inputs.paths import source_of
from newsspider.inputs.reading import iter_saved
from newsspider.inputs.table_columns import Columns
from newsspider.mending.parsers import load_parsers
from newsspider.outputs.encoders import choose_encoder
from newsspider.part_per_input import PARQUET
from newsspider.part_per_input.count_records import PART_FORMATS, count_kinds
from newsspider.part_per_input.inputs import local_copy
from newsspider.part_per_input.part_names import Input
from newsspider.part_per_input.parts import Attempt, Parts
from newsspider.pool import Limits, iter_extracted
from newsspider.pool.learning import learn_memories
from newsspider.record import ArticleRecord
from newsspider.site_memory.lookup import Making, MemoryFile, open_memories
from pipelines.count import Tally
from pipelines.honour import Honour
from pipelines.open_output import open_output
from pipelines.record_steps import RecordSteps

Advance = Callable[[], None]


@dataclass(frozen=True)
class Recipe:
    """How pages become a part: the same for all inputs of a run, on every machine.

    Attributes:
        form: the parts' format, one of PART_FORMATS.
        schema: another tool's field names for the articles.
        limits: of each process that makes a part.
        honour: the requests of pages to robots that are honoured.
        columns: of tables.
        ordered: whether records are written in the order of the pages.
        replace: whether a part that is there is made again.
        learns: whether the sites' memories are learned from the input first, which is then read twice.
        memory_database: a database with the memories of sites, by path or URL, instead.
        wrappers: whether pages are read by the wrappers of their sites where they fit.
    """

    form: str = PARQUET
    schema: str | None = None
    limits: Limits = field(default_factory=Limits)
    honour: Honour = field(default_factory=lambda: Honour(()))
    columns: Columns = field(default_factory=Columns)
    _: KW_ONLY
    ordered: bool = False
    replace: bool = False
    learns: bool = False
    memory_database: str | None = None
    wrappers: bool = False

    def check(self) -> None:
        """Refuse arguments that no part can be made with.

        Raises:
            UsageError: there is no such format or schema, or parts can't have it.
        """
        if self.form not in PART_FORMATS:
            raise UsageError(
                f"--format {self.form}: parts are written as {', '.join(PART_FORMATS)}"
            )
        choose_encoder(self.schema, self.form)


@dataclass(frozen=True)
class Part:
    """The result for an input.

    Attributes:
        name: of the part.
        files: its articles, then its quarantine if there is one.
        made: whether this call has made it; False where it was there already.
        tally: its records, counted once.
    """

    name: str
    files: tuple[str, ...]
    made: bool
    tally: Tally

    @property
    def kinds(self) -> Counter[str]:
        """How many records of each kind it holds."""
        return self.tally.kinds


def make_part(given: Input, parts: Parts, recipe: Recipe, advance: Advance = lambda: None) -> Part:
    """Make the part of an input, unless it is there.

    Args:
        given: the file or folder.
        parts: the output.
        recipe: how.
        advance: is called for each page; an error of it ends the work without a part.

    Raises:
        UsageError: a package is missing, or a module with mends can't be imported.
        UnreadableError: the input does not exist, or can't be copied.
        OutputError: the part can't be written.
    """
    name = given.part_name
    parts.sweep()
    if recipe.replace or not parts.find(name):
        with parts.begin(name) as attempt:
            with local_copy(given) as location:
                tally = _extract(location, given.source, attempt, recipe, advance)
            if attempt.place(replace=recipe.replace):
                return Part(name, tuple(parts.find(name)), made=True, tally=tally)
    return _existing_part(name, parts, recipe.form)


def _extract(
    location: Path, source: str, attempt: Attempt, recipe: Recipe, advance: Advance
) -> Tally:
    """Write the records of a file's or folder's pages, and return the counts."""
    load_parsers(recipe.limits.parsers)
    found_as = source_of(location)
    try:
        writer = open_output(str(attempt.articles), recipe.form, schema=recipe.schema)
        steps = RecordSteps(recipe.honour, writer)
        making = _memories_of(location, recipe)
        with writer, open_memories(making, wrappers=recipe.wrappers) as memories:
            pages = iter_saved([str(location)], columns=recipe.columns)
            extracted = iter_extracted(
                pages, recipe.limits, ordered=recipe.ordered, memories=memories
            )
            with closing(extracted):
                for page in extracted:
                    steps.take(_renamed(page.record, found_as, source), page.directives)
                    advance()
    except OutputError as error:
        raise OutputError(
            str(error).replace(str(attempt.articles.absolute()), f"part of {source}")
        ) from error
    return steps.tally


def _memories_of(location: Path, recipe: Recipe) -> Making | None:
    """Return the function that makes the memories of sites; None if the recipe has none."""
    if recipe.learns:
        return partial(_learn, location, recipe)
    if recipe.memory_database:
        from newsspider.store.memory_files import copy_from  # here: few runs need a database

        return partial(copy_from, recipe.memory_database)
    return None


def _learn(location: Path, recipe: Recipe, path: Path) -> MemoryFile:
    """Learn the memories of the sites in an input."""
    pages = iter_saved([str(location)], columns=recipe.columns)
    return learn_memories(pages, recipe.limits, path, lambda: None)


def _renamed(record: ArticleRecord, found_as: str, source: str) -> ArticleRecord:
    """Return the record under the source's name as the user gave it, not under where it was read."""
    if found_as == source or record.source is None:
        return record
    return replace(record, source=source + record.source.removeprefix(found_as))


def _existing_part(name: str, parts: Parts, form: str) -> Part:
    """Return a part that is there."""
    files = tuple(parts.find(name))
    tally = Tally()
    tally.kinds.update(count_kinds(files, form))
    return Part(name, files, made=False, tally=tally)
