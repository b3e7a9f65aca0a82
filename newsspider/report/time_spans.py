"""The time spans that a report draws: days, or weeks where the period is long."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

DAYS_DRAWN = 120  # a longer period is drawn by weeks
WEEK = 7


@dataclass(frozen=True)
class Spans:
    """A period cut into days or weeks.

    Attributes:
        first, last: the period's days.
        days: days of a span; the first span of a period in weeks may have fewer.
    """

    first: date
    last: date
    days: int

    @property
    def starts(self) -> list[str]:
        """The first day of each span, oldest first, as YYYY-MM-DD."""
        return [self._start_of(place).isoformat() for place in range(len(self))]

    def __len__(self) -> int:
        """Return the number of spans."""
        return -(-((self.last - self.first).days + 1) // self.days)

    def place_of(self, day: str) -> int:
        """Return the number of the span that has a day (YYYY-MM-DD); a day outside belongs to the nearest span."""
        return self._places.get(day, len(self) - 1 if day > self.last.isoformat() else 0)

    @cached_property
    def _places(self) -> dict[str, int]:
        """The number of the span of each day: hundreds of thousands are asked for."""
        count = (self.last - self.first).days + 1
        days = (self.last - timedelta(days=back) for back in range(count))
        return {day.isoformat(): len(self) - 1 - back // self.days for back, day in enumerate(days)}

    def _start_of(self, place: int) -> date:
        """Return the first day of a span: spans are counted back from the last day, which ends the last one."""
        start = self.last - timedelta(days=(len(self) - place) * self.days - 1)
        return max(start, self.first)


def cut_period(first: date, last: date) -> Spans:
    """Return a period's spans; a first day after the last one counts as the last one.

    >>> cut_period(date(2026, 3, 1), date(2026, 3, 2)).starts
    ['2026-03-01', '2026-03-02']
    >>> cut_period(date(2025, 3, 1), date(2026, 3, 2)).starts[:3]
    ['2025-03-01', '2025-03-04', '2025-03-11']
    """
    first = min(first, last)
    is_long = (last - first).days >= DAYS_DRAWN
    return Spans(first, last, WEEK if is_long else 1)
