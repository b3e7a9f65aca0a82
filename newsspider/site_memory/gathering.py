"""Learning the memories of many sites from a stream of pages, in a file: archives have thousands of sites."""

import sqlite3
from collections import defaultdict
from pathlib import Path

from newsspider.site_memory.lookup import MemoryFile
from newsspider.site_memory.memory import SiteMemory, learn
from newsspider.site_memory.observations import Observation

OBSERVATIONS_TOGETHER = 1_000  # held before they are learnt; one takes some 10 KB


class GatheredMemories:
    """Memories that grow in a SQLite file; the same pages give the same memories in any order.

    Attributes:
        pages: how many taught something.
    """

    def __init__(self, path: Path) -> None:
        """Begin with none, in a file that must not be there yet."""
        self.pages = 0
        self._path = path
        self._waiting: defaultdict[str, list[Observation]] = defaultdict(list)
        self._connection = sqlite3.connect(path)
        self._connection.execute(
            "CREATE TABLE memories (site TEXT PRIMARY KEY, state TEXT, content BLOB)"
        )

    def add(self, observation: Observation) -> None:
        """Take the observation of a page."""
        self._waiting[observation.site].append(observation)
        self.pages += 1
        if self.pages % OBSERVATIONS_TOGETHER == 0:
            self._learn()

    def finish(self) -> MemoryFile:
        """Learn the rest, close the file and return the memories in it."""
        self._learn()
        self.close()
        return MemoryFile(str(self._path))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _learn(self) -> None:
        with self._connection:
            for site, observations in self._waiting.items():
                memory = learn(self._read(site), observations)
                row = site, memory.state, memory.to_bytes()
                self._connection.execute("INSERT OR REPLACE INTO memories VALUES (?, ?, ?)", row)
        self._waiting.clear()

    def _read(self, site: str) -> SiteMemory | None:
        row = self._connection.execute(
            "SELECT content FROM memories WHERE site = ?", (site,)
        ).fetchone()
        return SiteMemory.from_bytes(row[0]) if row else None
