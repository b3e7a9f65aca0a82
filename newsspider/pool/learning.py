"""Learning the memories of sites from a stream of pages, before these are extracted."""

from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from newsspider.pages.raw_page import RawPage, SavedPage
from newsspider.pool.limits import Limits
from newsspider.pool.records import iter_extracted
from newsspider.site_memory.gathering import GatheredMemories
from newsspider.site_memory.lookup import MemoryFile


def learn_memories(
    pages: Iterable[RawPage | SavedPage], limits: Limits, path: Path, advance: Callable[[], None]
) -> MemoryFile:
    """Return the memories of the pages' sites.

    They are the same for any order of the pages and any number of workers.

    Args:
        pages: read as `iter_extracted` reads them.
        limits: of the workers.
        path: a file to be written; it must not exist.
        advance: called for each page.
    """
    extracted = iter_extracted(pages, limits, observes=True)

    with closing(GatheredMemories(path)) as gathered, closing(extracted):
        for page in extracted:
            if page.observation:
                gathered.add(page.observation)
            advance()

        return gathered.finish()
