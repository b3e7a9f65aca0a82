"""Backfill: the choice of addresses in a period, made before anything is downloaded."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Literal

from newsspider.discovery.entry_dates import (
    Span,
    day_in_address,
    read_day,
    span_of_address,
    span_of_page,
)
from newsspider.discovery.listings import Entry
from newsspider.text import count_of
from newsspider.urls import site_of

DAYS_OF_MONTH = 31
Place = Literal["inside", "outside", "undated"]


@dataclass(frozen=True)
class Period:
    """The wanted days, both included; None is open."""

    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        """Whether it excludes any day."""
        return self.since is not None or self.until is not None

    def meets(self, span: Span) -> bool:
        """Whether some days of a span are wanted."""
        first, last = span
        is_before = self.since is not None and last < self.since
        is_after = self.until is not None and first > self.until
        return not (is_before or is_after)


class Selection:
    """The choice of a period's addresses to fetch, and their numbers."""

    def __init__(self, period: Period, *, skips_undated: bool = False) -> None:
        """Choose by a period; pages without a date are fetched, or skipped."""
        self.period = period
        self._skips_undated = skips_undated
        self._seen: set[int] = set()  # hashes of addresses: lists repeat each other
        self._counts: dict[str, Counter[Place]] = {}  # by site
        self._left_out: Counter[str] = Counter()  # articles whose own day is outside, by site

    def place(self, entry: Entry) -> Place:
        """Return the place of a page in relation to the period, and count the page once."""
        place = place_page(entry, self.period) if self.period else "inside"
        if self.period and hash(entry.url) not in self._seen:
            self._seen.add(hash(entry.url))
            self._counts.setdefault(site_of(entry.url) or "", Counter())[place] += 1
        return place

    def place_list(self, url: str) -> Place:
        """Return the place of the pages that a page lists, by the day or month in its address.

        A year alone says nothing, since any name can contain one.
        """
        span = span_of_address(url) if self.period else None
        if span is None or (span[1] - span[0]).days >= DAYS_OF_MONTH:
            return "inside"
        return "inside" if self.period.meets(span) else "outside"

    def takes(self, place: Place) -> bool:
        """Whether pages in this place are fetched."""
        return place == "inside" or (place == "undated" and not self._skips_undated)

    def outside_on(self, published: str | None, site: str) -> date | None:
        """Return and count the day of a fetched article if it is outside by its own date."""
        day = read_day(published) if self.period else None
        if day is None or self.period.meets(Span((day, day))):
            return None
        self._left_out[site] += 1
        return day

    def count_left_out(self, site: str) -> int:
        """Return the number of a site's addresses that are not fetched."""
        counts = self._counts.get(site, Counter())
        return sum(number for place, number in counts.items() if not self.takes(place))

    def describe(self, site: str) -> str:
        """Return a line about the addresses of a site."""
        counts = self._counts.get(site, Counter())
        span = f"{self.period.since or 'the beginning'} to {self.period.until or 'today'}"
        inside = count_of(counts["inside"], "address", "addresses")
        found = f"{inside} inside, {counts['outside']} outside and not fetched"

        late = self._left_out[site]
        late_note = f"; {late} of them outside by their own date, not stored" if late else ""

        return (
            f"backfill of {span}: {found}; {self._describe_undated(counts['undated'])}{late_note}"
        )

    def _describe_undated(self, number: int) -> str:
        """Return the part of the line about pages without a date."""
        if not number:
            return "all had a date"
        fate = "skipped" if self._skips_undated else "fetched last (-a undated=skip leaves them)"
        return f"{number} without a date before download: {fate}"


def place_page(entry: Entry, period: Period) -> Place:
    """Return the place of a page in relation to the period.

    The date of its list entry counts first, then the day in its address, then its last change. A
    page changes only after it is published: one that was last changed before the period is outside,
    and one that was changed after the period may have been published at any time.
    """
    if day := published_day(entry):
        return "inside" if period.meets(Span((day, day))) else "outside"

    changed = read_day(entry.modified)
    if changed and period.since and changed < period.since:
        return "outside"

    span = span_of_page(entry.url)
    if span:
        return "inside" if period.meets(span) else "outside"

    if changed and (period.until is None or changed <= period.until):
        return "inside"

    return "undated"


def published_day(entry: Entry) -> date | None:
    """Return the day on which a page was published, by its list entry or its address."""
    stated = read_day(entry.hint.published) if entry.hint else None
    return stated or day_in_address(entry.url)


def is_sitemap_wanted(entry: Entry, period: Period) -> bool:
    """Whether a sitemap may list pages of the period, by its name and its last change."""
    changed = read_day(entry.modified)
    if changed and period.since and changed < period.since:
        return False
    span = span_of_address(entry.url)
    return span is None or period.meets(span)


def newest_first(entries: tuple[Entry, ...]) -> list[Entry]:
    """Return entries by day, newest first; entries without a day are last, in their order."""

    def day(entry: Entry) -> date:
        return published_day(entry) or read_day(entry.modified) or date.min

    return sorted(entries, key=day, reverse=True)
