"""The time, in the one form that records and the store hold it.

Tests of what happens over days set the environment's NEWSSPIDER_CLOCK to a moment (ISO 8601 with
zone): the process begins then, and its time runs on from there.
"""

import os
import re
from datetime import UTC, date, datetime, timedelta

CLOCK_VARIABLE = "NEWSSPIDER_CLOCK"
WEB_YEARS = range(1990, 2100)  # outside of them a clock was wrong, or the number is not a date
_WRITTEN_ZONE = re.compile(r"(?:(?<!\s)\s++)?(?:UTC|GMT|Z)$", re.I)
_TIMESTAMP = "%Y%m%d%H%M%S"  # of ARC files
TIMESTAMP_DIGITS = 14
DAY_CHARS = len("2026-03-24")


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


def moment_in(text: str | None) -> datetime | None:
    """Return the moment that an ISO 8601 text of a record names; None for a day alone or a time without a zone.

    >>> moment_in("2026-03-24T09:30:00+01:00").isoformat(), moment_in("2026-03-24"), moment_in("2026-03-24T09:30:00")
    ('2026-03-24T09:30:00+01:00', None, None)
    """
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def day_in(text: str | None) -> date | None:
    """Return the day of an ISO 8601 text of a record, in the text's own zone."""
    try:
        return date.fromisoformat((text or "")[:DAY_CHARS])
    except ValueError:
        return None


def read_moment(written: str | None) -> str | None:
    """Return a moment that an archive gives as ISO 8601 with zone; None where it is not one.

    A moment without a zone is in UTC, as WARC and ARC files have them.

    >>> read_moment("2026-03-24T09:30:00Z"), read_moment("20260324093000"), read_moment("2026-03-24 09:30:00 UTC")
    ('2026-03-24T09:30:00+00:00', '2026-03-24T09:30:00+00:00', '2026-03-24T09:30:00+00:00')
    >>> read_moment("2009-03-65T08:43:19-0800"), read_moment("0001-01-01T00:00:00Z")
    (None, None)
    """
    text = (written or "").strip()
    try:
        if len(text) == TIMESTAMP_DIGITS and text.isdecimal():
            moment = datetime.strptime(text, _TIMESTAMP)
        else:
            moment = datetime.fromisoformat(_WRITTEN_ZONE.sub("+00:00", text))

        return _in_web_years(moment.replace(tzinfo=moment.tzinfo or UTC))
    except (ValueError, OverflowError):
        return None


def _in_web_years(moment: datetime) -> str | None:
    return moment.isoformat() if moment.astimezone(UTC).year in WEB_YEARS else None
