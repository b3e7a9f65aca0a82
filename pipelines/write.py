"""Writing: the output of a command, whatever its name means, with what is no article beside the articles."""

from functools import partial
from pathlib import Path
from shutil import rmtree
from types import TracebackType

from newsspider.errors import OutputError, UsageError
from newsspider.outputs.encoders import Encoder, choose_encoder
from newsspider.outputs.formats import DEFAULT, FORMATS, is_compressed
from newsspider.outputs.opening import STANDARD_OUTPUT, choose_format, is_database, open_writer, quarantine_path
from newsspider.outputs.parquet import parts_folder
from newsspider.outputs.resuming import Sources
from newsspider.outputs.writers import RecordWriter
from pipelines.quarantine import PartingWriter


def open_output(
    target: str, form: str | None = None, *, schema: str | None = None, resume: bool = False
) -> RecordWriter:
    """Return a writer for a target: `-`, a file, a folder, a SQLite file or URL; what is no article goes beside it.

    Args:
        target: a file is begun anew, a folder and a database are added to.
        form: one of the formats, where the target's name does not say it.
        schema: another tool's field names for the articles, one of SCHEMAS.
        resume: go on with what an earlier run wrote; the writer then knows which sources it holds.

    Raises:
        UsageError: the name and the format do not fit, or what is there can't be gone on with.
        StoreError: it can't be written, or not be gone on with.
    """
    form = None if form is None and is_database(target) else choose_format(target, form)
    encode = choose_encoder(schema, form)
    if form is None:
        return _open_database(target)
    if resume and schema:
        raise UsageError(f"--schema {schema}: --resume can't go on with such records, which don't name their source")
    if resume and (not FORMATS[form].resuming or is_compressed(target) or target == STANDARD_OUTPUT):
        known = " or ".join(row.suffix for row in FORMATS.values() if row.resuming)
        raise UsageError(f"--resume goes on with a {known} file or a database, not with {target}")
    if target == STANDARD_OUTPUT:
        return PartingWriter(open_writer(target, form, encode))
    if resume:
        return ResumedFiles(Path(target), form)
    return _open_anew(Path(target), form, encode)


def _open_database(target: str) -> RecordWriter:
    """Return a writer to a store."""
    # Imported here: SQLAlchemy takes a tenth of a second, a quarter of what a command needs to start.
    from newsspider.store.store import Store
    from pipelines.store import StoreWriter

    return StoreWriter(Store(target))


def _open_anew(path: Path, form: str, encode: Encoder | None) -> RecordWriter:
    """Return a writer to a file or folder; an earlier run's quarantine goes as its articles do.

    Raises:
        OutputError: the file or its quarantine can't be written.
    """
    articles = open_writer(str(path), form, encode)
    quarantine = quarantine_path(path, form)
    try:
        quarantine.unlink(missing_ok=True)
        rmtree(parts_folder(quarantine), ignore_errors=True)
    except OSError as error:
        articles.__exit__(None, None, None)
        raise OutputError(f"{quarantine}: {error.strerror}") from error
    return PartingWriter(articles, partial(open_writer, str(quarantine), _quarantine_form(form)))


class ResumedFiles(PartingWriter):
    """The articles and the quarantine of an earlier run, gone on with."""

    def __init__(self, path: Path, form: str) -> None:
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
        super().__init__(articles, partial(open_writer, str(quarantine), _quarantine_form(form), anew=False))

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
    """Return the format of a quarantine: a folder's is one file in it."""
    return DEFAULT if FORMATS[form].shape == "folder" else form
