"""Corrections: gold rows in a file that `newsspider train` takes, one for each page."""

import fcntl
import json
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from newsspider.errors import OutputError, UsageError
from newsspider.files import make_private, replace_file
from newsspider.store.store import Store

NAME = "corrections.gold.jsonl"
NEEDED = ("page", "body", "html")  # in each row, as texts

Row = dict[str, Any]


class Corrections:
    """The file of corrections; several servers may write to it."""

    def __init__(self, path: Path) -> None:
        """Use a file, which need not be there."""
        self.path = path
        self._lock = threading.Lock()

    def save(self, rows: Mapping[str, Row]) -> None:
        """Store rows by the names of their pages; a page's new row replaces its earlier one.

        Raises:
            OutputError: the file can't be written.
            UsageError: it holds something else.
        """
        try:
            with self._lock, self._locked():
                self._write([row for row in self.read() if row["page"] not in rows], rows)
        except OSError as error:
            raise OutputError(f"{self.path}: {error.strerror}") from error

    def read(self) -> list[Row]:
        """Return the rows, in the order they were saved.

        Raises:
            UsageError: the file holds something else.
        """
        if not self.path.exists():
            return []
        with self.path.open(encoding="utf-8") as lines:
            return [read_row(line) for line in lines if line.strip()]

    def _write(self, kept: list[Row], rows: Mapping[str, Row]) -> None:
        part = self.path.with_name(f".{self.path.name}.part")
        make_private(part)
        with part.open("w", encoding="utf-8", errors="replace") as stream:
            stream.writelines(
                json.dumps(row, ensure_ascii=False) + "\n" for row in (*kept, *rows.values())
            )
        replace_file(part, self.path)

    @contextmanager
    def _locked(self) -> Iterator[IO[bytes]]:
        """Keep other processes from writing to the file."""
        with self.path.with_name(f".{self.path.name}.lock").open("ab") as stream:
            os.fchmod(stream.fileno(), 0o600)
            fcntl.flock(stream, fcntl.LOCK_EX)
            yield stream


def choose_file(given: Path | None, store: Store) -> Path:
    """Return the file of corrections: the one given, else beside the database's file, else in this folder."""
    folder = Path(store.file).parent if store.file else Path.cwd()
    return given or folder / NAME


def read_rows(text: str) -> dict[str, Row]:
    """Return rows that a browser has sent, by the names of their pages.

    Raises:
        UsageError: one is not a gold row.
    """
    rows = [read_row(line) for line in text.split("\n") if line.strip()]
    if not rows:
        raise UsageError("no correction was sent")
    return {row["page"]: row for row in rows}


def read_row(line: str) -> Row:
    """Return a gold row.

    Raises:
        UsageError: it is something else.
    """
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"not JSON: {error}") from error
    if not isinstance(row, dict) or not all(isinstance(row.get(name), str) for name in NEEDED):
        raise UsageError(f"a correction needs {', '.join(NEEDED)}, each a text")
    return row
