"""Writers: where a run's records go. What is no article goes beside the articles, never among them."""

import gzip
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol

from newsspider.errors import ExitCode, OutputError, UsageError
from newsspider.outputs.formats import FORMATS, Encoder, encode_json_lines, format_suffix
from newsspider.record import ArticleRecord
from newsspider.store.run import Run
from newsspider.store.store import Store

STANDARD_OUTPUT = "-"
DATABASE_SUFFIXES = frozenset({".db", ".sqlite", ".sqlite3"})


class RecordWriter(AbstractContextManager["RecordWriter"], Protocol):
    """Takes records one by one; leaving its `with` block completes the output."""

    name: str

    def write(self, record: ArticleRecord) -> None:
        """Write one record."""


def open_output(target: str) -> RecordWriter:
    """Return a writer for a target: `-`, a .jsonl, .jsonl.gz or .csv file, a SQLite file or URL.

    Raises:
        UsageError: the suffix names no format.
        StoreError: it can't be written.
    """
    if target == STANDARD_OUTPUT:
        return ArticlesOnly(StreamWriter(sys.stdout, "standard output", encode_json_lines))
    if "://" in target or Path(target).suffix.lower() in DATABASE_SUFFIXES:
        return StoreWriter(Store(target))
    if suffix := format_suffix(target):
        return ArticlesAndQuarantine(Path(target), suffix)
    known = ", ".join([*FORMATS, *sorted(DATABASE_SUFFIXES)])
    raise UsageError(f"{target}: no output format has this name; use one of {known}")


class StreamWriter(RecordWriter):
    """All records to an open stream."""

    def __init__(self, stream: IO[str], name: str, encode: Encoder) -> None:
        """Write to a stream that stays open after."""
        self.name = name
        self._stream = stream
        self._write = encode(stream)

    def write(self, record: ArticleRecord) -> None:
        """Write one record."""
        self._write(record)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Flush the stream."""
        self._stream.flush()


class FileWriter(RecordWriter):
    """All records to one file, begun anew."""

    def __init__(self, path: Path, suffix: str, encode: Encoder | None = None) -> None:
        """Open the file, for records in the suffix' format if no other is given.

        Raises:
            OutputError: it can't be opened.
        """
        self.name = str(path.absolute())
        try:
            self._stream: IO[str] = (
                gzip.open(path, "wt", encoding="utf-8", newline="")  # noqa: SIM115  # closed in __exit__
                if suffix.endswith(".gz")
                else path.open("w", encoding="utf-8", newline="", buffering=1)  # by line: a kill loses at most one
            )
            self._write = (encode or FORMATS[suffix])(self._stream)
        except OSError as error:
            raise OutputError(f"{path}: {error.strerror}") from error

    def write(self, record: ArticleRecord) -> None:
        """Write one record.

        Raises:
            OutputError: the disk is full or failed.
        """
        try:
            self._write(record)
        except OSError as error:
            raise OutputError(f"{self.name}: {error.strerror}") from error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        try:
            self._stream.close()
        except OSError as failure:
            raise OutputError(f"{self.name}: {failure.strerror}") from failure


class ArticlesOnly(RecordWriter):
    """Articles to another writer; what is no article is left to the run's summary."""

    def __init__(self, articles: RecordWriter) -> None:
        """Write articles to this writer."""
        self.name = articles.name
        self._articles = articles

    def write(self, record: ArticleRecord) -> None:
        """Write the record if it is an article's."""
        if record.is_article:
            self._articles.write(record)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Complete the output."""
        self._articles.__exit__(kind, error, trace)


class ArticlesAndQuarantine(ArticlesOnly):
    """Articles to one file and all else to its neighbour: `x.quarantine.jsonl` beside `x.jsonl`."""

    def __init__(self, path: Path, suffix: str) -> None:
        """Begin the file anew; an earlier run's quarantine goes, as its articles do.

        Raises:
            OutputError: one of the two can't be written.
        """
        super().__init__(FileWriter(path, suffix))
        self._suffix = suffix
        self._quarantine_path = path.with_name(path.name[: -len(suffix)] + ".quarantine" + suffix)
        self._quarantine: FileWriter | None = None
        try:
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
            self._quarantine = FileWriter(self._quarantine_path, self._suffix)
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


class StoreWriter(RecordWriter):
    """Records to the store, as a run of `newsspider extract`."""

    def __init__(self, store: Store) -> None:
        """Write to an open store and close it after."""
        self.name = store.name
        self._run = Run(store, "extract", {})

    def write(self, record: ArticleRecord) -> None:
        """Take a record; a full batch is stored.

        Raises:
            StoreError: the batch could not be stored.
        """
        self._run.add(record)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Store the last batch, also after an interruption, and close the store."""
        self._run.finish(ExitCode.INTERRUPTED if error else None)
