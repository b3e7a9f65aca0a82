"""Observations of a run that wait until the store adds them to the memories of their sites.

To add to a site's memory, the store reads and writes all of it. That takes 20 ms of processor time,
whether for one observation or for a hundred. In a crawl of many sites, only one or two of the last
hundred pages are of the same site.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable

from newsspider.site_memory.observations import Observation

SITE_OBSERVATIONS = 100  # of one site that wait; a crawl that is killed loses no more of it
ALL_OBSERVATIONS = 1_000  # of all sites that wait; one takes some 10 KB
SITES_TOGETHER = 100  # whose memories one transaction writes, in two seconds


class WaitingObservations:
    """The observations of a run that wait, by site."""

    def __init__(self) -> None:
        """Start without any."""
        self._by_site: defaultdict[str, list[Observation]] = defaultdict(list)
        self._full: set[str] = set()
        self._number = 0

    @property
    def sites(self) -> list[str]:
        """The sites with the most observations, as many as are learned together."""
        by_number = sorted(self._by_site, key=lambda site: -len(self._by_site[site]))
        return by_number[:SITES_TOGETHER]

    @property
    def full_sites(self) -> list[str]:
        """The sites whose observations should not wait longer."""
        return self.sites if self._number >= ALL_OBSERVATIONS else sorted(self._full)

    def add(self, observations: Iterable[Observation]) -> None:
        """Add observations."""
        for each in observations:
            waiting = self._by_site[each.site]
            waiting.append(each)
            self._number += 1
            if len(waiting) >= SITE_OBSERVATIONS:
                self._full.add(each.site)

    def hand_over(
        self, sites: Collection[str], learn: Callable[[list[Observation]], object]
    ) -> None:
        """Pass the observations of some sites to a function. They go on waiting if it raises."""
        learn([each for site in sites for each in self._by_site[site]])

        for site in sites:
            self._number -= len(self._by_site.pop(site))
        self._full.difference_update(sites)

    def hand_over_all(self, learn: Callable[[list[Observation]], object]) -> None:
        """Pass all observations to a function, those of SITES_TOGETHER sites at a time."""
        while sites := self.sites:
            self.hand_over(sites, learn)
