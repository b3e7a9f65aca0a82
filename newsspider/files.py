"""Written files: their permissions, and when they are synced to disk.

Pages and records can be a subscriber's own: a new file is readable by its user only. A file that
replaces another one keeps its mode.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Literal, get_args

from newsspider.errors import UsageError

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
SYNC_VARIABLE = "NEWSSPIDER_SYNC"
Sync = Literal["normal", "full"]
SYNC_WORDS: tuple[Sync, ...] = get_args(Sync)


def choose_sync(given: str | None = None) -> Sync:
    """Return when written data is synced: as given, else by the environment, else "normal".

    With "normal", files are synced when they are complete, and SQLite when it empties its log; a
    power loss costs the last seconds. With "full", each transaction, WARC record and line is synced
    before the next one.

    Raises:
        UsageError: it is neither.
    """
    word = given or os.environ.get(SYNC_VARIABLE) or SYNC_WORDS[0]
    for known in SYNC_WORDS:
        if known == word.lower():
            return known
    raise UsageError(f"{SYNC_VARIABLE}={word}: expected {' or '.join(SYNC_WORDS)}")


def mode_of(path: Path) -> int:
    """Return a file's mode; for a missing file, that of a new one."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        return PRIVATE_FILE


def make_private(path: Path) -> None:
    """Create an empty file that only its owner may read, unless it exists.

    Raises:
        OSError: it can't be created.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE))


def sync_path(path: Path) -> None:
    """Sync a file to disk, whichever process has written it; pipes and devices are ignored.

    Raises:
        OSError: the disk failed.
    """
    if path.is_file():
        with path.open("rb") as file:
            os.fsync(file.fileno())


def replace_file(part: Path, path: Path) -> None:
    """Replace a file by a complete one, with the old mode; a power loss leaves one of both.

    Raises:
        OSError: it can't be done.
    """
    sync_path(part)
    part.chmod(mode_of(path))
    part.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Sync a folder's entries to disk; some file systems don't support it."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
