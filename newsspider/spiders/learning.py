"""What a crawl learns of a site's addresses: parameters that make no other page, in earlier runs and in this one."""

from newsspider.revisiting.visitors import visitor_parameters
from newsspider.store.store import Store

REMEMBERED_ALIASES = 1_000  # by which one sees what makes no other page


class LearntParameters:
    """The parameters that make no other page, by site."""

    def __init__(self) -> None:
        """Know none yet."""
        self._names: dict[str, frozenset[str]] = {}
        self._merged: dict[str, int] = {}  # other addresses of known articles in this run, when they were last read

    def known(self, site: str) -> frozenset[str]:
        """Return what has been learnt so far."""
        return self._names.get(site, frozenset())

    def learn(self, store: Store, site: str, merged: int) -> bool:
        """Read what the store says of a site, at first and then whenever the run has found twice as much.

        Args:
            store: to read from.
            site: a registered domain.
            merged: how many other addresses of known articles this run has found on the site.

        Returns:
            Whether this run has taught something.
        """
        if site in self._names and merged < max(1, 2 * self._merged[site]):
            return False
        before = self._names.get(site)
        self._merged[site] = merged
        self._names[site] = visitor_parameters(store.aliases(site, REMEMBERED_ALIASES))
        return before is not None and self._names[site] != before
