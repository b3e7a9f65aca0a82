"""Writing: the output of a command, whatever its name means, with what is no article beside the articles."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from shutil import rmtree
from types import TracebackType
from typing import Any, Self

from newsspider.errors import NewsspiderError, OutputError, UsageError
from newsspider.outputs.encoders import Encoder, choose_encoder
from newsspider.outputs.formats import DEFAULT, FORMATS, is_compressed
from newsspider.outputs.output_locks import Claim, check_free, claim_output
from newsspider.outputs.parquet import parts_folder
from newsspider.outputs.resuming import Sources
from newsspider.outputs.writer_choice import (
    DATABASE_SUFFIXES,
    STANDARD_OUTPUT,
    choose_format,
    is_database,
    open_writer,
    quarantine_path,
)
from newsspider.outputs.writers import RecordWriter
from newsspider.record import ArticleRecord
from pipelines.ending import end_unkept
from pipelines.quarantine import PartingWriter


def open_output(
    target: str,
    form: str | None = None,
    *,
    schema: str | None = None,
    resume: bool = False,
    replace: bool = True,
) -> RecordWriter:
    """Return a writer for a target: `-`, a file, a folder, a SQLite file or URL; what is no article goes beside it.

    Args:
        target: a file is begun anew, a folder and a database are added to. While the writer is
            open, no other process can open a file or folder.
        form: one of the formats, where the target's name does not say it.
        schema: another tool's field names for the articles, one of SCHEMAS.
        resume: go on with what an earlier run wrote; the writer then knows which sources it holds.
        replace: whether an earlier run's file may be lost, and its quarantine.

    Raises:
        UsageError: the name and the format do not fit, what is there can't be gone on with, or it
            would be lost.
        StoreError: it can't be written, or not be gone on with.
    """
    form = None if form is None and is_database(target) else choose_format(target, form, DATABASE_SUFFIXES)
    encode = choose_encoder(schema, form)
    if form is None:
        return _open_database(target)

    if resume and schema:
        raise UsageError(
            f"--schema {schema}: --resume can't continue such records, because they don't name their source"
        )

    can_resume = bool(FORMATS[form].resuming) and not is_compressed(target) and target != STANDARD_OUTPUT
    if resume and not can_resume:
        known = " or ".join(row.suffix for row in FORMATS.values() if row.resuming)
        raise UsageError(f"--resume continues a {known} file or a database, not with {target}")

    if target == STANDARD_OUTPUT:
        return PartingWriter(open_writer(target, form, encode))

    path = Path(target)
    instead = ", --resume continues it" if can_resume and not schema else ""
    claim = claim_output(target, form, replace=replace or resume, instead=instead, quarantine=True)

    try:
        if resume:
            return ResumedFiles(path, form, claim)
        return _open_anew(path, form, encode, claim, adds=FORMATS[form].shape == "folder" and not replace)
    except BaseException:
        claim.release()
        raise


def _open_database(target: str) -> RecordWriter:
    """Return a writer to a store."""
    # Imported here: SQLAlchemy takes a tenth of a second, a quarter of what a command needs to
    # start.
    from newsspider.store.store import Store
    from pipelines.store import StoreWriter

    return StoreWriter(Store(target))


def _open_anew(path: Path, form: str, encode: Encoder | None, claim: Claim, *, adds: bool) -> RecordWriter:
    """Return a writer to a file or folder; an earlier run's quarantine goes as its articles do, or is added to.

    Raises:
        OutputError: the file or its quarantine can't be written.
    """
    articles = open_writer(str(path), form, encode)
    quarantine = quarantine_path(path, form)

    try:
        if not adds:
            quarantine.unlink(missing_ok=True)
            rmtree(parts_folder(quarantine), ignore_errors=True)
    except OSError as error:
        articles.__exit__(None, None, None)
        raise OutputError(f"{quarantine}: {error.strerror}") from error

    return PartingWriter(articles, partial(open_writer, str(quarantine), _quarantine_form(form), anew=not adds), claim)


class ResumedFiles(PartingWriter):
    """The articles and the quarantine of an earlier run, gone on with."""

    def __init__(self, path: Path, form: str, claim: Claim) -> None:
        """Mend what was cut short, drop the pages that are tried again, and note what both files hold.

        Raises:
            OutputError: one of the two holds something else, or can't be written.
        """
        self._sources = Sources()
        quarantine = quarantine_path(path, form)
        held = FORMATS[form].load_resuming()

        try:
            for part in (path, quarantine):
                held.mend_file(part)
                if part == quarantine:
                    held.drop_retried(part)

                self._sources.add(held.iter_sources(part))
        except OSError as error:
            raise OutputError(f"{part}: {error.strerror}") from error

        articles = open_writer(str(path), form, anew=False)
        super().__init__(articles, partial(open_writer, str(quarantine), _quarantine_form(form), anew=False), claim)

    def holds(self, source: str) -> bool:
        """Whether a record of the two files is this source's."""
        return source in self._sources

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the files."""
        self._sources.close()
        super().__exit__(kind, error, trace)


def _quarantine_form(form: str) -> str:
    """Return the format of a quarantine, which is one file with every field."""
    return DEFAULT if FORMATS[form].is_documents else form


@dataclass(frozen=True)
class CrawlOutput:
    """Where a crawl writes its records beside the store.

    Attributes:
        target: `-`, a file or a folder.
        form: its format, where its name does not say it.
        schema: another tool's field names.
        replace: whether an earlier file may be lost.
    """

    target: str
    form: str | None = None
    schema: str | None = None
    replace: bool = False

    def open(self) -> RecordWriter:
        """Return a writer to it.

        Raises:
            UsageError, StoreError: as `open_output`.
        """
        return open_output(self.target, self.form, schema=self.schema, replace=self.replace)


class WritePipeline:
    """Writes every record to the output that NEWSSPIDER_OUTPUT names, as `newsspider crawl -o` sets it."""

    def __init__(self, crawler: Any, open_writer: Callable[[], RecordWriter]) -> None:
        """Write to what the first record opens."""
        self._crawler = crawler
        self._open = open_writer
        self._writer: RecordWriter | None = None
        self._gave_up = False

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        """Build it, where there is an output."""
        from scrapy.exceptions import NotConfigured

        output = output_in(crawler.settings)
        if output is None:
            raise NotConfigured
        return cls(crawler, output.open)

    def process_item(self, item: Any) -> Any:
        """Write a record and pass it on; items that are none pass as they are."""
        if isinstance(item, ArticleRecord) and not self._gave_up:
            try:
                self._writer = self._writer or self._open()
                self._writer.write(item)
            except (OutputError, UsageError) as error:
                # Also a file that another has written in the meantime
                self._give_up(error)

        return item

    def close_spider(self) -> None:
        """Complete the output."""
        try:
            if self._writer:
                self._writer.__exit__(None, None, None)
        except OutputError as error:
            self._give_up(error)

    def _give_up(self, error: NewsspiderError) -> None:
        """End a crawl whose records would be lost."""
        if not self._gave_up:
            self._gave_up = True
            end_unkept(self._crawler, error)


def output_in(settings: Any) -> CrawlOutput | None:
    """Return a crawl's output as Scrapy's settings name it; None for none."""
    target = settings.get("NEWSSPIDER_OUTPUT")
    if not target:
        return None
    form, schema = (settings.get(f"NEWSSPIDER_OUTPUT_{part}") or None for part in ("FORMAT", "SCHEMA"))
    return CrawlOutput(target, form, schema, replace=settings.getbool("NEWSSPIDER_OUTPUT_REPLACE"))


def check_output(output: CrawlOutput) -> None:
    """Refuse an output that can't be written as asked, before anything is done for it.

    Raises:
        UsageError: the name and the format do not fit, there is no folder to write it to, or an
            earlier one is there.
    """
    form = choose_format(output.target, output.form)
    choose_encoder(output.schema, form)
    path = Path(output.target)

    if output.target == STANDARD_OUTPUT:
        return
    if not path.absolute().parent.is_dir():
        raise UsageError(f"{path}: there is no folder {path.parent}")
    if not output.replace and FORMATS[form].shape != "folder":
        check_free([path, quarantine_path(path, form)])
