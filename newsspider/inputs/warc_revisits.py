"""Revisit records: a page that was fetched again unchanged, kept as a reference to its first copy.

The copy may be in another file of the same run, before or after the revisit. So records that may be
referred to are noted on disk while files are read, and the revisits are read last.
"""

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from newsspider.inputs.page_bytes import broken_page
from newsspider.pages.raw_page import RawPage, SavedPage

_SCHEMA = """
CREATE TABLE originals (digest TEXT, url TEXT, date TEXT, file INTEGER, at INTEGER);
CREATE TABLE revisits (
    source TEXT, url TEXT, date TEXT, digest TEXT, original_url TEXT, original_date TEXT
);
"""
_INDEXES = """
CREATE INDEX by_digest ON originals (digest);
CREATE INDEX by_address ON originals (url, date);
"""
_REVISIT_HEADERS = (
    "WARC-Target-URI",
    "WARC-Date",
    "WARC-Payload-Digest",
    "WARC-Refers-To-Target-URI",
    "WARC-Refers-To-Date",
)
_BY_ADDRESS = "SELECT file, at FROM originals WHERE url = ? AND date = ? LIMIT 1"
_BY_DIGEST = """
SELECT file, at FROM originals WHERE digest = ?
ORDER BY url != ?, date > ?, date DESC LIMIT 1
"""
# Returns the page at an offset of a file under (source, url, date), None if it is gone.
ReadAt = Callable[[int, str, str, str], RawPage | None]
NOT_THERE = "a revisit of a page that is not among the inputs"


class Revisits:
    """The revisits of a run, and the records that they may refer to."""

    def __init__(self) -> None:
        self._files: list[ReadAt | None] = []
        self._connection: sqlite3.Connection | None = None

    def add_file(self, read_at: ReadAt | None) -> int:
        """Note a file and return its number; `read_at` reads its records again, if possible."""
        self._files.append(read_at)
        return len(self._files) - 1

    def add_original(self, headers: Any, file: int, offset: int) -> None:
        """Note a record that others may refer to."""
        names = ("WARC-Payload-Digest", "WARC-Target-URI", "WARC-Date")
        self._insert("originals", *map(headers.get_header, names), file, offset)

    def add(self, headers: Any, source: str) -> None:
        """Note a revisit, to be read with `iter_pages`."""
        self._insert("revisits", source, *map(headers.get_header, _REVISIT_HEADERS))

    def iter_pages(self) -> Iterator[SavedPage]:
        """Yield the revisits' pages: address and time of the revisit, content of the original."""
        if self._connection is None:
            return

        self._connection.executescript(_INDEXES)

        for source, url, date, *reference in self._connection.execute("SELECT * FROM revisits"):
            yield self._page(source, url, date, reference)

        self._connection.close()

    def _page(self, source: str, url: str, date: str, reference: list[str]) -> SavedPage:
        """Return a revisit's page."""
        digest, original_url, original_date = reference
        found = self._find(_BY_ADDRESS, original_url, original_date)
        found = found or self._find(_BY_DIGEST, digest, original_url or url, date)

        if not found:
            original = f"{original_url or url}, {original_date or digest}"
            return broken_page(source, f"{NOT_THERE} ({original})", url)

        number, offset = found
        read_at = self._files[number]

        if read_at is None:
            problem = "a revisit of a page in an archive that can be read only once"
            return broken_page(source, problem, url)

        def read() -> RawPage:
            return read_at(offset, source, url, date) or broken_page(source, NOT_THERE, url).read()

        return SavedPage(source, read)

    def _find(self, query: str, *values: str) -> tuple[int, int] | None:
        """Return the file's number and the offset of an original, or None."""
        assert self._connection is not None  # there are revisits
        row: tuple[int, int] | None = self._connection.execute(query, values).fetchone()
        return row

    def _insert(self, table: str, *row: Any) -> None:
        """Insert a row; the tables are a temporary file of SQLite, deleted when it is closed."""
        if self._connection is None:
            self._connection = sqlite3.connect("", isolation_level=None)
            self._connection.executescript(_SCHEMA)
            self._connection.execute("BEGIN")
        self._connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
