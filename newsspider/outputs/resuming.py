"""Going on with an output that an earlier run began: what it holds, and where it broke off."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from newsspider.errors import OutputError
from newsspider.files import make_private, replace_file
from newsspider.kinds import RETRIED_KINDS

RECORD_START = b'{"url": '  # as a record's line begins
TAIL_BYTES = 64 * 1024  # read at a time, from the end, to find where the last complete line ends


class Sources:
    """The sources that an output holds, on disk: ten million of them need no memory.

    >>> sources = Sources()
    >>> sources.add(["saved/a.html", "saved/a.html"])
    >>> "saved/a.html" in sources, "saved/b.html" in sources
    (True, False)
    >>> sources.close()
    """

    def __init__(self) -> None:
        """Begin with none."""
        # A temporary file of SQLite's own, gone when it is closed
        self._connection = sqlite3.connect("")
        self._connection.execute("CREATE TABLE sources (source TEXT PRIMARY KEY) WITHOUT ROWID")

    def add(self, sources: Iterable[str]) -> None:
        """Add some."""
        with self._connection:
            rows = ((source,) for source in sources)
            self._connection.executemany("INSERT OR IGNORE INTO sources VALUES (?)", rows)

    def __contains__(self, source: str) -> bool:
        """Whether a source is among them."""
        return self._connection.execute("SELECT 1 FROM sources WHERE source = ?", (source,)).fetchone() is not None

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def mend_file(path: Path) -> None:
    """Make a JSON lines file end with a complete line; a file that isn't there is left alone.

    Raises:
        OutputError: its last line is not the beginning of a record.
    """
    if path.exists():
        cut_incomplete_line(path)


def cut_incomplete_line(path: Path) -> int:
    """Cut what a killed run left after the last complete line, and return how many bytes that were.

    A whole record that lacks its line end gets it.

    Raises:
        OutputError: what stands there is not the beginning of a record.
    """
    with path.open("r+b") as file:
        size = end = file.seek(0, 2)
        while end > 0:
            start = max(0, end - TAIL_BYTES)
            file.seek(start)
            found = file.read(end - start).rfind(b"\n")

            if found >= 0:
                end = start + found + 1
                break

            end = start

        file.seek(end)
        rest = file.read()
        if not RECORD_START.startswith(rest[: len(RECORD_START)]):
            raise OutputError(f"{path}: the last line is not a record, so --resume can't continue from it")

        if rest and _is_json(rest):
            file.write(b"\n")
            return 0

        file.truncate(end)

    return size - end


def _is_json(text: bytes) -> bool:
    """Whether a text is JSON, and not the beginning of some."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def iter_sources(path: Path) -> Iterator[str]:
    """Yield the sources of a JSON lines file's records.

    Raises:
        OutputError: a line is no record; it names the line.
    """
    for _, _, source in _iter_lines(path):
        if source:
            yield source


def drop_retried(path: Path) -> None:
    """Take the pages that are tried again out of a quarantine file.

    Raises:
        OutputError: a line is no record, or the file can't be written.
    """
    if not path.exists():
        return

    rest = path.with_name(f"{path.name}.part")
    try:
        make_private(rest)
        with rest.open("w", encoding="utf-8", newline="") as file:
            file.writelines(line for line, kind, _ in _iter_lines(path) if kind not in RETRIED_KINDS)

        replace_file(rest, path)
    finally:
        rest.unlink(missing_ok=True)


def _iter_lines(path: Path) -> Iterator[tuple[str, str, str | None]]:
    """Yield (line, kind, source) of a JSON lines file."""
    if not path.exists():
        return

    with closing(path.open(encoding="utf-8", newline="\n")) as file:
        for number, line in enumerate(file, start=1):
            try:
                record = json.loads(line)
                kind, source = record["kind"], record["source"]
            except (ValueError, TypeError, KeyError, RecursionError) as error:
                raise OutputError(
                    f"{path}: line {number} is not a record, so --resume can't continue from it"
                ) from error

            yield line, kind, source
