"""A file that is one page, whatever it is compressed with."""

from dataclasses import dataclass
from pathlib import Path
from typing import IO

from newsspider.inputs.detecting import TEXT_SUFFIX, Format, page_suffix
from newsspider.inputs.saved import make_page, read_body
from newsspider.inputs.streams import READ_ERRORS, SUFFIXES, Compression, Reopen, decompress
from newsspider.raw_page import RawPage


@dataclass(frozen=True)
class PageFile:
    """What is known of it before it is read.

    Attributes:
        source: as its record will name it.
        name: the file's own.
        kind: page or mhtml.
        url: the page's address, if the caller knows it.
    """

    source: str
    name: str
    kind: Format
    compression: Compression | None
    url: str | None


def read_page_file(reopen: Reopen, file: PageFile) -> RawPage:
    """Open the file and return its page."""
    try:
        with reopen() as stream:
            return read_page(stream, file)
    except READ_ERRORS as error:
        return _unreadable(file, str(error))


def read_page(stream: IO[bytes], file: PageFile) -> RawPage:
    """Return the page of an open file."""
    try:
        content = decompress(stream, file.compression)
        if file.kind == "mhtml":
            from newsspider.inputs.mhtml import read_mhtml  # here: it loads the standard library's e-mail

            return read_mhtml(content, file.source)
        body = read_body(content)
    except READ_ERRORS as error:
        return _unreadable(file, str(error))
    claimed = SUFFIXES.get(Path(file.name).suffix.lower())
    if claimed and body and not file.compression and not body.lstrip().startswith(b"<"):
        return _unreadable(file, f"neither {claimed} data, as its name says, nor a page")
    return make_page(body, file.source, file.url, flat=page_suffix(file.name) == TEXT_SUFFIX)


def _unreadable(file: PageFile, why: str) -> RawPage:
    """Return what stands for a page that can't be read."""
    return RawPage(body=b"", url=file.url, source=file.source, problem=f"can't be read: {why}")
