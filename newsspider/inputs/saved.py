"""What all inputs share: how large a page may be, an archive's member, a table's columns."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import IO, Protocol

from newsspider.pages.raw_page import RawPage, SavedPage

MAX_PAGE_BYTES = 20 * 1024 * 1024  # decompressed; as the crawl's DOWNLOAD_MAXSIZE
CHUNK_BYTES = 64 * 1024  # read at a time
PAGE_CHUNK_BYTES = 256 * 1024  # of a page: most come in one


class Readable(Protocol):
    """Anything that gives bytes."""

    def read(self, size: int, /) -> bytes:
        """Return at most so many bytes, none at the end."""


@dataclass(frozen=True)
class Columns:
    """The columns of a table that hold pages and their addresses; None takes the usual names."""

    html: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Member:
    """A file inside an archive.

    Attributes:
        name: as the archive has it.
        offset: where it begins in the archive, in bytes.
        open: opens it; raises one of READ_ERRORS where it is damaged.
        problem: why it can't be read, whoever tries; None where it can.
        reopen: opens it again, from a file that can be opened again; None where that can't be done.
    """

    name: str
    offset: int
    open: Callable[[], IO[bytes]]
    problem: str | None = None
    reopen: Callable[[], AbstractContextManager[IO[bytes]]] | None = None


class ArchiveError(Exception):
    """The archive as a whole, or what is left of it, can't be read."""


def broken_page(source: str, problem: str, url: str | None = None) -> SavedPage:
    """Return what stands for a page, or a stretch of an archive, that can't be read."""
    return SavedPage(source, lambda: RawPage(body=b"", url=url, source=source, problem=problem))


def make_page(body: bytes, source: str, url: str | None = None, *, flat: bool = False) -> RawPage:
    """Return a page's bytes as a raw page; too many are a problem."""
    if len(body) > MAX_PAGE_BYTES:
        return RawPage(body=b"", url=url, source=source, problem=too_large())
    return RawPage(body=body, url=url, source=source, flat=flat)


def too_large() -> str:
    """Return what is wrong with a page over the limit."""
    return f"larger than {MAX_PAGE_BYTES >> 20} MiB"


def read_body(stream: Readable) -> bytes:
    """Return a page's bytes; one over the limit where there are more, for `make_page` to refuse.

    The true size of a compressed page is not known before it is read.
    """
    chunks, left = [], MAX_PAGE_BYTES + 1
    while left and (chunk := stream.read(min(PAGE_CHUNK_BYTES, left))):
        chunks.append(chunk)
        left -= len(chunk)
    return b"".join(chunks)
