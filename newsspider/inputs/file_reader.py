"""What a file holds: its format told by its content, and its pages read out of it, archives in archives too."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import IO

from newsspider.inputs.detecting import detect
from newsspider.inputs.formats import FORMATS
from newsspider.inputs.open_file import OpenFile
from newsspider.inputs.page_files import PageFile, read_page, read_page_file
from newsspider.inputs.saved import ArchiveError, Columns, Member, broken_page
from newsspider.inputs.streams import READ_ERRORS, Reopen, peekable
from newsspider.inputs.warc_revisits import Revisits
from newsspider.pages.raw_page import RawPage, SavedPage

MAX_NESTING = 3  # archives in one another: a WACZ in a tar has two levels


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
        form = FORMATS[kind]

        if form.holds == "a page":
            page = PageFile(source, name, kind, compression, self._url)
            if reopen and not nesting:
                yield SavedPage(source, partial(read_page_file, reopen, page), self._url, apart=True)
            else:
                yield SavedPage(source, partial(read_page, file, page), self._url)

            return

        found = form.load()(OpenFile(file, compression, source, reopen, self._columns, self._revisits))
        yield from self._iter_members(found, source, nesting) if form.holds == "files" else found

    def _iter_members(self, members: Iterator[Member], source: str, nesting: int) -> Iterator[SavedPage]:
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
                        for page in self.iter_stream(stream, inner, member.name, member.reopen, nesting + 1):
                            yield SavedPage(page.source, _located(page.read, at)) if page.source == inner else page
                except READ_ERRORS as error:
                    yield broken_page(inner, f"can't be read: {error} {at}")
        except ArchiveError as error:
            yield broken_page(source, f"can't be read: {error}")


def _located(read: Callable[[], RawPage], at: str) -> Callable[[], RawPage]:
    """Return what reads a member and says of a problem where in the archive it lies."""

    def read_located() -> RawPage:
        page = read()
        if page.problem is None:
            return page
        return RawPage(body=b"", url=page.url, source=page.source, problem=f"{page.problem} {at}")

    return read_located


def _storable(name: str) -> str:
    """Return a member's name as a record names it; what is no UTF-8 in it no store takes as it is."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
