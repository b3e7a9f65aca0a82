"""Continuing an output of an earlier run: its records, and the place where it broke off."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import IO

from newsspider.errors import OutputError
from newsspider.files import make_private, replace_file
from newsspider.kinds import RETRIED_KINDS

RECORD_START = b'{"url": '  # the beginning of a record's line
TAIL_BYTES = 64 * 1024  # read at a time, from the end, to find where the last complete line ends


class Sources:
    """The sources of an output's records, on disk: ten million of them need no memory.

    >>> sources = Sources()
    >>> sources.add(["saved/a.html", "saved/a.html"])
    >>> "saved/a.html" in sources, "saved/b.html" in sources
    (True, False)
    >>> sources.close()
    """

    def __init__(self) -> None:
        # A temporary file, deleted when it is closed
        self._connection = sqlite3.connect("")
        self._connection.execute("CREATE TABLE sources (source TEXT PRIMARY KEY) WITHOUT ROWID")

    def add(self, sources: Iterable[str]) -> None:
        """Add some."""
        with self._connection:
            rows = ((source,) for source in sources)
            self._connection.executemany("INSERT OR IGNORE INTO sources VALUES (?)", rows)

    def __contains__(self, source: str) -> bool:
        """Whether a source is among them."""
        return (
            self._connection.execute("SELECT 1 FROM sources WHERE source = ?", (source,)).fetchone()
            is not None
        )

    def close(self) -> None:
        """Delete the temporary file."""
        self._connection.close()


def mend_file(path: Path) -> None:
    """Make a JSON lines file end with a complete line; a missing file is ignored.

    Raises:
        OutputError: its last line is not the beginning of a record.
    """
    if path.exists():
        cut_incomplete_line(path)


def cut_incomplete_line(path: Path) -> int:
    """Delete the incomplete line that a killed run left, and return its number of bytes.

    A complete record without a line end gets one.

    Raises:
        OutputError: the line is not the beginning of a record.
    """
    with path.open("r+b") as file:
        size = file.seek(0, 2)
        end = _end_of_lines(file, size)
        file.seek(end)
        rest = file.read()

        if not RECORD_START.startswith(rest[: len(RECORD_START)]):
            problem = "the last line is not a record, so --resume can't continue from it"
            raise OutputError(f"{path}: {problem}")

        if rest and _is_json(rest):
            file.write(b"\n")
            return 0

        file.truncate(end)

    return size - end


def _end_of_lines(file: IO[bytes], size: int) -> int:
    """Return the offset after the last line end of a file, 0 if there is none."""
    end = size

    while end > 0:
        start = max(0, end - TAIL_BYTES)
        file.seek(start)
        found = file.read(end - start).rfind(b"\n")

        if found >= 0:
            return start + found + 1

        end = start

    return 0


def _is_json(text: bytes) -> bool:
    """Whether a text is complete JSON."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def iter_sources(path: Path) -> Iterator[str]:
    """Yield the sources of a JSON lines file's records.

    Raises:
        OutputError: a line is not a record; the message names the line.
    """
    for _, _, source in _iter_lines(path):
        if source:
            yield source


def drop_retried(path: Path) -> None:
    """Remove the pages that will be tried again from a quarantine file.

    Raises:
        OutputError: a line is not a record, or the file can't be written.
    """
    if not path.exists():
        return

    rest = path.with_name(f"{path.name}.part")

    try:
        make_private(rest)

        with rest.open("w", encoding="utf-8", newline="") as file:
            file.writelines(
                line for line, kind, _ in _iter_lines(path) if kind not in RETRIED_KINDS
            )

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
                problem = f"line {number} is not a record, so --resume can't continue from it"
                raise OutputError(f"{path}: {problem}") from error

            yield line, kind, source
