"""Where a run's records go. What is no article goes beside the articles, never among them."""

import sys
from pathlib import Path
from types import TracebackType

from newsspider.errors import OutputError, UsageError
from newsspider.outputs.formats import FORMATS, encode_json_lines, format_suffix
from newsspider.outputs.resuming import Sources, cut_incomplete_line, drop_retried, iter_sources
from newsspider.outputs.writers import ArticlesOnly, FileWriter, RecordWriter, StreamWriter
from newsspider.record import ArticleRecord

STANDARD_OUTPUT = "-"
DATABASE_SUFFIXES = frozenset({".db", ".sqlite", ".sqlite3"})
RESUMABLE_SUFFIX = ".jsonl"  # a compressed file that was cut short takes nothing more, a CSV cell may hold line ends


def open_output(target: str, *, resume: bool = False) -> RecordWriter:
    """Return a writer for a target: `-`, a .jsonl, .jsonl.gz or .csv file, a SQLite file or URL.

    Args:
        target: a file is begun anew, a database is added to.
        resume: go on with what an earlier run wrote; the writer then knows which sources it holds.

    Raises:
        UsageError: the suffix names no format, or none that can be gone on with.
        StoreError: it can't be written, or not be gone on with.
    """
    if "://" in target or Path(target).suffix.lower() in DATABASE_SUFFIXES:
        return _open_database(target)
    suffix = format_suffix(target)
    if resume and suffix != RESUMABLE_SUFFIX:
        raise UsageError(f"--resume goes on with a {RESUMABLE_SUFFIX} file or a database, not with {target}")
    if target == STANDARD_OUTPUT:
        return ArticlesOnly(StreamWriter(sys.stdout, "standard output", encode_json_lines))
    if suffix and resume:
        return ResumedFiles(Path(target), suffix)
    if suffix:
        return ArticlesAndQuarantine(Path(target), suffix)
    known = ", ".join([*FORMATS, *sorted(DATABASE_SUFFIXES)])
    raise UsageError(f"{target}: no output format has this name; use one of {known}")


def _open_database(target: str) -> RecordWriter:
    """Return a writer to a store."""
    # Imported here: SQLAlchemy takes a tenth of a second, a quarter of what a command needs to start.
    from newsspider.outputs.database import StoreWriter
    from newsspider.store.store import Store

    return StoreWriter(Store(target))


class ArticlesAndQuarantine(ArticlesOnly):
    """Articles to one file and all else to its neighbour: `x.quarantine.jsonl` beside `x.jsonl`."""

    def __init__(self, path: Path, suffix: str, *, anew: bool = True) -> None:
        """Begin the file anew, where an earlier run's quarantine goes as its articles do, or add to both.

        Raises:
            OutputError: one of the two can't be written.
        """
        super().__init__(FileWriter(path, suffix, anew=anew))
        self._suffix = suffix
        self._anew = anew
        self._quarantine_path = quarantine_path(path, suffix)
        self._quarantine: FileWriter | None = None
        try:
            if anew:
                self._quarantine_path.unlink(missing_ok=True)
        except OSError as error:
            self._articles.__exit__(None, None, None)
            raise OutputError(f"{self._quarantine_path}: {error.strerror}") from error

    def write(self, record: ArticleRecord) -> None:
        """Write the record to the file that its kind belongs to; the quarantine begins with its first record."""
        if record.is_article:
            self._articles.write(record)
            return
        if self._quarantine is None:
            self._quarantine = FileWriter(self._quarantine_path, self._suffix, anew=self._anew)
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

    def __init__(self, path: Path, suffix: str) -> None:
        """Cut incomplete lines, drop the pages that are tried again, and note what both files hold.

        Raises:
            OutputError: one of the two holds something else, or can't be written.
        """
        self._sources = Sources()
        quarantine = quarantine_path(path, suffix)
        try:
            for part in filter(Path.exists, (path, quarantine)):
                cut_incomplete_line(part)
                if part == quarantine:
                    drop_retried(part)
                self._sources.add(iter_sources(part))
        except OSError as error:
            raise OutputError(f"{part}: {error.strerror}") from error
        super().__init__(path, suffix, anew=False)

    def holds(self, source: str) -> bool:
        """Whether a line of the two files is this source's."""
        return source in self._sources

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the files."""
        self._sources.close()
        super().__exit__(kind, error, trace)


def quarantine_path(path: Path, suffix: str) -> Path:
    """Return where an output file's quarantine lies.

    >>> quarantine_path(Path("out/x.jsonl.gz"), ".jsonl.gz").name
    'x.quarantine.jsonl.gz'
    """
    return path.with_name(path.name[: -len(suffix)] + ".quarantine" + suffix)
