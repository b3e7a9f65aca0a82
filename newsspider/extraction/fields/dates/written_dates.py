"""Read dates as people and machines write them into ISO 8601, without adding a time or zone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from newsspider.extraction.fields.dates.written_days import ANY_PAGE, Reading, check_iso, iter_days
from newsspider.extraction.fields.dates.written_times import (
    MAX_OFFSET,
    NAMED_ZONES,
    ZONES,
    fold_digits,
    iso_zone,
    time_after,
    time_before,
)

DAY_CHARS = len("2026-03-24")

_ISO = re.compile(
    r"(\d{4})([-/.]?)(\d\d)\2(\d\d)"
    r"(?:[T ,]\s*(\d\d?(?=:)|\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?(?:\s?([AaPp])\.?[Mm]\b\.?)?"
    rf"(?:\s?((?:UTC|GMT)?[+-]\d\d?(?::?\d\d)?|{NAMED_ZONES})(?!\w))?)?(?![\d-])"
)

# .NET's, too.
_EPOCH = re.compile(r"(?:/Date\()?(\d{10})(\d{3})?(?:\.\d{1,9})?(?:[+-]\d{4})?(?:\)/)?")

_WRITTEN_ZONE = re.compile(r":\d\d(?:Z|[+-]\d\d:\d\d)$")

_JS_DATE = re.compile(r"\w{3} (\w{3} \d\d \d{4} \d\d:\d\d:\d\d) (?:GMT|UTC)([+-]\d{4})")

_JAVA_DATE = re.compile(r"\w{3} (\w{3} \d\d) (\d\d:\d\d:\d\d) (\w+) (\d{4})")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date in a text: ISO 8601, and its place."""

    iso: str
    start: int
    end: int


def read_date(text: str | None, reading: Reading = ANY_PAGE) -> str | None:
    """Return a stated date as ISO 8601 with its time and zone; None for other text.

    >>> (read_date("2026-03-24 09:30:00 +0100"), read_date("2026-03-24"), read_date("2026-02-30"),
    ...  read_date("last week"))
    ('2026-03-24T09:30:00+01:00', '2026-03-24', None, None)
    >>> (read_date("Tue, 24 Mar 2026 09:30:00 GMT"),
    ...  read_date("24. März 2026, 9:30 Uhr", Reading("de")))
    ('2026-03-24T09:30:00+00:00', '2026-03-24T09:30')
    """
    stripped = fold_digits(text or "").strip()
    if not stripped or len(stripped) > 200:
        return None

    if (match := _ISO.match(stripped)) and (match[5] or match.end() == len(stripped)):
        return _iso_from(match)

    if epoch := _EPOCH.fullmatch(stripped):
        return datetime.fromtimestamp(int(epoch[1]), UTC).isoformat()

    if program := _JS_DATE.match(stripped):
        return _program_date(program[1], f"{program[2][:3]}:{program[2][3:]}")

    if program := _JAVA_DATE.fullmatch(stripped):
        day, time, zone, year = program.groups()
        return _program_date(f"{day} {year} {time}", ZONES.get(zone, ""))

    written = next((found.iso for found in iter_dates(stripped, reading)), None)
    return _mail_date(stripped, written) or written or (_iso_from(match) if match else None)


def _program_date(text: str, zone: str) -> str | None:
    """Return the date that a program wrote out; None where it is none."""
    try:
        return check_iso(datetime.strptime(text, "%b %d %Y %H:%M:%S").isoformat() + zone)
    except ValueError:
        return None


def _mail_date(text: str, written: str | None) -> str | None:
    """Return the date of RFC 822, as in feeds and HTTP, if it has more than the written one.

    Python's reader knows CST as the American one, but takes "+2" for two minutes and passes over
    PM, CET and "+02:00".
    """
    if ":" not in text or "," not in text[:5] or _WRITTEN_ZONE.search(written or ""):
        return None

    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # an hour of eighty digits
        return None

    if moment.tzinfo or not written:
        return moment.isoformat()

    return None


def _iso_from(match: re.Match[str]) -> str | None:
    year, _, month, day, hour, minute, second, fraction, half, zone = match.groups()
    iso = f"{year}-{month}-{day}"
    if hour:
        if not half or int(hour) > 12:
            number = int(hour)
        else:
            number = int(hour) % 12 + 12 * (half in "pP")

        iso += (
            f"T{number:02}:{minute}"
            + (f":{second}" if second else "")
            + (f".{fraction}" if fraction else "")
        )
        iso += iso_zone(zone)

    return check_iso(iso)


def iter_dates(text: str, reading: Reading) -> Iterator[WrittenDate]:
    """Yield the dates in a line of text, in order, each with the time beside it, if any."""
    text = fold_digits(text)
    found: list[WrittenDate] = []

    for match, day in iter_days(text, reading):
        if not any(_overlaps(other, match) for other in found):
            found.append(_with_time(text, match, day))

    yield from sorted(found, key=lambda date: date.start)


def _overlaps(date: WrittenDate, match: re.Match[str]) -> bool:
    return date.start < match.end() and match.start() < date.end


def _with_time(text: str, match: re.Match[str], day: str) -> WrittenDate:
    """Return the day with the time and zone right after or before it."""
    start, end = match.span()
    if after := time_after(text, end):
        return WrittenDate(check_iso(f"{day}T{after[0]}") or day, start, after[1])

    if before := time_before(text, start):
        return WrittenDate(check_iso(f"{day}T{before[0]}") or day, before[1], end)

    return WrittenDate(day, start, end)


EARLIEST = "1990"  # the web's first pages; older dates are defaults such as 1970-01-01

AHEAD = timedelta(days=2)  # clocks and zones differ


def refuse(iso: str, now: datetime) -> str | None:
    """Return why a date can't be a page's: before the web, or in the future.

    None for a good one.
    """
    if iso < EARLIEST:
        return "before 1990"

    if iso[:10] > (now + AHEAD).date().isoformat():
        return "in the future"

    return None


def offset_between(local: str, utc: str) -> str:
    """Return the offset at which a time without zone is the same minute as a UTC time, "" for none.

    Zones are whole or half hours apart.

    >>> offset_between("2026-03-24T22:30", "2026-03-25T02:30:10Z")
    '-04:00'
    >>> offset_between("2026-03-24T22:30", "2026-03-25T02:31Z")
    ''
    """
    if len(local) == DAY_CHARS or len(utc) == DAY_CHARS or datetime.fromisoformat(local).tzinfo:
        return ""

    start, end = (
        datetime.fromisoformat(each).replace(second=0, microsecond=0, tzinfo=UTC)
        for each in (utc, local)
    )
    minutes = round((end - start).total_seconds() / 60)
    if minutes % 30 or abs(minutes) > MAX_OFFSET * 60:
        return ""

    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
