"""The reading of one file: its format is detected, and archives in archives are opened."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import IO

from newsspider.inputs.archive_member import ArchiveError, Member
from newsspider.inputs.detecting import detect
from newsspider.inputs.formats import FORMATS
from newsspider.inputs.open_file import OpenFile
from newsspider.inputs.page_bytes import broken_page
from newsspider.inputs.page_files import PageFile, read_page, read_page_file
from newsspider.inputs.streams import READ_ERRORS, Reopen, peekable
from newsspider.inputs.table_columns import Columns
from newsspider.inputs.warc_revisits import Revisits
from newsspider.pages.raw_page import RawPage, SavedPage

MAX_NESTING = 3  # archives in one another: a WACZ in a tar has two levels


class Reader:
    """Reads files, and the files in them."""

    def __init__(self, url: str | None, columns: Columns, revisits: Revisits) -> None:
        """Read with the user's hints.

        Args:
            url: the address of the pages.
            columns: the columns of tables.
            revisits: notes the records of WARC files that refer to each other.
        """
        self._url = url
        self._columns = columns
        self._revisits = revisits

    def iter_stream(
        self, stream: IO[bytes], source: str, name: str, reopen: Reopen | None, nesting: int = 0
    ) -> Iterator[SavedPage]:
        """Yield the pages of an open file, whatever its format.

        Raises:
            one of READ_ERRORS: it is damaged before its first page.
        """
        file = peekable(stream)
        kind, compression = detect(file, name)
        form = FORMATS[kind]

        if form.holds == "a page":
            page = PageFile(source, name, kind, compression, self._url)
            if reopen and not nesting:
                yield SavedPage(
                    source, partial(read_page_file, reopen, page), self._url, apart=True
                )
            else:
                yield SavedPage(source, partial(read_page, file, page), self._url)

            return

        opened = OpenFile(file, compression, source, reopen, self._columns, self._revisits)
        found = form.load()(opened)
        yield from self._iter_members(found, source, nesting) if form.holds == "files" else found

    def _iter_members(
        self, members: Iterator[Member], source: str, nesting: int
    ) -> Iterator[SavedPage]:
        """Yield the pages of an archive's files; a damaged file is reported with its offset."""
        try:
            for member in members:
                yield from self._iter_member(member, source, nesting)
        except ArchiveError as error:
            yield broken_page(source, f"can't be read: {error}")

    def _iter_member(self, member: Member, source: str, nesting: int) -> Iterator[SavedPage]:
        """Yield the pages of one file in an archive."""
        inner = f"{source}#{_place_of(member)}"
        at = f"(at byte {member.offset})"
        problem = member.problem

        if nesting >= MAX_NESTING:
            problem = problem or "an archive in an archive in an archive: unpack it first"

        if problem:
            yield broken_page(inner, f"can't be read: {problem} {at}")
            return

        try:
            with member.open() as stream:
                pages = self.iter_stream(stream, inner, member.name, member.reopen, nesting + 1)

                for page in pages:
                    is_member = page.source == inner
                    yield SavedPage(page.source, _located(page.read, at)) if is_member else page
        except READ_ERRORS as error:
            yield broken_page(inner, f"can't be read: {error} {at}")


def _located(read: Callable[[], RawPage], at: str) -> Callable[[], RawPage]:
    """Return a function that reads a member and adds its offset to a problem."""

    def read_located() -> RawPage:
        page = read()
        if page.problem is None:
            return page
        return RawPage(body=b"", url=page.url, source=page.source, problem=f"{page.problem} {at}")

    return read_located


def _place_of(member: Member) -> str:
    """Return the name of a file in an archive, or where it begins if it has none."""
    if member.name:
        return _storable(member.name)
    return str(member.offset)


def _storable(name: str) -> str:
    """Return a member's name as a record names it: no store accepts text that is not UTF-8."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
