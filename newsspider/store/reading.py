"""Reading the store: records, and a crawl's memory of addresses, sites, runs and watches."""

from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import (
    select,
)

from newsspider.clock import utc_now
from newsspider.revisiting.accounts import SiteAccount
from newsspider.revisiting.page_states import PageState
from newsspider.revisiting.site_days import SiteDay
from newsspider.store.accounts import read_accounts, read_sites
from newsspider.store.addresses import read_aliases, read_states
from newsspider.store.due import iter_due
from newsspider.store.forgetting import read_forgotten
from newsspider.store.period_counts import Figures, read_figures
from newsspider.store.record_reading import RecordReader
from newsspider.store.schema.tables import runs
from newsspider.store.shape_counts import read_shapes
from newsspider.store.site_days import iter_site_days
from newsspider.store.site_memories import StoredMemory, iter_stored, read_stored
from newsspider.store.watches import Watch, count_told, find_untold, read_watches


class StoreReader(RecordReader):
    """An open database of records and of the state of crawls; `with` closes it."""

    def watches(self) -> list[Watch]:
        """Return the saved searches, by name."""
        with self._reading() as connection:
            return read_watches(connection)

    def untold(self, watch: Watch, target: str) -> list[str]:
        """Return the keys of the articles that a watch's target hasn't been sent, newest first."""
        with self._reading() as connection:
            return find_untold(connection, watch, target)

    def count_told(self, watch: Watch) -> Counter[tuple[str, str]]:
        """Return the number of articles for each target of a watch and state."""
        with self._reading() as connection:
            return count_told(connection, watch)

    def known(self, wanted: Collection[str]) -> dict[str, PageState]:
        """Return the states of normalised addresses; an alias has the state of its page."""
        with self._reading() as connection:
            return read_states(connection, wanted)

    def due(
        self,
        sites: Collection[str],
        *,
        deepest: int | None = None,
        limit: int,
        after: PageState | None = None,
    ) -> list[PageState]:
        """Return the due addresses of sites, the longest due first; those after `after` if it is given."""
        with self._reading() as connection:
            return list(iter_due(connection, sites, utc_now(), deepest, limit, after))

    def aliases(self, site: str, limit: int) -> list[tuple[str, str]]:
        """Return addresses with a query string of a site's pages, each with the page that it led to."""
        with self._reading() as connection:
            return read_aliases(connection, site, limit)

    def shapes(self, site: str, limit: int) -> list[tuple[str, int, int]]:
        """Return the shapes of a site's addresses with the numbers of pages and articles, the most frequent first."""
        with self._reading() as connection:
            return read_shapes(connection, site, limit)

    def site_memory(self, site: str) -> StoredMemory | None:
        """Return the memory of a site; None if there is none."""
        with self._reading() as connection:
            return read_stored(connection, site)

    def site_memories(self) -> Iterator[StoredMemory]:
        """Yield the memories of all sites, by site, as of one moment."""
        with self._reading() as connection:
            yield from iter_stored(connection)

    def forgotten(self) -> frozenset[str]:
        """Return the addresses that were taken down, normalised."""
        with self._reading() as connection:
            return read_forgotten(connection)

    def read_runs(self, limit: int) -> list[dict[str, Any]]:
        """Return the last runs, newest first."""
        with self._reading() as connection:
            rows = connection.execute(
                select(runs).order_by(runs.c.id.desc()).limit(limit)
            ).mappings()
            return [dict(row) for row in rows]

    def accounts(self, site: str, limit: int) -> list[tuple[str, SiteAccount]]:
        """Return the last accounts of a site, newest first, each with the end of its run."""
        with self._reading() as connection:
            return read_accounts(connection, site, limit)

    def sites(self) -> list[str]:
        """Return the sites that have accounts."""
        with self._reading() as connection:
            return read_sites(connection)

    def figures(self, since: str, site: str | None = None) -> Figures:
        """Return the counts of pages first seen since a day (YYYY-MM-DD)."""
        with self._reading() as connection:
            return read_figures(connection, since, site)

    def iter_site_days(
        self, since: str, site: str | None = None
    ) -> Iterator[tuple[str, str, SiteDay]]:
        """Yield (site, day, sums of its runs) since a day (YYYY-MM-DD), by site, oldest first."""
        with self._reading() as connection:
            yield from iter_site_days(connection, since, site)
