"""The bytes of a saved page: read up to a limit, and turned into a raw page or into a problem."""

from typing import Protocol

from newsspider.pages.raw_page import RawPage, SavedPage

MAX_PAGE_BYTES = 20 * 1024 * 1024  # decompressed; as the crawl's DOWNLOAD_MAXSIZE
CHUNK_BYTES = 64 * 1024  # read at a time
PAGE_CHUNK_BYTES = 256 * 1024  # of a page: most come in one


class Readable(Protocol):
    """An object that returns bytes."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes, none at the end."""


def broken_page(source: str, problem: str, url: str | None = None) -> SavedPage:
    """Return the page for a page or a part of an archive that can't be read."""
    return SavedPage(source, lambda: RawPage(body=b"", url=url, source=source, problem=problem))


def make_page(body: bytes, source: str, url: str | None = None, *, flat: bool = False) -> RawPage:
    """Return a page's bytes as a raw page; one that is too large has a problem."""
    if len(body) > MAX_PAGE_BYTES:
        return RawPage(body=b"", url=url, source=source, problem=too_large())
    return RawPage(body=body, url=url, source=source, flat=flat)


def too_large() -> str:
    """Return the problem of a page over the limit."""
    return f"larger than {MAX_PAGE_BYTES >> 20} MiB"


def read_body(stream: Readable) -> bytes:
    """Return a page's bytes, up to one more than the limit, so that `make_page` refuses too many.

    The real size of a compressed page is not known before it is read.
    """
    chunks, left = [], MAX_PAGE_BYTES + 1
    while left and (chunk := stream.read(min(PAGE_CHUNK_BYTES, left))):
        chunks.append(chunk)
        left -= len(chunk)
    return b"".join(chunks)
