"""What a run learns about the pages of its sites, from earlier runs and from its own pages."""

import logging

from scrapy.crawler import Crawler

from newsspider.crawl.crawl_context import crawl_of
from newsspider.crawl.visits.store_failures import StoreFailures
from newsspider.discovery.learned_links import MAX_SHAPES
from newsspider.errors import SiteMemoryError
from newsspider.record import ArticleRecord
from newsspider.revisiting.visitor_parameters import VisitorParameters
from newsspider.site_memory.drift import Layouts
from newsspider.site_memory.lookup import OneMemory
from newsspider.site_memory.memory import SiteMemory
from newsspider.site_memory.observations import Observation
from newsspider.store.run import Run
from newsspider.store.site_memories import StoredMemory

logger = logging.getLogger(__name__)

REMEMBERED_ALIASES = 1_000  # addresses per site that show which parameters don't change the page


class SiteLearning:
    """Recalls the knowledge of earlier runs, and holds the observations of this run's pages.

    Attributes:
        recalled: the visitor parameters that earlier runs had learned, by site.
    """

    def __init__(self, crawler: Crawler, failures: StoreFailures) -> None:
        """Learn for this crawler's crawl."""
        self.recalled: dict[str, frozenset[str]] = {}
        self._crawl = crawl_of(crawler)
        self._failures = failures
        self._has_memory = crawler.settings.getbool("NEWSSPIDER_SITE_MEMORY")
        self._wrappers = crawler.settings.getbool("NEWSSPIDER_WRAPPERS")
        self._observations: dict[str, Observation] = {}  # by the URLs of their records

    def recall(self, run: Run, site: str) -> None:
        """Give the run and the crawl the knowledge of earlier runs about a site.

        Raises:
            StoreError: the store doesn't answer; the crawl ends.
        """
        ask = self._failures.ask
        aliases = ask(lambda: run.store.aliases(site, REMEMBERED_ALIASES))
        run.visitors[site] = VisitorParameters(aliases)
        self.recalled[site] = run.visitors[site].names

        if self._has_memory and (stored := ask(lambda: run.store.site_memory(site))):
            self._remember(run, stored)

        self._crawl.learned_links.recall(site, ask(lambda: run.store.shapes(site, MAX_SHAPES)))

    def _remember(self, run: Run, stored: StoredMemory) -> None:
        """Use the memory of a site as it is now. A damaged one is learned again."""
        try:
            memory = SiteMemory.from_bytes(stored.content)
        except SiteMemoryError as error:
            logger.warning("%s: %s; learning it again", stored.site, error)
            return

        run.layouts[stored.site] = Layouts(memory)
        self._crawl.memories[stored.site] = OneMemory(
            stored.site, stored.state, stored.content, wrappers=self._wrappers
        )

    def observe(self, record: ArticleRecord, observation: Observation) -> None:
        """Hold what the page of a record teaches about its site until the record is stored."""
        if self._has_memory and record.url:
            self._observations[record.url] = observation

    def take(self, record: ArticleRecord) -> Observation | None:
        """Remove and return the observation of a record; None if there is none."""
        return self._observations.pop(record.url or "", None)
