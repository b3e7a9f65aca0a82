"""Where a run's records go. What is no article goes beside the articles, never among them."""

import sys
from collections.abc import Iterable
from pathlib import Path
from shutil import rmtree
from types import TracebackType
from typing import Any, NoReturn

from newsspider.errors import OutputError, UsageError
from newsspider.outputs.encoders import Encoder, choose_encoder
from newsspider.outputs.folders import FolderWriter
from newsspider.outputs.formats import DEFAULT, FORMAT_OF_SUFFIX, FORMATS, format_suffix, formats_of, is_compressed
from newsspider.outputs.parquet import parts_folder
from newsspider.outputs.resuming import Sources
from newsspider.outputs.writers import ArticlesOnly, FileWriter, RecordWriter, StreamWriter
from newsspider.record import ArticleRecord

STANDARD_OUTPUT = "-"
DATABASE_SUFFIXES = frozenset({".db", ".sqlite", ".sqlite3"})


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
        return ArticlesOnly(open_writer(target, form, encode))
    if resume:
        return ResumedFiles(Path(target), form)
    return ArticlesAndQuarantine(Path(target), form, encode)


def is_database(target: str) -> bool:
    """Whether an output's name is a database's."""
    return "://" in target or Path(target).suffix.lower() in DATABASE_SUFFIXES


def check_not_read(target: str, form: str | None, read: Iterable[str]) -> None:
    """Refuse to write over what is read, which would be lost, and texts to where they would be read again.

    Args:
        target: the output.
        form: its format, where the target's name does not say it.
        read: the files and folders that are read.

    Raises:
        UsageError: one line that names both.
    """
    if target == STANDARD_OUTPUT or "://" in target:
        return
    path = Path(target)
    beside = quarantine_path(path, form or "")
    is_read_as_pages = form in FORMATS and FORMATS[form].is_read_as_pages
    for each in map(Path, read):
        for written in (path, beside):
            if each.exists() and written.exists() and each.samefile(written):
                raise UsageError(f"{written}: it is read and would be written over: name another output")
        if is_read_as_pages and each.is_dir() and path.absolute().is_relative_to(each.absolute()):
            raise UsageError(f"{path}: it lies in {each}, which is read: name a folder outside of it")


def open_writer(target: str, form: str, encode: Encoder | None = None, *, anew: bool = True) -> RecordWriter:
    """Return a writer of all records to one target in a format.

    Args:
        target: `-`, a file, or for some formats a folder.
        form: from `choose_format`.
        encode: writes text instead of the format's own encoder.
        anew: whether a file is begun anew.

    Raises:
        UsageError: the format needs an extra that is not installed.
        OutputError: it can't be written.
    """
    row, path = FORMATS[form], Path(target)
    made: Any = encode or row.load()
    if target == STANDARD_OUTPUT:
        return StreamWriter(sys.stdout, "standard output", made)
    if row.shape == "folder":
        return FolderWriter(path, row.suffix, made)
    if row.shape == "text":
        return FileWriter(path, made, anew=anew)
    writer: RecordWriter = made(path, anew=anew)
    return writer


def choose_format(target: str, form: str | None) -> str:
    """Return the format that is named, else the one that the target's name means.

    Raises:
        UsageError: there is none, or it does not fit the target.
    """
    if form is not None and form not in FORMATS:
        raise UsageError(f"--format {form}: no such format; use one of {', '.join(FORMATS)}")
    if target == STANDARD_OUTPUT:
        if form and FORMATS[form].shape != "text":
            raise UsageError(f"--format {form}: not on standard output; name a file or folder with -o")
        return form or DEFAULT
    if form and is_database(target):
        raise UsageError(f"{target}: the name of a database: leave out --format {form}, or name another file")
    meant = FORMAT_OF_SUFFIX.get(format_suffix(target) or "")
    if form is None:
        return meant or _refuse(target)
    if FORMATS[form].shape != "folder" and meant not in (None, form):
        raise UsageError(f"{target}: the name of a {meant} file: --format {form} does not fit it")
    if FORMATS[form].shape == "folder" and (meant or Path(target).is_file()):
        raise UsageError(f"{target}: --format {form} writes a file an article into a folder: name one")
    return form


def _refuse(target: str) -> NoReturn:
    """Say which names of outputs mean a format.

    Raises:
        UsageError: always.
    """
    if target.endswith("/") or Path(target).is_dir():
        raise UsageError(f"{target}: say what goes into the folder: --format {' or '.join(formats_of('folder'))}")
    known = ", ".join([*FORMAT_OF_SUFFIX, *sorted(DATABASE_SUFFIXES)])
    raise UsageError(f"{target}: no output format has this name; use one of {known}, or a folder with --format")


def _open_database(target: str) -> RecordWriter:
    """Return a writer to a store."""
    # Imported here: SQLAlchemy takes a tenth of a second, a quarter of what a command needs to start.
    from newsspider.outputs.database import StoreWriter
    from newsspider.store.store import Store

    return StoreWriter(Store(target))


class ArticlesAndQuarantine(ArticlesOnly):
    """Articles to one file and all else to its neighbour: `x.quarantine.jsonl` beside `x.jsonl`.

    A folder's quarantine is a file in it.
    """

    def __init__(self, path: Path, form: str, encode: Encoder | None = None, *, anew: bool = True) -> None:
        """Begin the file anew, where an earlier run's quarantine goes as its articles do, or add to both.

        Args:
            path: the articles' file or folder.
            form: its format.
            encode: writes the articles instead of the format's own encoder.
            anew: whether both are begun anew.

        Raises:
            OutputError: one of the two can't be written.
        """
        super().__init__(open_writer(str(path), form, encode, anew=anew))
        self._form = DEFAULT if FORMATS[form].shape == "folder" else form
        self._anew = anew
        self._quarantine_path = quarantine_path(path, form)
        self._quarantine: RecordWriter | None = None
        try:
            if anew:
                self._quarantine_path.unlink(missing_ok=True)
                rmtree(parts_folder(self._quarantine_path), ignore_errors=True)
        except OSError as error:
            self._articles.__exit__(None, None, None)
            raise OutputError(f"{self._quarantine_path}: {error.strerror}") from error

    def write(self, record: ArticleRecord) -> None:
        """Write the record to the file that its kind belongs to; the quarantine begins with its first record."""
        if record.is_article:
            self._articles.write(record)
            return
        if self._quarantine is None:
            self._quarantine = open_writer(str(self._quarantine_path), self._form, anew=self._anew)
        self._quarantine.write(record)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close both files."""
        try:
            if self._quarantine:
                self._quarantine.__exit__(kind, error, trace)
        finally:
            self._articles.__exit__(kind, error, trace)


class ResumedFiles(ArticlesAndQuarantine):
    """Both files of an earlier run, gone on with."""

    def __init__(self, path: Path, form: str) -> None:
        """Cut incomplete lines, drop the pages that are tried again, and note what both files hold.

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
        super().__init__(path, form, anew=False)

    def holds(self, source: str) -> bool:
        """Whether a line of the two files is this source's."""
        return source in self._sources

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the files."""
        self._sources.close()
        super().__exit__(kind, error, trace)


def quarantine_path(path: Path, form: str) -> Path:
    """Return where the quarantine of an output lies.

    >>> quarantine_path(Path("out/x.jsonl.gz"), "jsonl").name, str(quarantine_path(Path("notes"), "markdown"))
    ('x.quarantine.jsonl.gz', 'notes/quarantine.jsonl')
    """
    if form in formats_of("folder"):
        return path / f"quarantine{FORMATS[DEFAULT].suffix}"
    stem = len(path.name) - len(format_suffix(path.name) or path.suffix)
    return path.with_name(f"{path.name[:stem]}.quarantine{path.name[stem:]}")
