"""Find days in text in the forms of many languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from newsspider.extraction.fields.dates.month_names import day_first, read_month

BUDDHIST_YEARS = 543  # Thai years run ahead by so many

_DAY = r"(\d{1,2})"

_YEAR = r"(\d{4})(?:(?!\d)|(?=\d\d:\d\d(?!\d)))"  # a time may follow it unparted

_MONTH = r"([^\W\d_][^\s\d,/()|·•:;]{1,18})"

_MONTHS = r"([^\W\d_][^\s\d,/()|·•:;]{1,18}(?: الأول| الثاني)?)"

_WHOLE_YEAR = re.compile(r"\d{4}")  # in each of the forms; most lines with digits have none

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
class Reading:
    """How to read a page's dates: its language (BCP 47), and the host, for its country."""

    language: str | None = None
    host: str | None = None


ANY_PAGE = Reading()


def check_iso(iso: str) -> str | None:
    """Return a date that can be one."""
    try:
        datetime.fromisoformat(iso)
    except ValueError:
        return None

    return iso


def iter_days(text: str, reading: Reading) -> Iterator[tuple[re.Match[str], str]]:
    """Yield the matches and their days as YYYY-MM-DD."""
    if _WHOLE_YEAR.search(text):
        yield from _iter_with_whole_year(text, reading)

    for match in _SHORT_YEAR.finditer(text):
        number = read_month(match[2] or match[3], reading.language)
        if number and (iso := _day(2000 + int(match[4]), number, int(match[1]), reading)):
            yield match, iso

    for match in _NUMERIC.finditer(text):
        if iso := _numeric_day(match, reading):
            yield match, iso


def _iter_with_whole_year(text: str, reading: Reading) -> Iterator[tuple[re.Match[str], str]]:
    """Yield the days in all forms that have a year of four digits."""
    for form, order in _FORMS:
        for match in form.finditer(text):
            year, month, day = (match[place + 1] for place in order)
            number = _read_month(month, reading.language)
            if number and (iso := _day(int(year), number, int(day), reading)):
                yield match, iso


def _read_month(word: str, language: str | None) -> int | None:
    """Return the number of a month, also after another word without a blank: "HealthMarch"."""
    if word.isdigit():
        return int(word)

    parted = _CAPITAL_INSIDE.search(word)
    rest = word[parted.end() :] if parted else ""
    return read_month(word, language) or (read_month(rest, language) if rest else None)


def _numeric_day(match: re.Match[str], reading: Reading) -> str | None:
    """Return the day that three numbers name, None if the order of day and month is unclear."""
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

    return check_iso(f"{year:04}-{month:02}-{day:02}")
