"""Dates as people and machines write them, made ISO 8601 with nothing added: no time, no zone that is not there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from newsspider.extraction.fields.calendar_words import day_first, read_month

# Offsets of zone names that mean one zone where news is written; CST, IST and others mean several.
ZONES = {
    "Z": "+00:00", "UTC": "+00:00", "GMT": "+00:00", "WET": "+00:00", "BST": "+01:00", "CET": "+01:00", "MEZ": "+01:00",
    "CEST": "+02:00", "MESZ": "+02:00", "EET": "+02:00", "SAST": "+02:00", "CAT": "+02:00", "EEST": "+03:00",
    "EAT": "+03:00", "MSK": "+03:00", "МСК": "+03:00", "TSİ": "+03:00", "WAT": "+01:00", "PKT": "+05:00",
    "WIB": "+07:00", "WITA": "+08:00", "WIT": "+09:00", "HKT": "+08:00", "SGT": "+08:00", "JST": "+09:00",
    "KST": "+09:00", "AEST": "+10:00", "AEDT": "+11:00", "NZST": "+12:00", "NZDT": "+13:00",
    "EST": "-05:00", "EDT": "-04:00", "CDT": "-05:00", "MDT": "-06:00", "PDT": "-07:00", "PST": "-08:00",
}  # fmt: skip
BUDDHIST_YEARS = 543  # Thai years run ahead by so many
_ISO = re.compile(
    r"(\d{4})([-/.]?)(\d\d)\2(\d\d)"
    r"(?:[T ,]\s*(\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?\s?(Z|[+-]\d\d(?::?\d\d)?|UTC|GMT)?)?(?![\d-])"
)
_EPOCH = re.compile(r"(\d{10})(\d{3})?")
_JS_DATE = re.compile(r"\w{3} (\w{3} \d\d \d{4} \d\d:\d\d:\d\d) (?:GMT|UTC)([+-]\d{4})")

_JAVA_DATE = re.compile(r"\w{3} (\w{3} \d\d) (\d\d:\d\d:\d\d) (\w+) (\d{4})")

_DAY = r"(\d{1,2})"
_YEAR = r"(\d{4})(?!\d)"
_MONTH = r"([^\W\d_][^\s\d,/()|·•:;]{1,18})"
_MONTHS = r"([^\W\d_][^\s\d,/()|·•:;]{1,18}(?: الأول| الثاني)?)"
# Order of the groups: the place of (year, month, day) in each.
_FORMS = (
    (re.compile(rf"(?<!\d){_YEAR}\s?[年년]\s?(\d{{1,2}})\s?[月월]\s?{_DAY}\s?[日일]?"), (0, 1, 2)),
    (re.compile(r"(?<![\d/.-])(\d{4})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})(?![\d/-])"), (0, 1, 2)),
    (re.compile(r"(?<!\d)(\d{1,2})\s+(?:tháng|thg)\s+(\d{1,2}),?\s+(?:năm\s+)?(\d{4})(?!\d)", re.I), (2, 1, 0)),
    (
        re.compile(
            rf"(?<![\d:.,/]){_DAY}(?:st|nd|rd|th|er|º|ª|°|\.|η|ης)?(?:\s|-|/)\s?(?:de\s|of\s|d['’])?{_MONTHS}[.,]?"
            rf"(?:\s|-|/)\s?(?:de\s|del\s|of\s)?{_YEAR}",
            re.I,
        ),
        (2, 1, 0),
    ),
    (re.compile(rf"{_MONTH}\s{_DAY}(?:st|nd|rd|th|\.)?,?\s{_YEAR}", re.I), (2, 0, 1)),
    (re.compile(rf"(?<!\d){_YEAR}(?:\.|\sm\.|ko|\.?gada|\. gada)?,?\s{_MONTH}\s{_DAY}(?!\d)", re.I), (0, 1, 2)),
)
_NUMERIC = re.compile(r"(?<![\d/.,:-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d/-]|[.,]\d)")
_TIME = r"([01]?\d|2[0-4])\s?(?:[:h時点]|시)\s?([0-5]\d)(?:[:分]\s?([0-5]\d))?(?!\d)(?:\s?([ap]\.?\s?m\b\.?))?"
_DOTTED = r"([01]?\d|2[0-4])\.([0-5]\d)()()(?=\s?(?:Uhr|h\b|WIB|WITA|WIT\b|น\.))"
_HOUR = r"([01]?\d|2[0-4])()()\s?([ap]\.?m\b\.?)"
_ZONE = re.compile(
    r"\s?(?:Uhr|uur|h\b)?\s?\(?((?:UTC|GMT)?\s?[+-]\d\d?(?::?\d\d)?(?!\d)"
    rf"|{'|'.join(sorted(ZONES, key=len, reverse=True))})(?!\w)"
)
_TIME_AFTER = re.compile(
    r"\.?(?:\s?\(\w{1,3}\))?[\s,|–—·•/-]*(?:(?:at|um|à|a las|às|alle|ore|om|kl\.?|klo|o|v|в|о|у|saat|ساعت|الساعة|"
    r"jam|pukul|lúc|ώρα|-)\s)?\s*"
    r"\(?(上午|下午|午前|午後|오전|오후)?\s?" + f"(?:{_TIME}|{_DOTTED}|{_HOUR})",
    re.I,
)
_TIME_BEFORE = re.compile(
    rf"(?:^|[\s,|(])(?:{_TIME}|{_DOTTED}|{_HOUR})\s?(?:Uhr|h|[A-Z]{{2,4}})?[\s,|–—·•-]*(?:\w{{3,10}}\.?,\s)?$", re.I
)
_AFTERNOON = frozenset("下午 午後 오후".split())
MAX_TIME_CHARS = 40  # a time stands so close to its day


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
    stripped = (text or "").strip()
    if not stripped or len(stripped) > 200:
        return None
    if match := _ISO.match(stripped):
        return _iso_from(match)
    if match := _EPOCH.fullmatch(stripped):
        return datetime.fromtimestamp(int(match[1]), UTC).isoformat()
    if match := _JS_DATE.match(stripped):
        return _program_date(match[1], f"{match[2][:3]}:{match[2][3:]}")
    if match := _JAVA_DATE.fullmatch(stripped):
        day, time, zone, year = match.groups()
        return _program_date(f"{day} {year} {time}", ZONES.get(zone, ""))
    return _mail_date(stripped) or next((found.iso for found in iter_dates(stripped, reading)), None)


def _program_date(text: str, zone: str) -> str | None:
    """Return the date that a program wrote out; None where it is none."""
    try:
        return _check(datetime.strptime(text, "%b %d %Y %H:%M:%S").isoformat() + zone)
    except ValueError:
        return None


def _mail_date(text: str) -> str | None:
    """Return the date of RFC 822, as feeds and HTTP write it."""
    if ":" not in text or "," not in text[:5]:
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # an hour of eighty digits
        return None
    return moment.isoformat()


def _iso_from(match: re.Match[str]) -> str | None:
    year, _, month, day, hour, minute, second, fraction, zone = match.groups()
    iso = f"{year}-{month}-{day}"
    if hour:
        iso += f"T{hour}:{minute}" + (f":{second}" if second else "") + (f".{fraction}" if fraction else "")
        iso += _iso_zone(zone)
    return _check(iso)


def _iso_zone(zone: str | None) -> str:
    """Return a zone in ISO's own form; Z stays as it is."""
    if not zone or zone == "Z":
        return zone or ""
    name = zone.strip().upper()
    if name in ZONES:
        return ZONES[name]
    digits = name.removeprefix("UTC").removeprefix("GMT").strip().replace(":", "")
    sign, digits = digits[0], digits[1:]
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > len("12") else (digits, "00")
    return f"{sign}{int(hours):02}:{minutes}"


def _check(iso: str) -> str | None:
    """Return a date that can be one."""
    try:
        datetime.fromisoformat(iso)
    except ValueError:
        return None
    return iso


def iter_dates(text: str, reading: Reading) -> Iterator[WrittenDate]:
    """Yield the dates in a line of text, in order, each with its time if one stands beside it."""
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
            number = int(month) if month.isdigit() else read_month(month, reading.language)
            if number and (iso := _day(int(year), number, int(day), reading)):
                yield match, iso
    for match in _NUMERIC.finditer(text):
        if iso := _numeric_day(match, reading):
            yield match, iso


def _numeric_day(match: re.Match[str], reading: Reading) -> str | None:
    """Return the day that three numbers name, None where the order of day and month can't be told."""
    first, separator, second, year = int(match[1]), match[2], int(match[3]), match[4]
    if len(year) == len("26"):
        if separator != "." and not _has_order(reading):
            return None
        year = f"20{year}"
    dotted = separator == "." or first > 12 or first == second
    leading = True if dotted else False if second > 12 else day_first(reading.language, reading.host)
    if leading is None:
        return None
    day, month = (first, second) if leading else (second, first)
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
    if after := _TIME_AFTER.match(text, end, end + MAX_TIME_CHARS):
        time, half = _time(after.groups()[1:]), after[1]
        if time and half in _AFTERNOON:
            time = _later(time)
        stop = after.end()
        zone = _ZONE.match(text, stop)
        if time:
            iso = _check(f"{day}T{time}{_iso_zone(zone[1]) if zone else ''}")
            return WrittenDate(iso or day, start, zone.end() if zone and iso else stop)
    if (before := _TIME_BEFORE.search(text, max(0, start - MAX_TIME_CHARS), start)) and (
        time := _time(before.groups())
    ):
        return WrittenDate(_check(f"{day}T{time}") or day, before.start(), end)
    return WrittenDate(day, start, end)


def _time(groups: tuple[str | None, ...]) -> str | None:
    """Return HH:MM or HH:MM:SS from three alternatives of hour, minute, second and half of the day."""
    hour, minute, second, half = next((groups[i : i + 4] for i in (0, 4, 8) if groups[i]), (None,) * 4)
    if hour is None:
        return None
    time = f"{int(hour):02}:{minute or '00'}" + (f":{second}" if second else "")
    if not half:
        return time if int(hour) < 24 else None
    if int(hour) > 12:
        return time
    early = half.lower().startswith("a")
    return f"{int(hour) % 12 + (0 if early else 12):02}{time[2:]}"


def _later(time: str) -> str:
    hour = int(time[:2])
    return f"{hour + 12:02}{time[2:]}" if hour < 12 else time


EARLIEST = "1990"  # the web's first pages; what is older is a default such as 1970-01-01
AHEAD = timedelta(days=2)  # clocks and zones differ


def refuse(iso: str, now: datetime) -> str | None:
    """Return why a date can't be a page's: before the web, or in the future; None for a good one."""
    if iso < EARLIEST:
        return "before 1990"
    return "in the future" if iso[:10] > (now + AHEAD).date().isoformat() else None
