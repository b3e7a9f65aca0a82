"""Backfill: which addresses lie in a period, decided before anything is downloaded."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Literal

from newsspider.discovery.dating import Span, day_in_address, read_day, span_of_address, span_of_page
from newsspider.discovery.listings import Entry
from newsspider.text import count_of
from newsspider.urls import site_of

DAYS_OF_MONTH = 31
Place = Literal["inside", "outside", "undated"]


@dataclass(frozen=True)
class Period:
    """The days wanted, both included; None is open."""

    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        """Whether it leaves anything out."""
        return self.since is not None or self.until is not None

    def meets(self, span: Span) -> bool:
        """Whether some of the span's days are wanted."""
        first, last = span
        return not ((self.since and last < self.since) or (self.until and first > self.until))


class Selection:
    """What of a period's addresses is fetched, and how many there were."""

    def __init__(self, period: Period, *, skips_undated: bool = False) -> None:
        """Choose by a period; what has no date is fetched, or skipped."""
        self.period = period
        self._skips_undated = skips_undated
        self._seen: set[int] = set()  # hashes of addresses: lists repeat each other
        self._counts: dict[str, Counter[Place]] = {}  # by site
        self._left_out: Counter[str] = Counter()  # articles whose own day is outside, by site

    def place(self, entry: Entry) -> Place:
        """Say where a page lies, and count it once."""
        place = place_page(entry, self.period) if self.period else "inside"
        if self.period and hash(entry.url) not in self._seen:
            self._seen.add(hash(entry.url))
            self._counts.setdefault(site_of(entry.url) or "", Counter())[place] += 1
        return place

    def place_list(self, url: str) -> Place:
        """Say where what a page lists lies: an archive's day or month may be outside; a year may be in any name."""
        span = span_of_address(url) if self.period else None
        is_narrow = span is not None and (span[1] - span[0]).days < DAYS_OF_MONTH
        return "outside" if span and is_narrow and not self.period.meets(span) else "inside"

    def takes(self, place: Place) -> bool:
        """Whether what lies there is fetched."""
        return place == "inside" or (place == "undated" and not self._skips_undated)

    def outside_on(self, published: str | None, site: str) -> date | None:
        """Return the day of an article that was fetched, where by its own date it lies outside; counted."""
        day = read_day(published) if self.period else None
        if day is None or self.period.meets(Span((day, day))):
            return None
        self._left_out[site] += 1
        return day

    def count_left_out(self, site: str) -> int:
        """Return how many addresses of a site are not fetched."""
        return sum(number for place, number in self._counts.get(site, {}).items() if not self.takes(place))

    def describe(self, site: str) -> str:
        """Say what became of a site's addresses."""
        counts = self._counts.get(site, Counter())
        inside, outside, undated = (counts[place] for place in ("inside", "outside", "undated"))
        fate = "skipped" if self._skips_undated else "fetched last (-a undated=skip leaves them)"
        span = f"{self.period.since or 'the beginning'} to {self.period.until or 'today'}"
        told = f"{undated} without a date before download: {fate}" if undated else "all had a date"
        wanted = count_of(inside, "address", "addresses")
        late = f"; {number} of them outside by their own date, not stored" if (number := self._left_out[site]) else ""

        return f"backfill of {span}: {wanted} inside, {outside} outside and not fetched; {told}{late}"


def place_page(entry: Entry, period: Period) -> Place:
    """Say where a page lies: by the news date or the feed's, the date in its address, or its last change.

    A page is not changed before it is published: one last changed before the period is outside. One
    that was changed after it may have been published at any time.
    """
    day = read_day(entry.hint.published if entry.hint else None) or day_in_address(entry.url)
    if day:
        return "inside" if period.meets(Span((day, day))) else "outside"

    changed = read_day(entry.modified)
    if changed and period.since and changed < period.since:
        return "outside"

    span = span_of_page(entry.url)
    if span and not period.meets(span):
        return "outside"
    if span or (changed and (period.until is None or changed <= period.until)):
        return "inside"

    return "undated"


def is_sitemap_wanted(entry: Entry, period: Period) -> bool:
    """Whether a sitemap may list pages of the period, by its name and its last change."""
    changed = read_day(entry.modified)
    if changed and period.since and changed < period.since:
        return False
    span = span_of_address(entry.url)
    return span is None or period.meets(span)


def newest_first(entries: tuple[Entry, ...]) -> list[Entry]:
    """Return entries by their days, newest first; those without one last, in their order."""

    def day(entry: Entry) -> date:
        said = read_day(entry.hint.published if entry.hint else None) or day_in_address(entry.url)
        return said or read_day(entry.modified) or date.min

    return sorted(entries, key=day, reverse=True)
