"""Where workers find the memory of a page's site: sent along with the page, or in a file of all sites' memories."""

import os
import sqlite3
from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from newsspider.errors import SiteMemoryError
from newsspider.site_memory.memory import SiteMemory

HELD_MEMORIES = 24  # decoded, of the sites of the last pages; a large one takes two megabytes

_held: OrderedDict[str, SiteMemory] = OrderedDict()  # by state, the last used at the end


@dataclass(frozen=True, kw_only=True)
class Memories(ABC):
    """The memories of sites in the states that a run began with; they can be sent to workers.

    Attributes:
        wrappers: whether pages are read by the wrappers of their sites where they fit.
    """

    wrappers: bool = False

    @abstractmethod
    def memory_of(self, site: str | None) -> SiteMemory | None:
        """Return the memory of a registered domain; None if nothing is known of it."""


@dataclass(frozen=True)
class OneMemory(Memories):
    """The memory of one site, as bytes.

    Attributes:
        site: the registered domain.
        state: the memory's.
        content: its bytes.
    """

    site: str
    state: str
    content: bytes

    def memory_of(self, site: str | None) -> SiteMemory | None:
        """Return the memory, if it is this site's."""
        return _decode(self.state, self.content) if site == self.site else None


@dataclass(frozen=True)
class MemoryFile(Memories):
    """The memories of many sites, in a SQLite file that nobody writes to any more.

    Attributes:
        path: the file's.
    """

    path: str

    def memory_of(self, site: str | None) -> SiteMemory | None:
        """Return a site's memory from the file."""
        if site is None:
            return None
        row = (
            _connect(self.path)
            .execute("SELECT state, content FROM memories WHERE site = ?", (site,))
            .fetchone()
        )
        return _decode(*row) if row else None


Making = Callable[[Path], MemoryFile]  # writes memories to a file


@contextmanager
def open_memories(make: Making | None, *, wrappers: bool = False) -> Iterator[MemoryFile | None]:
    """Yield the memories that a run uses, in a file that is gone afterwards; None if it has none.

    Args:
        make: writes them to the file; None for none.
        wrappers: whether pages are read by the wrappers of their sites where they fit.
    """
    if make is None:
        yield None
        return

    with TemporaryDirectory(prefix="newsspider-") as folder:
        yield replace(make(Path(folder) / "memories.db"), wrappers=wrappers)


def write_memory_file(path: Path, memories: Iterable[tuple[str, str, bytes]]) -> MemoryFile:
    """Write (site, state, content) of sites to a new file."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "CREATE TABLE memories (site TEXT PRIMARY KEY, state TEXT, content BLOB)"
        )
        connection.executemany("INSERT INTO memories VALUES (?, ?, ?)", memories)
    return MemoryFile(str(path))


_connections: dict[
    tuple[int, str], sqlite3.Connection
] = {}  # by process: a forked one must not use its parent's


def _connect(path: str) -> sqlite3.Connection:
    """Return this process's connection to a file."""
    place = os.getpid(), path
    if place not in _connections:
        for _, other in _connections.items():
            other.close()
        _connections.clear()
        _connections[place] = sqlite3.connect(
            f"{Path(path).as_uri()}?immutable=1", uri=True, check_same_thread=False
        )
    return _connections[place]


def _decode(state: str, content: bytes) -> SiteMemory | None:
    """Return the memory in some bytes, which are read once in a while; None where they are damaged."""
    memory = _held.pop(state, None)
    if memory is None:
        try:
            memory = SiteMemory.from_bytes(content)
        except SiteMemoryError:
            return None
    _held[state] = memory
    if len(_held) > HELD_MEMORIES:
        _held.popitem(last=False)
    return memory
