"""Zip and tar archives, read file by file; nothing is unpacked to disk."""

import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import PurePosixPath
from typing import IO, cast

from newsspider.inputs.archive_member import ArchiveError, Member
from newsspider.inputs.detecting import is_wanted, may_be_page, page_suffix
from newsspider.inputs.formats import PAGE_SUFFIXES
from newsspider.inputs.open_file import OpenFile
from newsspider.inputs.signatures import HEAD_BYTES, is_html
from newsspider.inputs.streams import READ_ERRORS, Reopen, seekable
from newsspider.text import count_of

ENCRYPTED = 0x1  # a zip member's flag


def iter_zip(file: OpenFile) -> Iterator[Member]:
    """Yield the pages and archives in a zip file, in its own order.

    Text files count as pages in folders without other pages.

    Raises:
        ArchiveError: its directory can't be read.
        OSError: it can only be read forwards and is too large to be kept.
    """
    with seekable(file.content()) as stream:
        yield from _iter_zip(stream, file.reopen)


def _iter_zip(stream: IO[bytes], reopen: Reopen | None) -> Iterator[Member]:
    """Yield the members of a zip file in a seekable stream."""
    try:
        archive = zipfile.ZipFile(stream)
    except READ_ERRORS as error:
        raise ArchiveError(f"not a readable zip file, or cut short: {error}") from error

    with archive:
        files = [info for info in archive.infolist() if info.filename and not info.is_dir()]
        names = [info.filename for info in files]
        with_pages = {_folder(name) for name in names if page_suffix(name) in PAGE_SUFFIXES}

        for info in files:
            name = info.filename
            opened = partial(archive.open, info)
            problem = "encrypted" if info.flag_bits & ENCRYPTED else None
            named = is_wanted(page_suffix(name), texts=_folder(name) not in with_pages)
            if named or (not problem and _is_unnamed_page(name, opened)):
                again = _reopen_member(reopen, name) if reopen else None
                yield Member(name, info.header_offset, opened, problem, again)


def _reopen_member(reopen: Reopen, name: str) -> Reopen:
    """Return a function that opens a zip file's member again."""

    @contextmanager
    def opened() -> Iterator[IO[bytes]]:
        with reopen() as file, zipfile.ZipFile(file) as archive, archive.open(name) as stream:
            yield stream

    return opened


def iter_tar(file: OpenFile) -> Iterator[Member]:
    """Yield the pages and archives in a tar file, in its own order.

    Text files count as pages if no other page came before them in the same folder. Links are
    skipped: their targets are in the archive, or outside of it.

    Raises:
        ArchiveError: the archive was cut short or is damaged; earlier members were yielded.
    """
    stream = file.content()
    with_pages: set[str] = set()
    expected = 0
    ending = _Ending(stream)

    try:
        for archive, info in _iter_tar_headers(ending):
            if 0 < expected < info.offset:
                damage = count_of(info.offset - expected, "damaged byte")
                yield Member("", expected, lambda: stream, damage)

            expected = _end_of(info)
            suffix, folder = page_suffix(info.name), _folder(info.name)

            if suffix in PAGE_SUFFIXES:
                with_pages.add(folder)

            if not info.isreg():
                continue

            # Once: a stream of the archive is only read forwards.
            opened = cache(partial(_extract, archive, info))
            named = is_wanted(suffix, texts=folder not in with_pages)
            if named or _is_unnamed_page(info.name, opened):
                yield Member(info.name, info.offset, opened)
    except READ_ERRORS as error:
        raise ArchiveError(f"the archive breaks off after byte {expected}: {error}") from error

    if ending.last.strip(b"\0"):
        raise ArchiveError(f"the archive was cut short after byte {expected}")


def _iter_tar_headers(stream: "_Ending") -> Iterator[tuple[tarfile.TarFile, tarfile.TarInfo]]:
    """Yield the members' headers, each with the archive."""
    # With ignore_zeros a damaged header is skipped, and the next whole one found.
    with tarfile.open(
        fileobj=cast(IO[bytes], stream), mode="r|", ignore_zeros=True, errorlevel=0
    ) as archive:
        for info in archive:
            archive.members = []  # type: ignore[attr-defined]  # else it keeps them all
            yield archive, info


def _end_of(info: tarfile.TarInfo) -> int:
    """Return the offset after a member's content, which fills whole blocks."""
    blocks = -(-info.size // tarfile.BLOCKSIZE)
    return info.offset_data + blocks * tarfile.BLOCKSIZE


class _Ending:
    """A stream that keeps its last block: a tar file ends with a block of zeros."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.last = b""
        self._stream = stream

    def read(self, size: int) -> bytes:
        """Return a number of bytes, fewer only at the end."""
        content = self._stream.read(size)
        self.last = (self.last + content[-tarfile.BLOCKSIZE :])[-tarfile.BLOCKSIZE :]
        return content


def _extract(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    """Open a regular file of a tar archive."""
    return cast(IO[bytes], archive.extractfile(info))


def _is_unnamed_page(name: str, opened: Callable[[], IO[bytes]]) -> bool:
    """Whether a file in an archive is a page by its first bytes only."""
    if not may_be_page(PurePosixPath(name).name):
        return False

    try:
        return is_html(opened().peek(HEAD_BYTES))  # type: ignore[attr-defined]  # peekable
    except READ_ERRORS:  # damaged; only what is named as a page is missed
        return False


def _folder(name: str) -> str:
    """Return the folder of a file in an archive."""
    return str(PurePosixPath(name).parent)
