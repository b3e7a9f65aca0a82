"""Copying the memories of sites from a store to a file, for workers."""

from pathlib import Path

from newsspider.site_memory.lookup import MemoryFile, write_memory_file
from newsspider.store.reading import StoreReader
from newsspider.store.store import Store


def copy_memories(store: StoreReader, path: Path) -> MemoryFile:
    """Copy the memories of sites, so that a run has one state of each, whoever crawls meanwhile."""
    rows = ((each.site, each.state, each.content) for each in store.site_memories())
    return write_memory_file(path, rows)


def copy_from(database: str, path: Path) -> MemoryFile:
    """Copy the memories of a database, given by path or URL.

    Raises:
        StoreError: it can't be read.
    """
    with Store(database, create=False) as store:
        return copy_memories(store, path)
