"""The store for the crawl of one turn: it can write only as long as the turn lasts."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from newsspider.store.dialects import for_writing_about
from newsspider.store.locks import SiteLocks
from newsspider.store.store import Store
from newsspider.store.turns import Turn, check_turn


class TurnStore(Store):
    """A worker's store, lent to the crawl of one site: it shares the connections and is not closed by the crawl.

    Each transaction that writes checks first that the turn has not ended.
    """

    def __init__(self, store: Store, turn: Turn) -> None:
        """Lend a store for a turn."""
        vars(self).update(vars(store))
        self._turn = turn
        self._writing = for_writing_about(store._engine, turn.site)

    def site_locks(self) -> SiteLocks:
        """Return locks that lock nothing: the turn is the lock."""
        return TurnLocks(self._turn.site)

    def close(self) -> None:
        """Leave the connections to the other turns."""

    @contextmanager
    def _in_transaction(self) -> Iterator[Connection]:
        """Lend a connection, after making sure that the turn lasts.

        Raises:
            TurnLostError: it has ended.
        """
        with super()._in_transaction() as connection:
            check_turn(connection, self._turn)
            yield connection


class TurnLocks(SiteLocks):
    """The one site that a turn is for."""

    def __init__(self, site: str) -> None:
        """Have this site."""
        self._site = site

    def take(self, site: str) -> bool:
        """Return whether the turn is for this site."""
        return site == self._site
