"""Writers: they take a run's records one by one."""

import gzip
import io
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol, cast

import zstandard

from newsspider.errors import OutputError
from newsspider.files import choose_sync, make_private, sync_path
from newsspider.outputs.encoders import Encoder
from newsspider.record import ArticleRecord

# Of a compressed file: a kill loses at most so many; each flush costs compression
FLUSHED_RECORDS = 200


class RecordWriter(AbstractContextManager["RecordWriter"], Protocol):
    """Takes records one by one; the end of its `with` block completes the output."""

    name: str

    def write(self, record: ArticleRecord) -> None:
        """Write one record."""

    def holds(self, source: str) -> bool:
        """Whether an earlier run has written a source's record, and no second try is due."""
        return False

    def notes(self) -> list[str]:
        """Return notes for the user about the written records, once the output is complete."""
        return []


class StreamWriter(RecordWriter):
    """All records to an open stream."""

    def __init__(self, stream: IO[str], name: str, encode: Encoder, end: str = "") -> None:
        """Write to a stream that stays open.

        Args:
            stream: the stream.
            name: its name for messages.
            encode: writes the records.
            end: text that is written last.
        """
        self.name = name
        self._end = end
        self._stream = stream
        self._write = encode(stream)

    def write(self, record: ArticleRecord) -> None:
        """Write one record."""
        self._write(record)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write the end and flush the stream."""
        self._stream.write(self._end)
        self._stream.flush()


class FileWriter(RecordWriter):
    """All records to one text file."""

    def __init__(
        self, path: Path, encode: Encoder, *, anew: bool = True, begin: str = "", end: str = ""
    ) -> None:
        """Open the file; its name tells whether it is compressed.

        Args:
            path: the file.
            encode: writes its records.
            anew: whether it is overwritten; else records are appended.
            begin: text that is written first, to a file that is overwritten.
            end: text that is written last.

        Raises:
            OutputError: it can't be opened.
        """
        self.name = str(path.absolute())
        self._end = end
        self._path = path
        self._unflushed = 0
        self._is_synced = choose_sync() == "full"
        self._is_compressed = path.suffix.lower() in _COMPRESSED

        try:
            make_private(path)
            self._stream = self._open(anew=anew)

            if anew:
                self._stream.write(begin)

            self._write = encode(self._stream)
        except OSError as error:
            raise OutputError(f"{path}: {error.strerror}") from error

    def _open(self, *, anew: bool) -> IO[str]:
        """Open the file; an uncompressed one by line, so that a kill loses at most one."""
        if self._is_compressed:
            return _COMPRESSED[self._path.suffix.lower()](self._path)
        mode = "w" if anew else "a"
        return cast(IO[str], self._path.open(mode, encoding="utf-8", newline="", buffering=1))

    def write(self, record: ArticleRecord) -> None:
        """Write one record.

        Raises:
            OutputError: the disk is full or failed.
        """
        try:
            self._write(record)
            self._unflushed += 1

            if self._is_compressed and self._unflushed < FLUSHED_RECORDS:
                return

            if self._is_compressed:
                self._stream.flush()

            self._unflushed = 0
            if self._is_synced:
                sync_path(self._path)
        except OSError as error:
            raise OutputError(f"{self.name}: {error.strerror}") from error

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write the end and close the file."""
        try:
            try:
                self._stream.write(self._end)
            finally:
                self._stream.close()

            sync_path(self._path)
        except OSError as failure:
            raise OutputError(f"{self.name}: {failure.strerror}") from failure


def _open_gz(path: Path) -> IO[str]:
    return cast(IO[str], gzip.open(path, "wt", encoding="utf-8", newline=""))


def _open_zst(path: Path) -> IO[str]:
    compressed = zstandard.ZstdCompressor(write_checksum=True).stream_writer(path.open("wb"))
    return io.TextIOWrapper(cast(IO[bytes], compressed), encoding="utf-8", newline="")


_COMPRESSED = {".gz": _open_gz, ".zst": _open_zst}
