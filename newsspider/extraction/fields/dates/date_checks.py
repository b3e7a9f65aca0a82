"""Correct publication dates that other dates of the page contradict, and times of two zones."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime

from newsspider.extraction.declared.metadata import Found
from newsspider.extraction.fields.dates.date_lines import ShownDate
from newsspider.extraction.fields.dates.date_roles import PUBLISHED, UNSAID
from newsspider.extraction.fields.dates.written_dates import DAY_CHARS, EARLIEST, offset_between

MINUTE_CHARS = len("2026-03-24T09:30")
UTC_ENDS = ("Z", "+00:00")
LATE_HOURS = frozenset("22 23 00 01 02 03 04 05 06 07 08".split())  # of UTC
ZONE = re.compile(r"(?:Z|[+-]\d\d:\d\d)$")


def correct_published(
    published: Found,
    modified: Found | None,
    shown_near: Callable[[], Iterable[ShownDate]],
    stated: Iterable[Found],
) -> Found:
    """Return the publication date, or the one that replaces it.

    A date that is the change's too, or comes after it, may be that of the last saving: an earlier
    one near the headline goes before it, or, where both are the same, one that microdata state. A
    UTC time is given as the page shows it.

    Args:
        published: the best stated date.
        modified: the date of the last change, if there is one.
        shown_near: finds the dates near the headline, which takes half a millisecond.
        stated: the publication dates of the page's microdata.
    """
    if modified is not None and (
        published == modified or is_before(modified.value, published.value)
    ):
        same = published == modified
        published = (
            shown_before(published, shown_near())
            or (same and _stated_before(published, stated))
            or published
        )

    if _may_be_another_day(published.value):
        return _as_shown_locally(published, shown_near())

    return published


def _may_be_another_day(value: str) -> bool:
    """Whether a UTC time is near midnight, so that it is another day in other zones."""
    return value.endswith(UTC_ENDS) and value[DAY_CHARS + 1 : DAY_CHARS + 3] in LATE_HOURS


def shown_before(published: Found, near: Iterable[ShownDate]) -> Found | None:
    """Return an earlier date near the headline, if the stated one may be of the last saving.

    A time may be in another zone than the shown one, so that they differ by a day.
    """
    day = published.value[:DAY_CHARS]
    zones = int(len(published.value) > DAY_CHARS)
    dates = (date for date in near if date.role in (PUBLISHED, UNSAID))
    earlier = (date for date in dates if EARLIEST < date.iso < day)
    far = (date for date in earlier if days_apart(date.iso, day) > zones)
    return next((Found(date.iso, date.provenance) for date in far), None)


def _stated_before(published: Found, stated: Iterable[Found]) -> Found | None:
    """Return an earlier publication that the page's microdata states, both with their zones."""
    earlier = (each for each in stated if each.value[:DAY_CHARS] < published.value[:DAY_CHARS])
    for each in earlier:
        if ZONE.search(each.value) and ZONE.search(published.value):
            return each

    return None


def _as_shown_locally(published: Found, near: Iterable[ShownDate]) -> Found:
    """Return a UTC time as the page shows the same moment, if that is another day."""
    for date in near:
        is_other_day = date.iso[:DAY_CHARS] != published.value[:DAY_CHARS]
        if (
            is_other_day
            and date.role in (PUBLISHED, UNSAID)
            and (offset := offset_between(date.iso, published.value))
        ):
            return Found(date.iso[:MINUTE_CHARS] + offset, published.provenance)

    return published


def lacks_zone(value: str) -> bool:
    """Whether a date has a time and no zone."""
    return len(value) > DAY_CHARS and not ZONE.search(value)


def is_before(one: str, other: str) -> bool:
    """Whether one date is surely before the other: by a minute if both have comparable times."""
    times = [datetime.fromisoformat(each).replace(second=0, microsecond=0) for each in (one, other)]
    if min(len(one), len(other)) > DAY_CHARS and lacks_zone(one) == lacks_zone(other):
        return times[0] < times[1]

    return one < other and days_apart(one, other) > 1


def days_apart(one: str, other: str) -> int:
    """Return the number of days between two dates."""
    return abs((datetime.fromisoformat(one[:10]) - datetime.fromisoformat(other[:10])).days)
