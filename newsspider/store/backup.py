"""A copy of a live database."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Protocol

from newsspider.errors import StoreError
from newsspider.files import make_private, replace_file

MB = 1_000_000
# Of SQLite's machine, between two looks at the copy: a hundredth of a second
STEPS_BETWEEN = 100_000


class Steps(Protocol):
    """Whoever is told of the steps of a copy."""

    def begin(self, step: str, jobs: int = 0, /) -> Callable[[], None]:
        """Hear of a step of so many jobs, 0 for unknown; return the function to call for each that is done."""


def copy_database(source: str, target: Path, steps: Steps | None = None) -> None:
    """Copy a SQLite database as it is at one moment; the copy appears when it is whole and checked.

    `VACUUM INTO` reads one snapshot: writers go on, and unlike a copy page by page it never has to begin again.

    Raises:
        StoreError: it can't be read, or the copy can't be written.
    """
    part = target.with_name(f"{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        make_private(part)
        with closing(sqlite3.connect(source, isolation_level=None)) as connection:
            if steps:
                size = Path(source).stat().st_size // MB
                connection.set_progress_handler(
                    _growth_of(part, steps.begin("copying, in MB", size)), STEPS_BETWEEN
                )
            connection.execute("VACUUM INTO ?", (str(part),))
        with closing(sqlite3.connect(part)) as copy:
            if steps:
                steps.begin("checking the copy")
            (said,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
        if said != "ok":
            raise StoreError(f"{source}: damaged: {said}")
        replace_file(part, target)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{target}: the copy can't be made: {error}") from error
    finally:
        for left in (part, part.with_name(f"{part.name}-journal")):
            left.unlink(missing_ok=True)


def _growth_of(part: Path, advance: Callable[[], None]) -> Callable[[], int]:
    """Return a function that calls another for each MB that a file has grown since; 0 lets SQLite go on."""
    told = 0

    def look() -> int:
        nonlocal told
        now = part.stat().st_size // MB
        for _ in range(now - told):
            advance()
        told = max(told, now)
        return 0

    return look
