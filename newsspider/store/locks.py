"""Locks a database and site: two runs of one site into one database would fetch everything twice.

The operating system holds them for a SQLite file, the server for a PostgreSQL database: they end with the process,
however it ends, so that none is ever stale.
"""

import fcntl
import hashlib
import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import DBAPIError

from newsspider.files import mode_of
from newsspider.store.schema.tables import turns

LOCK_SUFFIX = ".lock"
_LAST_PLACE = 1 << 62  # files can be locked where they have no bytes


class SiteLocks:
    """The locks of one process on a database; these lock nothing."""

    def take(self, site: str) -> bool:
        """Lock a site, and return whether it was free; it is for those that this process has locked."""
        return True

    def release(self) -> None:
        """Unlock all."""


class FileLocks(SiteLocks):
    """Locks of a SQLite file: one byte a site, of one file beside it."""

    def __init__(self, database: str) -> None:
        """Lock sites of this file."""
        self._database = database
        self._path = Path(f"{database}{LOCK_SUFFIX}")
        self._file: int | None = None

    def take(self, site: str) -> bool:
        """Lock a site, and return whether it was free; it is for those that this process has locked."""
        if self._file is None:
            # Whoever may write to the database may lock it.
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, mode_of(Path(self._database)))
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place_of(site))
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        """Unlock all."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


class ServerLocks(SiteLocks):
    """Locks of a PostgreSQL database: advisory ones, over a connection of their own.

    They end when it breaks. The run goes on, and what another run writes meanwhile is merged as ever.
    """

    def __init__(self, engine: Engine) -> None:
        """Lock sites of this database."""
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._connection: Connection | None = None

    def take(self, site: str) -> bool:
        """Lock a site, and return whether it was free; it is for those that this process has locked."""
        if self._connection is None or self._connection.invalidated:
            self.release()
            self._connection = self._engine.connect()
        if not self._connection.execute(select(func.pg_try_advisory_lock(place_of(site)))).scalar():
            return False
        # A worker takes a site only where this lock is free: whichever of the two comes second sees the first.
        if is_leased(self._connection, site):
            self._connection.execute(select(func.pg_advisory_unlock(place_of(site))))
            return False
        return True

    def release(self) -> None:
        """Unlock all."""
        if self._connection is not None:
            with suppress(DBAPIError):  # it is broken, and its locks are gone
                self._connection.execute(select(func.pg_advisory_unlock_all()))
            self._connection.close()
            self._connection = None


def is_leased(connection: Connection, site: str) -> bool:
    """Whether a worker holds a site of a PostgreSQL database (`newsspider.store.turns`)."""
    query = select(turns.c.site).where(turns.c.site == site, turns.c.holder.is_not(None), turns.c.due_at > func.now())
    return connection.execute(query).scalar() is not None


def place_of(site: str) -> int:
    """Return the number that stands for a site: a byte of the file, or a lock of the server."""
    return int.from_bytes(hashlib.blake2b(site.encode(), digest_size=8).digest()) % _LAST_PLACE
