"""The pages that the store knows: the reading half of a crawl's ledger."""

from abc import abstractmethod
from collections.abc import Collection

from scrapy.crawler import Crawler

from newsspider.crawl.crawl_context import crawl_of
from newsspider.crawl.visits.store_failures import StoreFailures
from newsspider.revisiting.page_states import PageState
from newsspider.store.run import Keeper
from newsspider.store.store import Store


class KnownPages(Keeper):
    """Reads the states of pages from the store."""

    def __init__(self, crawler: Crawler) -> None:
        """Read for this crawler's crawl."""
        self._crawl = crawl_of(crawler)
        self._failures = StoreFailures(crawler)
        self._sites: dict[str, bool] = {}  # whether this run crawls them

    @property
    def sites(self) -> list[str]:
        """The sites that this run crawls, without those of another run."""
        return [site for site, is_ours in self._sites.items() if is_ours]

    def known(self, addresses: Collection[str]) -> dict[str, PageState]:
        """Return the states of addresses that earlier runs know."""
        store = self._store
        return self._failures.ask(lambda: store.known(addresses)) if store else {}

    def due(self, limit: int, after: PageState | None) -> list[PageState]:
        """Return pages of the run's sites that are due, the longest due first.

        Args:
            limit: the maximum number of pages.
            after: the last page of the previous call; None for the first call.
        """
        store = self._store
        if store is None or self._deepest == 0:
            return []
        return self._failures.ask(
            lambda: store.due(self.sites, deepest=self._deepest, limit=limit, after=after)
        )

    @property
    @abstractmethod
    def _store(self) -> Store | None:
        """The store to read from; None if there is none."""

    @property
    def _deepest(self) -> int | None:
        """The maximum number of clicks from the seeds; None = no limit."""
        return self._crawl.arguments.max_depth
