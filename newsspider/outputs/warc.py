"""WARC files of fetched responses: one gzip member per record, readable by warcio and pywb."""

import errno
import gzip
import io
import os
import time
from collections.abc import Sequence
from http.client import responses
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newsspider import __version__
from newsspider.errors import OutputError
from newsspider.files import PRIVATE_FILE, PRIVATE_FOLDER, Sync

GZIP_LEVEL = 6  # warcio's own 9 takes twice the time for 1 % less
# They describe the connection, not the page; bodies are kept without its encoding.
LEFT_OUT = frozenset({"transfer-encoding", "connection", "keep-alive"})
# Of responses: HTTP's
CONTENT_TYPES = {
    "warcinfo": "application/warc-fields",
    "resource": "text/html; charset=utf-8",
}


class WarcFiles:
    """The WARC files of one run: `news-20260324093000-4711-00000.warc.gz`.

    Each record is one write of a complete gzip member: a kill never leaves half of one.
    """

    def __init__(self, folder: Path, name: str, max_bytes: int, sync: Sync = "normal") -> None:
        """Begin without a file.

        Args:
            folder: created when the first record is written.
            name: the run's name.
            max_bytes: a larger file is followed by another one.
            sync: "full" syncs each record to disk before the next one; else a file is synced when
                it is closed.
        """
        self._folder = folder
        self._stem = f"{name}-{time.strftime('%Y%m%d%H%M%S', time.gmtime())}-{os.getpid()}"
        self._max_bytes = max_bytes
        self._sync = sync
        self._number = 0
        self._file: io.FileIO | None = None

    def add(
        self,
        url: str,
        moment: str,
        status: int,
        headers: Sequence[tuple[str, str]],
        body: bytes,
        *,
        ip_address: str | None = None,
        is_cut: bool = False,
        is_rendered: bool = False,
    ) -> None:
        """Write a response, or as a resource the page that a browser made of it.

        Args:
            url: the address that answered.
            moment: ISO 8601 in UTC.
            status: the HTTP status.
            headers: in their original order.
            body: as transferred, compressed as its headers say.
            ip_address: the server's address.
            is_cut: whether the connection broke.
            is_rendered: whether the body comes from a browser and not from a server; it is UTF-8.

        Raises:
            OutputError: it can't be written.
        """
        more = {"WARC-Date": moment}
        if ip_address:
            more["WARC-IP-Address"] = ip_address

        if is_cut:
            more["WARC-Truncated"] = "disconnect"

        if is_rendered:
            self._write(url, "resource", body, more, None)
            return

        kept = [(name, value) for name, value in headers if name.lower() not in LEFT_OUT]
        http = StatusAndHeaders(f"{status} {_reason(status)}".strip(), kept, protocol="HTTP/1.1")
        self._write(url, "response", body, more, http)

    def close(self) -> None:
        """Close the last file and sync it to disk.

        Raises:
            OutputError: the disk failed.
        """
        if self._file:
            try:
                os.fsync(self._file.fileno())
            except OSError as error:
                raise OutputError(f"{self._folder}: {error.strerror}") from error
            finally:
                self._file.close()
                self._file = None

    def _write(
        self, url: str, kind: str, body: bytes, more: dict[str, str], http: StatusAndHeaders | None
    ) -> None:
        """Write a record to the present file, or to a new one if that is full."""
        try:
            is_first = kind == "warcinfo"
            if self._file is None or (not is_first and self._file.tell() >= self._max_bytes):
                self._open_next()

            assert self._file is not None  # opened

            _write_whole(self._file, _member(url, kind, body, more, http))

            if self._sync == "full":
                os.fsync(self._file.fileno())
        except OSError as error:
            raise OutputError(f"{self._folder}: {error.strerror}") from error

    def _open_next(self) -> None:
        """Begin the next file with a record that names the software."""
        self.close()
        self._folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        path = self._folder / f"{self._stem}-{self._number:05}.warc.gz"
        self._number += 1
        self._file = io.FileIO(path, "xb", opener=_open_private)
        info = f"software: newsspider/{__version__}\r\nformat: WARC File Format 1.1\r\n"
        self._write("", "warcinfo", info.encode(), {"WARC-Filename": path.name}, None)


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, PRIVATE_FILE)


def _write_whole(file: io.FileIO, member: bytes) -> None:
    """Write a complete member or, on a full disk, nothing: half of one makes a file unreadable.

    Raises:
        OSError: it can't be written.
    """
    begin = file.tell()

    try:
        if file.write(member) < len(member):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    except OSError:
        file.seek(begin)
        file.truncate()
        raise


def _reason(status: int) -> str:
    """Return the phrase of an HTTP status, which readers expect and HTTP/2 does not send."""
    return responses.get(status, "")


def _member(
    url: str, kind: str, body: bytes, more: dict[str, str], http: StatusAndHeaders | None
) -> bytes:
    """Return a record as a gzip member."""
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=False, warc_version="1.1")
    record = writer.create_warc_record(
        url,
        kind,
        payload=io.BytesIO(body),
        length=len(body),
        http_headers=http,
        warc_content_type=CONTENT_TYPES.get(kind, ""),
        warc_headers_dict=more,
    )
    writer.write_record(record)

    return gzip.compress(stream.getvalue(), GZIP_LEVEL)
