"""What a file holds: its format told by its content, and its pages read out of it, archives in archives too."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO
from zipfile import ZipFile

from newsspider.inputs.archives import ArchiveError, iter_tar, iter_zip
from newsspider.inputs.detecting import (
    WARC_DICTIONARY,
    Format,
    begins_record,
    decompressed_head,
    detect_format,
)
from newsspider.inputs.page_files import PageFile, read_page, read_page_file
from newsspider.inputs.revisits import Revisits
from newsspider.inputs.saved import Columns, Member, broken_page
from newsspider.inputs.streams import (
    READ_ERRORS,
    SUFFIXES,
    Compression,
    Reopen,
    compression_of,
    decompress,
    peekable,
    seekable,
)
from newsspider.inputs.tables import iter_json_lines, iter_parquet
from newsspider.raw_page import RawPage, SavedPage

MAX_NESTING = 3  # archives in one another: a WACZ in a tar has two levels
PEEKED_BYTES = 16 * 1024  # compressed; enough to unpack the first HEAD_BYTES of


class Reader:
    """Reads files, and the files in them."""

    def __init__(self, url: str | None, columns: Columns, revisits: Revisits) -> None:
        """Read with what the user said of the pages."""
        self._url = url
        self._columns = columns
        self._revisits = revisits

    def iter_stream(
        self, stream: IO[bytes], source: str, name: str, reopen: Reopen | None, nesting: int = 0
    ) -> Iterator[SavedPage]:
        """Yield the pages of an open file, whatever it is.

        Raises:
            one of READ_ERRORS: it is damaged before its first page.
        """
        file = peekable(stream)
        kind, compression = detect(file, name)
        if kind == "warc":
            from newsspider.inputs.warc import iter_warc  # here: warcio loads an HTTP client

            if compression in ("bzip2", "xz"):
                yield from iter_warc(decompress(file, compression), None, source, self._revisits, None)
            else:
                yield from iter_warc(file, compression, source, self._revisits, reopen)
        elif kind == "zip":
            with seekable(decompress(file, compression)) as archive:
                yield from self._iter_members(iter_zip(archive), source, nesting, reopen)
        elif kind == "tar":
            yield from self._iter_members(iter_tar(decompress(file, compression)), source, nesting, None)
        elif kind == "json lines":
            yield from iter_json_lines(decompress(file, compression), source, self._columns)
        elif kind == "parquet":
            yield from iter_parquet(file, source, self._columns)
        else:
            page = PageFile(source, name, kind, compression, self._url)
            if reopen and not nesting:
                yield SavedPage(source, partial(read_page_file, reopen, page), self._url, apart=True)
            else:
                yield SavedPage(source, partial(read_page, file, page), self._url)

    def _iter_members(
        self, members: Iterator[Member], source: str, nesting: int, reopen: Reopen | None
    ) -> Iterator[SavedPage]:
        """Yield the pages of an archive's files; a broken one is named, with its offset, and the rest goes on."""
        try:
            for member in members:
                inner = f"{source}#{_storable(member.name)}" if member.name else f"{source}#{member.offset}"
                at = f"(at byte {member.offset})"
                if member.problem or nesting >= MAX_NESTING:
                    problem = member.problem or "an archive in an archive in an archive: unpack it first"
                    yield broken_page(inner, f"can't be read: {problem} {at}")
                    continue
                try:
                    with member.open() as stream:
                        again = _reopen_member(reopen, member.name) if reopen else None
                        for page in self.iter_stream(stream, inner, member.name, again, nesting + 1):
                            yield SavedPage(page.source, _located(page.read, at)) if page.source == inner else page
                except READ_ERRORS as error:
                    yield broken_page(inner, f"can't be read: {error} {at}")
        except ArchiveError as error:
            yield broken_page(source, f"can't be read: {error}")


def detect(file: IO[bytes], name: str) -> tuple[Format, Compression | None]:
    """Return a file's format and compression without taking a byte of it; a WARC's members are decompressed later."""
    head: bytes = file.peek(PEEKED_BYTES)  # type: ignore[attr-defined]  # peekable
    if head.startswith(WARC_DICTIONARY):
        return "warc", "zstd"
    if not head:
        return "page", None
    compression = compression_of(head)
    unpacked = decompressed_head(head, compression) if compression else head
    kind = detect_format(unpacked, name)
    if kind == "warc" and not begins_record(unpacked):  # by its name: its first member is damaged
        compression = compression or SUFFIXES.get(Path(name).suffix.lower())
    return kind, compression


def _located(read: Callable[[], RawPage], at: str) -> Callable[[], RawPage]:
    """Return what reads a member and says of a problem where in the archive it lies."""

    def read_located() -> RawPage:
        page = read()
        if page.problem is None:
            return page
        return RawPage(body=b"", url=page.url, source=page.source, problem=f"{page.problem} {at}")

    return read_located


def _reopen_member(reopen: Reopen, name: str) -> Reopen:
    """Return what opens a zip file's member again."""

    @contextmanager
    def opened() -> Iterator[IO[bytes]]:
        with reopen() as file, ZipFile(file) as archive, archive.open(name) as stream:
            yield stream

    return opened


def _storable(name: str) -> str:
    """Return a member's name as a record names it; what is no UTF-8 in it no store takes as it is."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
