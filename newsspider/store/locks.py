"""Locks a database and site: two runs of one site into one database would fetch everything twice.

The operating system holds them: they end with the process, however it ends, so that none is ever stale.
"""

import fcntl
import hashlib
import os
from pathlib import Path

LOCK_SUFFIX = ".lock"
_LAST_PLACE = 1 << 62  # files can be locked where they have no bytes


class SiteLocks:
    """The locks of one process on a database: one byte a site, of one file beside it."""

    def __init__(self, database: str | None) -> None:
        """Lock sites of a SQLite file; None, a database that has no file, locks nothing."""
        self._path = Path(f"{database}{LOCK_SUFFIX}") if database else None
        self._file: int | None = None

    def take(self, site: str) -> bool:
        """Lock a site, and return whether it was free; it is for those that this process has locked."""
        if self._path is None:
            return True
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _place(site))
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        """Unlock all."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _place(site: str) -> int:
    """Return the byte that stands for a site."""
    return int.from_bytes(hashlib.blake2b(site.encode(), digest_size=8).digest()) % _LAST_PLACE
