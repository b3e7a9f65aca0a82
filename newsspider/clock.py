"""The time, in the one form that records and the store hold it.

Tests of what happens over days set the environment's NEWSSPIDER_CLOCK to a moment (ISO 8601 with zone): the process
begins then, and its time runs on from there.
"""

import os
from datetime import UTC, datetime, timedelta

CLOCK_VARIABLE = "NEWSSPIDER_CLOCK"


def _read_shift() -> timedelta:
    """Return how far this process's time is from the true one."""
    begin = os.environ.get(CLOCK_VARIABLE)
    return datetime.fromisoformat(begin) - datetime.now(UTC) if begin else timedelta()


_SHIFT = _read_shift()


def now() -> datetime:
    """Return the time in UTC."""
    return datetime.now(UTC) + _SHIFT


def utc_now() -> str:
    """Return the time as ISO 8601 in UTC, to the second."""
    return as_text(now())


def as_text(moment: datetime) -> str:
    """Return a moment as ISO 8601 in UTC, to the second; such texts sort as the moments do.

    >>> as_text(datetime.fromisoformat("2026-03-24T09:30:00.5+01:00"))
    '2026-03-24T08:30:00+00:00'
    """
    return moment.astimezone(UTC).isoformat(timespec="seconds")
