"""What a worker lends to the crawl of one site: its profiles, its database, its worker processes, its turn."""

from collections.abc import Callable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler

from newsspider.crawl.extraction.worker_pool import WorkerPool
from newsspider.sites.profile import Site
from newsspider.store.store import Store

TURN_LOST_STAT = "newsspider/turn_lost"  # why nothing more was written: the turn had ended


@dataclass(frozen=True, eq=False)
class CrawlTurn:
    """One site's turn, for the components of its crawl.

    Attributes:
        sites: the profiles of the site, which the spider's arguments would have to be read from a file for.
        store: where the crawl writes to; it refuses when the turn has ended.
        work: the extraction that all crawls of the process share.
        is_held: whether requests may still be made for the turn, by this process's own clock.
    """

    sites: tuple[Site, ...]
    store: Store
    work: WorkerPool
    is_held: Callable[[], bool]


_TURNS: WeakKeyDictionary[Crawler, CrawlTurn] = WeakKeyDictionary()


def give_turn(crawler: Crawler, turn: CrawlTurn) -> None:
    """Let a crawl be that of a turn, before it starts."""
    _TURNS[crawler] = turn


def turn_of(crawler: Crawler) -> CrawlTurn | None:
    """Return the turn that a crawl is for; None for a crawl by itself."""
    return _TURNS.get(crawler)
