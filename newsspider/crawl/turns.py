"""The turn of one site in `newsspider worker`: the profiles, store and processes that its crawl uses."""

from collections.abc import Callable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler

from newsspider.crawl.extraction.worker_pool import WorkerPool
from newsspider.sites.profile import Site
from newsspider.store.store import Store

TURN_LOST_STAT = "newsspider/turn_lost"  # why writing stopped: the turn had ended


@dataclass(frozen=True, eq=False)
class CrawlTurn:
    """The turn of one site, for the components of its crawl.

    Attributes:
        sites: the profiles of the site. Other crawls read them from the file in their arguments.
        store: the crawl writes to it. It refuses to write after the end of the turn.
        work: the worker processes that all crawls of this process share.
        is_held: whether the turn still lasts, by the clock of this process.
    """

    sites: tuple[Site, ...]
    store: Store
    work: WorkerPool
    is_held: Callable[[], bool]


_TURNS: WeakKeyDictionary[Crawler, CrawlTurn] = WeakKeyDictionary()


def give_turn(crawler: Crawler, turn: CrawlTurn) -> None:
    """Assign a turn to a crawl, before the crawl starts."""
    _TURNS[crawler] = turn


def turn_of(crawler: Crawler) -> CrawlTurn | None:
    """Return the turn of a crawl; None for a crawl outside of `newsspider worker`."""
    return _TURNS.get(crawler)
