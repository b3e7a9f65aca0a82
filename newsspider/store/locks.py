"""Locks on a site of a database: two runs of one site into one database would fetch everything twice.

The operating system holds them for a SQLite file, and the server for a PostgreSQL database. They
end with the process, however it ends, so there are no stale locks.
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
    """The locks of one process on a database. This class locks nothing."""

    def take(self, site: str) -> bool:
        """Lock a site, and return whether it was free; it is for those that this process has locked."""
        return True

    def release(self) -> None:
        """Unlock all."""


class FileLocks(SiteLocks):
    """Locks of a SQLite file: one byte per site, in a file beside it."""

    def __init__(self, database: str) -> None:
        """Lock sites of this file."""
        self._database = database
        self._path = Path(f"{database}{LOCK_SUFFIX}")
        self._file: int | None = None

    def take(self, site: str) -> bool:
        """Lock a site, and return whether it was free; it is for those that this process has locked."""
        if self._file is None:
            # Users who may write to the database may lock it.
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
    """Advisory locks of a PostgreSQL database, over a connection of their own.

    They end if the connection breaks. The run goes on, and writes of another run are merged as usual.
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
        # A worker takes a site only if this lock is free, so the second of the two sees the first.
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
    """Return whether a worker holds a site of a PostgreSQL database (`newsspider.store.turns`)."""
    held = (turns.c.holder.is_not(None), turns.c.due_at > func.now())
    query = select(turns.c.site).where(turns.c.site == site, *held)
    return connection.execute(query).scalar() is not None


def place_of(site: str) -> int:
    """Return a site's number: the place of its byte in the file, or its lock on the server."""
    return int.from_bytes(hashlib.blake2b(site.encode(), digest_size=8).digest()) % _LAST_PLACE
