"""A file inside an archive, as all kinds of archives yield it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import IO


@dataclass(frozen=True)
class Member:
    """A file inside an archive.

    Attributes:
        name: its name in the archive.
        offset: where it begins in the archive, in bytes.
        open: opens it; raises one of READ_ERRORS if it is damaged.
        problem: why it can never be read, or None.
        reopen: opens it again, from a file that can be opened again; None if that is impossible.
    """

    name: str
    offset: int
    open: Callable[[], IO[bytes]]
    problem: str | None = None
    reopen: Callable[[], AbstractContextManager[IO[bytes]]] | None = None


class ArchiveError(Exception):
    """The archive as a whole, or the rest of it, can't be read."""
