"""Dates as people and machines write them, made ISO 8601 with nothing added: no time, no zone that is not there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from newsspider.extraction.fields.dates.month_names import day_first, read_month
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
BUDDHIST_YEARS = 543  # Thai years run ahead by so many
_ISO = re.compile(
    r"(\d{4})([-/.]?)(\d\d)\2(\d\d)"
    r"(?:[T ,]\s*(\d\d?(?=:)|\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?(?:\s?([AaPp])\.?[Mm]\b\.?)?"
    rf"(?:\s?((?:UTC|GMT)?[+-]\d\d?(?::?\d\d)?|{NAMED_ZONES})(?!\w))?)?(?![\d-])"
)
_EPOCH = re.compile(
    r"(?:/Date\()?(\d{10})(\d{3})?(?:\.\d{1,9})?(?:[+-]\d{4})?(?:\)/)?"
)  # .NET's, too
_WRITTEN_ZONE = re.compile(r":\d\d(?:Z|[+-]\d\d:\d\d)$")
_JS_DATE = re.compile(r"\w{3} (\w{3} \d\d \d{4} \d\d:\d\d:\d\d) (?:GMT|UTC)([+-]\d{4})")

_JAVA_DATE = re.compile(r"\w{3} (\w{3} \d\d) (\d\d:\d\d:\d\d) (\w+) (\d{4})")

_DAY = r"(\d{1,2})"
_YEAR = r"(\d{4})(?:(?!\d)|(?=\d\d:\d\d(?!\d)))"  # a time may follow it unparted
_MONTH = r"([^\W\d_][^\s\d,/()|·•:;]{1,18})"
_MONTHS = r"([^\W\d_][^\s\d,/()|·•:;]{1,18}(?: الأول| الثاني)?)"
# Order of the groups: the place of (year, month, day) in each.
_FORMS = (
    (re.compile(rf"(?<!\d){_YEAR}\s?[年년]\s?(\d{{1,2}})\s?[月월]\s?{_DAY}\s?[日일]?"), (0, 1, 2)),
    (
        re.compile(r"(?<![\d/.-])(\d{4})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})(?![\d/-])"),
        (0, 1, 2),
    ),
    (
        re.compile(
            r"(?<!\d)(\d{1,2})\s+(?:tháng|thg)\s+(\d{1,2}),?\s+(?:năm\s+)?(\d{4})(?!\d)", re.I
        ),
        (2, 1, 0),
    ),
    (
        re.compile(
            rf"(?<![\d.,/])(?<!\d:){_DAY}(?:st|nd|rd|th|er|º|ª|°|\.|η|ης)?(?:\s|-|/)\s?(?:de\s|"
            rf"of\s|d['’])?{_MONTHS}[.,]?(?:\s|-|/)\s?(?:de\s|del\s|of\s)?{_YEAR}",
            re.I,
        ),
        (2, 1, 0),
    ),
    (re.compile(rf"{_MONTH},?\s{_DAY}(?:st|nd|rd|th|\.)?,?\s{_YEAR}", re.I), (2, 0, 1)),
    (
        re.compile(rf"{_MONTH}\s(\d\d){_YEAR}"),
        (2, 0, 1),
    ),  # a leaf of a calendar: "Mar" over "24", "2026" beside it
    (
        re.compile(
            rf"(?<!\d){_YEAR}(?:\.|\sm\.|ko|\.?gada|\. gada)?,?\s{_MONTH}\s{_DAY}(?!\d)", re.I
        ),
        (0, 1, 2),
    ),
)
_CAPITAL_INSIDE = re.compile(r"(?<=[^\W\d_A-ZÀ-Þ])(?=[A-ZÀ-Þ])")
# "19-May-21", "19 May ’21"
_SHORT_YEAR = re.compile(
    r"(?<![\d:.,/-])(\d{1,2})(?:-([^\W\d_]{3,12})\.?-|\s([^\W\d_]{3,12})\.?\s['’])(\d\d)(?![\d-])"
)
_NUMERIC = re.compile(
    r"(?<![\d/.,-])(?<!\d:)(\d{1,2})\s?([./|-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d/-]|[.,]\d)"
)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date in a text: ISO 8601, and where it stands."""

    iso: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read dates on a page: its language (BCP 47), and the host that may tell its country."""

    language: str | None = None
    host: str | None = None


def read_date(text: str | None, reading: Reading = Reading()) -> str | None:
    """Return a stated date as ISO 8601 with the time and zone it came with; None for what is no date.

    >>> read_date("2026-03-24 09:30:00 +0100"), read_date("2026-03-24"), read_date("2026-02-30"), read_date("last week")
    ('2026-03-24T09:30:00+01:00', '2026-03-24', None, None)
    >>> read_date("Tue, 24 Mar 2026 09:30:00 GMT"), read_date("24. März 2026, 9:30 Uhr", Reading("de"))
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
        return _check(datetime.strptime(text, "%b %d %Y %H:%M:%S").isoformat() + zone)
    except ValueError:
        return None


def _mail_date(text: str, written: str | None) -> str | None:
    """Return the date of RFC 822, as feeds and HTTP write it, where it has more than what was read as written.

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

    return _check(iso)


def _check(iso: str) -> str | None:
    """Return a date that can be one."""
    try:
        datetime.fromisoformat(iso)
    except ValueError:
        return None

    return iso


def iter_dates(text: str, reading: Reading) -> Iterator[WrittenDate]:
    """Yield the dates in a line of text, in order, each with its time if one stands beside it."""
    text = fold_digits(text)
    found: list[WrittenDate] = []

    for match, day in _iter_days(text, reading):
        if not any(other.start < match.end() and match.start() < other.end for other in found):
            found.append(_with_time(text, match, day))

    yield from sorted(found, key=lambda date: date.start)


def _iter_days(text: str, reading: Reading) -> Iterator[tuple[re.Match[str], str]]:
    """Yield the matches and their days as YYYY-MM-DD."""
    for form, order in _FORMS:
        for match in form.finditer(text):
            year, month, day = (match[place + 1] for place in order)
            number = _read_month(month, reading.language)
            if number and (iso := _day(int(year), number, int(day), reading)):
                yield match, iso

    for match in _SHORT_YEAR.finditer(text):
        number = read_month(match[2] or match[3], reading.language)
        if number and (iso := _day(2000 + int(match[4]), number, int(match[1]), reading)):
            yield match, iso

    for match in _NUMERIC.finditer(text):
        if iso := _numeric_day(match, reading):
            yield match, iso


def _read_month(word: str, language: str | None) -> int | None:
    """Return the number of a month, also if it follows another word without a blank: "HealthMarch"."""
    if word.isdigit():
        return int(word)

    number = read_month(word, language)
    if number is None and (parted := _CAPITAL_INSIDE.search(word)):
        number = read_month(word[parted.end() :], language)

    return number


def _numeric_day(match: re.Match[str], reading: Reading) -> str | None:
    """Return the day that three numbers name, None where the order of day and month can't be told."""
    first, separator, second, year = int(match[1]), match[2], int(match[3]), match[4]
    if len(year) == len("26"):
        if separator != "." and second <= 12 and not _has_order(reading):
            return None  # 12/11/10 has more readings than two

        year = f"20{year}"

    is_dotted = separator == "." or first > 12 or first == second
    is_day_first = is_dotted or day_first(reading.language, reading.host)
    if second > 12:
        is_day_first = False

    if is_day_first is None:
        return None

    day, month = (first, second) if is_day_first else (second, first)
    return _day(int(year), month, day, reading)


def _has_order(reading: Reading) -> bool:
    return day_first(reading.language, reading.host) is not None


def _day(year: int, month: int, day: int, reading: Reading) -> str | None:
    if (reading.language or "").startswith("th") and year > 2400:
        year -= BUDDHIST_YEARS

    return _check(f"{year:04}-{month:02}-{day:02}")


def _with_time(text: str, match: re.Match[str], day: str) -> WrittenDate:
    """Return the day with the time and zone that stand right after or before it."""
    start, end = match.span()
    if after := time_after(text, end):
        return WrittenDate(_check(f"{day}T{after[0]}") or day, start, after[1])

    if before := time_before(text, start):
        return WrittenDate(_check(f"{day}T{before[0]}") or day, before[1], end)

    return WrittenDate(day, start, end)


EARLIEST = "1990"  # the web's first pages; what is older is a default such as 1970-01-01
AHEAD = timedelta(days=2)  # clocks and zones differ


def refuse(iso: str, now: datetime) -> str | None:
    """Return why a date can't be a page's: before the web, or in the future; None for a good one."""
    if iso < EARLIEST:
        return "before 1990"

    if iso[:10] > (now + AHEAD).date().isoformat():
        return "in the future"

    return None


def offset_between(local: str, utc: str) -> str:
    """Return the offset at which a time without zone is the same minute as a UTC time, "" for none.

    Zones lie whole and half hours apart.

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
