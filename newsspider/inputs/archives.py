"""Zip and tar archives: their files one after another, nothing unpacked to disk."""

import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import PurePosixPath
from typing import IO, cast

from newsspider.inputs.detecting import is_wanted, page_suffix
from newsspider.inputs.formats import PAGE_SUFFIXES
from newsspider.inputs.open_file import OpenFile
from newsspider.inputs.saved import ArchiveError, Member
from newsspider.inputs.streams import READ_ERRORS, Reopen, seekable
from newsspider.text import count_of

ENCRYPTED = 0x1  # a zip member's flag


def iter_zip(file: OpenFile) -> Iterator[Member]:
    """Yield the pages and archives in a zip file, in its own order; text where no page lies in the same folder.

    Raises:
        ArchiveError: its directory can't be read.
        OSError: it is read forwards and too large to be kept.
    """
    with seekable(file.content()) as stream:
        yield from _iter_zip(stream, file.reopen)


def _iter_zip(stream: IO[bytes], reopen: Reopen | None) -> Iterator[Member]:
    """Yield the members of a zip file in which one can go back."""
    try:
        archive = zipfile.ZipFile(stream)
    except READ_ERRORS as error:
        raise ArchiveError(f"not a readable zip file, or cut short: {error}") from error

    with archive:
        files = [info for info in archive.infolist() if info.filename and not info.is_dir()]
        with_pages = {_folder(info.filename) for info in files if page_suffix(info.filename) in PAGE_SUFFIXES}

        for info in files:
            if is_wanted(page_suffix(info.filename), texts=_folder(info.filename) not in with_pages):
                problem = "encrypted" if info.flag_bits & ENCRYPTED else None
                again = _reopen_member(reopen, info.filename) if reopen else None
                yield Member(info.filename, info.header_offset, partial(archive.open, info), problem, again)


def _reopen_member(reopen: Reopen, name: str) -> Reopen:
    """Return what opens a zip file's member again."""

    @contextmanager
    def opened() -> Iterator[IO[bytes]]:
        with reopen() as file, zipfile.ZipFile(file) as archive, archive.open(name) as stream:
            yield stream

    return opened


def iter_tar(file: OpenFile) -> Iterator[Member]:
    """Yield the pages and archives in a tar file as they come; text where no page came before it in the same folder.

    Links are passed over: what they lead to is in the archive, or no business of ours.

    Raises:
        ArchiveError: the archive was cut short or is damaged; what came before was yielded.
    """
    stream = file.content()
    with_pages: set[str] = set()
    expected = 0
    ending = _Ending(stream)

    try:
        # With ignore_zeros a damaged header is passed over, and the next whole one found.
        with tarfile.open(fileobj=cast(IO[bytes], ending), mode="r|", ignore_zeros=True, errorlevel=0) as archive:
            for info in archive:
                archive.members = []  # type: ignore[attr-defined]  # else it keeps them all
                if info.offset > expected and expected:
                    yield Member("", expected, lambda: stream, f"{count_of(info.offset - expected, 'damaged byte')}")

                expected = info.offset_data + -(-info.size // tarfile.BLOCKSIZE) * tarfile.BLOCKSIZE
                suffix, folder = page_suffix(info.name), _folder(info.name)
                if suffix in PAGE_SUFFIXES:
                    with_pages.add(folder)
                if info.isreg() and is_wanted(suffix, texts=folder not in with_pages):
                    yield Member(info.name, info.offset, partial(_extract, archive, info))
    except READ_ERRORS as error:
        raise ArchiveError(f"the archive breaks off after byte {expected}: {error}") from error

    if ending.last.strip(b"\0"):
        raise ArchiveError(f"the archive was cut short after byte {expected}")


class _Ending:
    """A stream whose last block is kept: the end of a tar file is a block of zeros."""

    def __init__(self, stream: IO[bytes]) -> None:
        """Read from this stream."""
        self.last = b""
        self._stream = stream

    def read(self, size: int) -> bytes:
        """Return so many bytes, fewer only at the end."""
        content = self._stream.read(size)
        self.last = (self.last + content[-tarfile.BLOCKSIZE :])[-tarfile.BLOCKSIZE :]
        return content


def _extract(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    """Open a regular file of a tar archive."""
    return cast(IO[bytes], archive.extractfile(info))


def _folder(name: str) -> str:
    """Return the folder of a file in an archive."""
    return str(PurePosixPath(name).parent)
