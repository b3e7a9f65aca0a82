"""Folders for unfinished work: each is locked by the process that made it, and removed once that process is dead."""

import errno
import fcntl
import os
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from newsspider.files import PRIVATE_FILE, PRIVATE_FOLDER

LOCK = "lock"
SEPARATOR = "~"  # between the work's name and the part that makes the folder unique
# Without a change. Locks of other machines, and on some network file systems all locks, can't be relied on.
ABANDONED_SECONDS = 86_400
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


@contextmanager
def scratch_folder(parent: Path, name: str) -> Iterator[Path]:
    """Make a folder for the work of this name, and remove it at the end.

    Raises:
        OSError: it can't be made.
    """
    folder, lock = _make_locked(parent, name)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)
        with suppress(OSError):  # others are in it
            parent.rmdir()


@contextmanager
def temporary_folder(name: str) -> Iterator[Path]:
    """Do the same in the system's folder for temporary files (TMPDIR); folders of dead processes are removed first.

    Raises:
        OSError: it can't be made, or another user's folder is in its place.
    """
    parent = Path(tempfile.gettempdir()) / f"newsspider-{os.getuid()}"
    parent.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    if parent.lstat().st_uid != os.getuid():
        raise PermissionError(errno.EPERM, "belongs to another user", str(parent))
    for _ in iter_dead(parent):
        pass  # removed after its turn
    with scratch_folder(parent, name) as folder:
        yield folder


def _may_be_dead(folder: Path) -> bool:
    """Whether the process that made a folder can be looked for here, or has not touched it for long."""
    return _is_of_this_machine(folder) or _is_abandoned(folder)


def iter_dead(parent: Path) -> Iterator[tuple[str, Path]]:
    """Yield (name, folder) of each dead process; the folder is removed when the next one is asked for.

    No other process gets the same folder at the same time.
    """
    for folder in sorted(parent.glob(f"*{SEPARATOR}*")):
        if not _may_be_dead(folder):
            continue

        with suppress(OSError):  # another process has it or has removed it, or it is another user's
            lock = _lock(folder, must_hold=not _is_abandoned(folder))
            try:
                yield folder.name.rpartition(SEPARATOR)[0], folder
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(lock)


def _make_locked(parent: Path, name: str) -> tuple[Path, int]:
    """Return a new folder and the descriptor of its lock.

    Raises:
        OSError: it can't be made.
    """
    while True:
        parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        folder = parent / f"{name}{SEPARATOR}{_machine()}-{os.getpid()}-{uuid4().hex[:8]}"
        # Another process may remove the empty parent, or take the folder for a dead one's before it is locked.
        with suppress(BlockingIOError, FileNotFoundError):
            folder.mkdir(mode=PRIVATE_FOLDER)
            return folder, _lock(folder)


def _lock(folder: Path, *, must_hold: bool = False) -> int:
    """Lock a folder and return the lock's descriptor.

    Args:
        folder: with a lock file, which is made if it is not there.
        must_hold: whether a file system without locks is an error.

    Raises:
        BlockingIOError: another process holds it.
        FileNotFoundError: the folder is gone.
        OSError: it can't be locked.
    """
    path = folder / LOCK
    lock = os.open(
        path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE
    )  # NFS locks only files that are open for writing
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise
        except OSError:
            if must_hold:
                raise
        if not os.path.samestat(os.fstat(lock), path.stat()):
            raise FileNotFoundError(path)
    except OSError:
        os.close(lock)
        raise
    return lock


def _is_of_this_machine(folder: Path) -> bool:
    return folder.name.rpartition(SEPARATOR)[2].startswith(f"{_machine()}-")


def _is_abandoned(folder: Path) -> bool:
    """Whether nothing in a folder has changed for so long that its process must be dead."""
    try:
        changed = max(path.stat().st_mtime for path in (folder, *folder.rglob("*")))
    except OSError:
        return False
    return time.time() - changed > ABANDONED_SECONDS


@cache
def _machine() -> str:
    """Return eight characters that name this machine since its last start; containers on it share them."""
    with suppress(OSError):
        return _BOOT_ID.read_text(encoding="ascii")[:8]
    return sha256(socket.gethostname().encode()).hexdigest()[:8]
