"""A copy of a live database."""

import sqlite3
from contextlib import closing
from pathlib import Path

from newsspider.errors import StoreError
from newsspider.files import make_private, replace_file


def copy_database(source: str, target: Path) -> None:
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
            connection.execute("VACUUM INTO ?", (str(part),))
        with closing(sqlite3.connect(part)) as copy:
            (said,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
        if said != "ok":
            raise StoreError(f"{source}: damaged: {said}")
        replace_file(part, target)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{target}: the copy can't be made: {error}") from error
    finally:
        for left in (part, part.with_name(f"{part.name}-journal")):
            left.unlink(missing_ok=True)
