"""The time, in the form that records and the store use.

Tests of several days set the environment variable NEWSSPIDER_CLOCK to a moment (ISO 8601 with
zone): the process begins at this moment, and its time continues from there.
"""

import os
import re
from datetime import UTC, date, datetime, timedelta

CLOCK_VARIABLE = "NEWSSPIDER_CLOCK"
WEB_YEARS = range(1990, 2100)  # in other years the clock is wrong, or the number is not a date
_WRITTEN_ZONE = re.compile(r"(?:(?<!\s)\s++)?(?:UTC|GMT|Z)$", re.I)
_TIMESTAMP = "%Y%m%d%H%M%S"  # of ARC files
TIMESTAMP_DIGITS = 14
DAY_CHARS = len("2026-03-24")


def _read_shift() -> timedelta:
    """Return the difference between this process's time and the true time."""
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
    """Return a moment as ISO 8601 in UTC, to the second; these texts sort like the moments.

    >>> as_text(datetime.fromisoformat("2026-03-24T09:30:00.5+01:00"))
    '2026-03-24T08:30:00+00:00'
    """
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def moment_in(text: str | None) -> datetime | None:
    """Return the moment of a record's ISO 8601 text; None for a day alone or a missing zone.

    >>> moment_in("2026-03-24T09:30:00+01:00").isoformat()
    '2026-03-24T09:30:00+01:00'
    >>> moment_in("2026-03-24"), moment_in("2026-03-24T09:30:00")
    (None, None)
    """
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def day_in(text: str | None) -> date | None:
    """Return the day of a record's ISO 8601 text, in the text's own zone."""
    try:
        return date.fromisoformat((text or "")[:DAY_CHARS])
    except ValueError:
        return None


def read_moment(written: str | None) -> str | None:
    """Return an archive's date as ISO 8601 with zone; None if it is not a valid moment.

    A moment without a zone is in UTC, as in WARC and ARC files.

    >>> read_moment("2026-03-24T09:30:00Z"), read_moment("20260324093000")
    ('2026-03-24T09:30:00+00:00', '2026-03-24T09:30:00+00:00')
    >>> read_moment("2026-03-24 09:30:00 UTC")
    '2026-03-24T09:30:00+00:00'
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
