"""The files that are written: who may read them, and when they are on the disk.

Pages and records can be a subscriber's own: a new file is the user's alone. A file that takes
another's place keeps the other's mode.
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
    """Return when what is written has to be on the disk: as given, else as the environment says, else "normal".

    With "normal" files are synced when they are complete, and SQLite when it empties its log; power
    loss takes the last seconds. With "full" each transaction, WARC record and line is synced before
    the next one.

    Raises:
        UsageError: it is neither.
    """
    word = given or os.environ.get(SYNC_VARIABLE) or SYNC_WORDS[0]
    for known in SYNC_WORDS:
        if known == word.lower():
            return known
    raise UsageError(f"{SYNC_VARIABLE}={word}: expected {' or '.join(SYNC_WORDS)}")


def mode_of(path: Path) -> int:
    """Return a file's mode, that of a new one where there is none."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        return PRIVATE_FILE


def make_private(path: Path) -> None:
    """Make an empty file that nobody else may read, unless there is a file already.

    Raises:
        OSError: it can't be made.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE))


def sync_path(path: Path) -> None:
    """Return when what any process has written to a file is on the disk; pipes and devices have none.

    Raises:
        OSError: the disk failed.
    """
    if path.is_file():
        with path.open("rb") as file:
            os.fsync(file.fileno())


def replace_file(part: Path, path: Path) -> None:
    """Put a complete file in another's place, with the other's mode; after power loss it is one of the two, whole.

    Raises:
        OSError: it can't be done.
    """
    sync_path(part)
    part.chmod(mode_of(path))
    part.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Return when a folder's entries are on the disk; some file systems can't say."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
