"""When a site's next turn is: as its profile says, else when the first of its addresses is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from newsspider.sites.profile import Site


@dataclass(frozen=True)
class Rhythm:
    """How often sites have their turns.

    Attributes:
        every: the shortest time from the end of a turn to the next, where no profile says otherwise.
        longest: the longest: front pages are looked at then, even if nothing is due.
    """

    every: timedelta
    longest: timedelta

    def wait(self, sites: Iterable[Site], first_due: str | None, now: datetime) -> timedelta:
        """Return how long until the next turn of a site.

        Args:
            sites: its profiles; one with `revisit` says how often.
            first_due: when the first of its addresses is due.
            now: the time, by the clock that planned this.

        >>> rhythm, noon = Rhythm(timedelta(hours=1), timedelta(days=1)), datetime.fromisoformat("2026-03-24T12:00Z")
        >>> site = Site(url="https://herald.example")
        >>> str(rhythm.wait([site], "2026-03-24T12:05:00+00:00", noon))
        '1:00:00'
        >>> str(rhythm.wait([site], "2026-03-24T18:00:00+00:00", noon))
        '6:00:00'
        >>> str(rhythm.wait([site.model_copy(update={"revisit": timedelta(minutes=10)})], None, noon))
        '0:10:00'
        """
        if said := [site.revisit for site in sites if site.revisit]:
            return min(said)
        planned = datetime.fromisoformat(first_due) - now if first_due else self.longest
        return max(self.every, min(planned, self.longest))
