"""Opening the output of a command: any target by its name, with other pages beside the articles."""

from functools import partial
from pathlib import Path
from shutil import rmtree
from types import TracebackType

from newsspider.errors import OutputError, UsageError
from newsspider.outputs.encoders import Encoder, Render, choose_encoder
from newsspider.outputs.formats import DEFAULT, FORMATS, is_compressed
from newsspider.outputs.output_locks import Claim, claim_output
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
from pipelines.quarantine import PartingWriter


def open_output(
    target: str,
    form: str | None = None,
    *,
    schema: str | None = None,
    resume: bool = False,
    replace: bool = True,
) -> RecordWriter:
    """Return a writer for a target: `-`, a file, a folder, a SQLite file or a database's URL.

    Records of other pages than articles are written beside it. While the writer is open, no other
    process can open the same file or folder.

    Args:
        target: a file is overwritten; records are added to a folder or database.
        form: one of the formats, if the target's name does not tell it.
        schema: another tool's field names for the articles, one of SCHEMAS.
        resume: continue an earlier run's output; the writer then knows its sources.
        replace: whether an earlier run's file and its quarantine may be overwritten.

    Raises:
        UsageError: name and format do not fit, or existing output can't be continued or would be
            lost.
        StoreError: it can't be written, or not be continued.
    """
    if form is not None or not is_database(target):
        form = choose_format(target, form, DATABASE_SUFFIXES, schema)

    encode = choose_encoder(schema, form)
    if form is None:
        return _open_database(target)

    if resume:
        _check_resumable(target, form, schema)

    if target == STANDARD_OUTPUT:
        return PartingWriter(open_writer(target, form, encode))

    instead = _mend_for_existing(target, form, schema)
    claim = claim_output(target, form, replace=replace or resume, instead=instead, quarantine=True)

    try:
        if resume:
            return ResumedFiles(Path(target), form, claim)

        adds = FORMATS[form].shape == "folder" and not replace
        return _open_anew(Path(target), form, encode, claim, adds=adds)
    except BaseException:
        claim.release()
        raise


def _mend_for_existing(target: str, form: str, schema: str | None) -> str:
    """Return how to go on with an output that exists already, for its error message; "" for no way."""
    if schema or not _can_resume(target, form):
        return ""
    return ", --resume continues it"


def _check_resumable(target: str, form: str, schema: str | None) -> None:
    """Refuse an output that `--resume` can't continue.

    Raises:
        UsageError: one line with the reason.
    """
    if schema:
        problem = "--resume can't continue such records, because they don't name their source"
        raise UsageError(f"--schema {schema}: {problem}")

    if not _can_resume(target, form):
        known = " or ".join(row.suffix for row in FORMATS.values() if row.resuming)
        raise UsageError(f"--resume can't continue {target}, only a {known} file or a database")


def _can_resume(target: str, form: str) -> bool:
    """Whether a later run can continue this output."""
    if target == STANDARD_OUTPUT or is_compressed(target):
        return False
    return bool(FORMATS[form].resuming)


def _open_database(target: str) -> RecordWriter:
    """Return a writer to a store."""
    # Imported here: SQLAlchemy takes a tenth of a second, a quarter of what a command needs to
    # start.
    from newsspider.store.store import Store
    from pipelines.store import StoreWriter

    return StoreWriter(Store(target))


def _open_anew(
    path: Path, form: str, encode: Encoder | Render | None, claim: Claim, *, adds: bool
) -> RecordWriter:
    """Return a writer to a file or folder, and to its quarantine.

    Args:
        path: the file or folder.
        form: its format.
        encode: writes the articles, instead of the format's own encoder.
        claim: the right to write to both.
        adds: whether records are added to an earlier run's quarantine, which is else deleted.

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

    open_quarantine = partial(open_writer, str(quarantine), _quarantine_form(form), anew=not adds)
    return PartingWriter(articles, open_quarantine, claim)


class ResumedFiles(PartingWriter):
    """The articles and the quarantine of an earlier run, continued."""

    def __init__(self, path: Path, form: str, claim: Claim) -> None:
        """Repair both files, drop pages to be tried again, and note the sources.

        Raises:
            OutputError: one of the two has other content, or can't be written.
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
        super().__init__(
            articles,
            partial(open_writer, str(quarantine), _quarantine_form(form), anew=False),
            claim,
        )

    def holds(self, source: str) -> bool:
        """Whether one of the two files has a record of this source."""
        return source in self._sources

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the files."""
        self._sources.close()
        super().__exit__(kind, error, trace)


def _quarantine_form(form: str) -> str:
    """Return the format of a quarantine, which is one file with every field."""
    return DEFAULT if FORMATS[form].is_documents else form
