"""A file that contains one page, with any compression."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from newsspider.inputs.detecting import page_suffix
from newsspider.inputs.formats import FORMATS, TEXT_SUFFIX
from newsspider.inputs.page_bytes import Readable, make_page, read_body
from newsspider.inputs.streams import READ_ERRORS, SUFFIXES, Compression, Reopen, decompress
from newsspider.pages.raw_page import RawPage


@dataclass(frozen=True)
class PageFile:
    """A file with one page, before it is read.

    Attributes:
        source: the name for its record.
        name: the file's own name.
        kind: its format, one of FORMATS that hold a page.
        compression: the file's compression.
        url: the page's address, if the caller knows it.
    """

    source: str
    name: str
    kind: str
    compression: Compression | None
    url: str | None


PageReader = Callable[[Readable, PageFile], RawPage]


def read_page_file(reopen: Reopen, file: PageFile) -> RawPage:
    """Open the file and return its page."""
    try:
        with reopen() as stream:
            return read_page(stream, file)
    except READ_ERRORS as error:
        return _unreadable(file, str(error))


def read_page(stream: IO[bytes], file: PageFile) -> RawPage:
    """Return the page of an open file."""
    read: PageReader = FORMATS[file.kind].load()
    try:
        return read(decompress(stream, file.compression), file)
    except READ_ERRORS as error:
        return _unreadable(file, str(error))


def read_markup(content: Readable, file: PageFile) -> RawPage:
    """Return the page of a file that contains markup or plain text."""
    body = read_body(content)
    claimed = SUFFIXES.get(Path(file.name).suffix.lower())
    if claimed and body and not file.compression and not body.lstrip().startswith(b"<"):
        return _unreadable(file, f"neither {claimed} data, as its name says, nor a page")
    return make_page(body, file.source, file.url, flat=page_suffix(file.name) == TEXT_SUFFIX)


def _unreadable(file: PageFile, why: str) -> RawPage:
    """Return the page for a file that can't be read."""
    return RawPage(body=b"", url=file.url, source=file.source, problem=f"can't be read: {why}")
