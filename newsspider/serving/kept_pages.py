"""Pages that were kept: found by their address in WARC files, or in the file that a record names as its source."""

import hashlib
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from newsspider.errors import UsageError
from newsspider.inputs.detecting import detect
from newsspider.inputs.find_page import find_page
from newsspider.inputs.formats import WARC
from newsspider.inputs.paths import check_paths, expand_globs, iter_files
from newsspider.inputs.streams import READ_ERRORS, Compression, open_file
from newsspider.inputs.warc import is_page, read_at
from newsspider.inputs.warc_records import Record, iter_records
from newsspider.pages.raw_page import RawPage
from newsspider.record import ArticleRecord
from newsspider.urls import is_web_url, normalise_url

KEY_BYTES = 8  # of an address: a million pages take some 150 MB


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a page.

    Attributes:
        file: that it is in.
        compression: of the file.
        offset: of its record.
        fetched_at: as the file has it.
        record_id: of its record; the offset where it has none.
    """

    file: str
    compression: Compression | None
    offset: int
    fetched_at: str
    record_id: str


@dataclass
class _State:
    """How far a file has been read: its size then, and the offset of its last whole record."""

    size: int = 0
    offset: int = 0
    copies: set[int] = field(default_factory=set)


class Archive:
    """WARC files, read once in a thread of their own; files that are new or have grown are read when asked again."""

    def __init__(self, paths: Sequence[str]) -> None:
        """Begin to read files and folders.

        Raises:
            UsageError: one does not exist.
        """
        check_paths(path for path in paths if not Path(path).is_dir())
        if missing := [path for path in paths if not list(expand_globs([path]))]:
            raise UsageError(f"{missing[0]}: no such file or folder")
        self.paths = list(paths)
        self._copies: dict[bytes, list[Copy]] = {}
        self._states: dict[str, _State] = {}
        self._lock = threading.Lock()
        self._reader: threading.Thread | None = None
        self._stopped = threading.Event()
        self.refresh()

    @property
    def is_reading(self) -> bool:
        """Whether it is still being read."""
        return self._reader is not None and self._reader.is_alive()

    def refresh(self) -> None:
        """Read new files, and the ends of files that have grown, in the background."""
        with self._lock:
            if self.paths and not self.is_reading:
                self._reader = threading.Thread(
                    target=self._read_all, name="newsspider archive", daemon=True
                )
                self._reader.start()

    def wait(self, seconds: float) -> None:
        """Wait until everything is read, so long at most."""
        if self._reader is not None:
            self._reader.join(seconds)

    def close(self) -> None:
        """End the reading."""
        self._stopped.set()
        self.wait(1)

    def find(self, url: str, fetched_at: str | None = None) -> Copy | None:
        """Return the copy of an address that was fetched at a moment, else the latest one."""
        copies = self._copies.get(_key_of(url), [])
        same = [copy for copy in copies if fetched_at and copy.fetched_at[:19] == fetched_at[:19]]
        return max(same or copies, key=lambda copy: copy.fetched_at, default=None)

    def read(self, copy: Copy, url: str) -> RawPage | None:
        """Return a copy's page, None where it is gone."""
        source = f"{copy.file}#{copy.record_id}"
        try:
            return read_at(
                partial(open_file, Path(copy.file)),
                copy.compression,
                copy.offset,
                source,
                url,
                copy.fetched_at,
            )
        except READ_ERRORS:
            return None

    def _read_all(self) -> None:
        for path in expand_globs(self.paths):
            for file in iter_files(Path(path)):
                if self._stopped.is_set():
                    return
                try:
                    self._read_file(file)
                except READ_ERRORS:
                    continue  # it is gone or damaged; `extract` says where

    def _read_file(self, file: Path) -> None:
        """Read the records of a file that come after those that are known."""
        name, size = str(file), file.stat().st_size
        state = self._states.setdefault(name, _State())
        if size == state.size:
            return
        with open_file(file) as stream:
            kind, compression = detect(stream, file.name)
            if kind != WARC or compression in ("bzip2", "xz"):
                state.size = size
                return
            begin = (
                state.offset if compression != "zstd" else 0
            )  # whose dictionary is at the beginning
            stream.seek(begin)
            for copy, key in self._iter_copies(
                iter_records(stream, compression), name, compression, begin
            ):
                state.offset = copy.offset
                if copy.offset not in state.copies:
                    state.copies.add(copy.offset)
                    self._copies.setdefault(key, []).append(copy)
        state.size = size

    def _iter_copies(
        self, records: Iterator[object], file: str, compression: Compression | None, begin: int
    ) -> Iterator[tuple[Copy, bytes]]:
        """Yield the pages of a file with the keys of their addresses."""
        for record in records:
            if self._stopped.is_set():
                return
            if not isinstance(record, Record) or not is_page(record):
                continue
            headers = record.parsed.rec_headers
            url = headers.get_header("WARC-Target-URI") or ""
            moment = headers.get_header("WARC-Date") or ""
            offset = begin + record.offset
            record.finish()
            if is_web_url(url) and not record.damage:
                name = str(headers.get_header("WARC-Record-ID") or offset).strip("<> ")
                yield Copy(file, compression, offset, moment, name), _key_of(url)


def find_source(record: ArticleRecord) -> RawPage | None:
    """Return the page of the file that a record was made of; None where it was crawled or the file is gone."""
    if not record.source or is_web_url(record.source) or record.source == "-":
        return None
    try:
        return find_page(record.source)
    except (UsageError, OSError):
        return None


def _key_of(url: str) -> bytes:
    return hashlib.blake2b(normalise_url(url).encode(), digest_size=KEY_BYTES).digest()
