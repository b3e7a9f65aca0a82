"""The date of a page that is not fetched yet: from its list entry, its address or its sitemap."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

_DAY_CHARS = len("2026-03-24")
_EARLIEST_YEAR = 1990  # before that there was no web; the number means something else
_YEAR, _MONTH, _DAY = r"((?:19|20)\d\d)", r"(0?[1-9]|1[0-2])", r"(0?[1-9]|[12]\d|3[01])"
_MONTH_NAMES = dict(
    zip("jan feb mar apr may jun jul aug sep oct nov dec".split(), range(1, 13), strict=True)
)
_IN_PATH = (
    re.compile(rf"(?<!\d){_YEAR}[/_.-]{_MONTH}[/_.-]{_DAY}(?!\d)"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(rf"(?<!\d){_YEAR}/({'|'.join(_MONTH_NAMES)})[a-z]*/{_DAY}(?!\d)", re.I),
)
_MONTH_IN_PATH = re.compile(r"(?<!\d)((?:19|20)\d\d)[/_.-]?(0[1-9]|1[0-2])(?!\d)")
_YEAR_IN_PATH = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")

_MONTH_PART = re.compile(r"/((?:19|20)\d\d[/-](?:0?[1-9]|1[0-2]))(?=/)")
_YEAR_PART = re.compile(r"/((?:19|20)\d\d)(?=/)")


class Span(tuple[date, date]):
    """The first and last possible day of something."""

    __slots__ = ()


def read_day(text: str | None) -> date | None:
    """Return the day of a feed's or sitemap's date in its own zone; None for a month or year alone.

    >>> read_day("Tue, 24 Mar 2026 23:30:00 -0500"), read_day("2026-03-24T09:30Z")
    (datetime.date(2026, 3, 24), datetime.date(2026, 3, 24))
    >>> read_day("2026-03"), read_day("?")
    (None, None)
    """
    written = (text or "").strip()
    try:
        return date.fromisoformat(written[:_DAY_CHARS])
    except ValueError:
        moment = _read_mail_date(written)
        return moment.date() if moment else None


def exact_moment(text: str | None) -> str | None:
    """Return a date with time and zone as ISO 8601; None for any other date.

    >>> exact_moment("Tue, 24 Mar 2026 09:30:00 +0100"), exact_moment("2026-03-24")
    ('2026-03-24T09:30:00+01:00', None)
    """
    written = (text or "").strip()
    parsed = _read_iso(written) or _read_mail_date(written)
    if parsed is None or parsed.tzinfo is None or len(written) <= _DAY_CHARS:
        return None
    return parsed.isoformat()


def _read_iso(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None


def _read_mail_date(written: str) -> datetime | None:
    try:
        return parsedate_to_datetime(written)
    except (TypeError, ValueError):
        return None


def day_in_address(url: str) -> date | None:
    """Return the day in an address, or None.

    >>> day_in_address("https://herald.example/2026/03/24/ferry/")
    datetime.date(2026, 3, 24)
    >>> day_in_address("https://herald.example/20260324-ferry")
    datetime.date(2026, 3, 24)
    """
    for form in _IN_PATH:
        for match in form.finditer(url):
            if day := _day(*match.groups()):
                return day
    return None


def span_of_address(url: str) -> Span | None:
    """Return the days that an address names: a day, else a month, else a year.

    It works for addresses of pages and of sitemaps.

    >>> span_of_address("https://herald.example/sitemap-2026-03.xml")
    (datetime.date(2026, 3, 1), datetime.date(2026, 3, 31))
    """
    path = url.partition("://")[2].partition("/")[2]
    if day := day_in_address(f"/{path}"):
        return Span((day, day))
    return next(_iter_months(path), None) or next(_iter_years(path), None)


def span_of_page(url: str) -> Span | None:
    """Return the days that a page's address names: a day, else a month or year.

    A month or year counts only as a whole part of the path: the years in "world-cup-2026" and
    "the-2008-crisis" are not dates, nor is the number in "article-201001".

    >>> span_of_page("https://herald.example/2026/03/ferry")
    (datetime.date(2026, 3, 1), datetime.date(2026, 3, 31))
    >>> span_of_page("https://herald.example/ferry-of-2026")
    """
    if day := day_in_address(url):
        return Span((day, day))

    path = f"{urlsplit(url).path}/"
    months = " ".join(_MONTH_PART.findall(path))
    years = " ".join(_YEAR_PART.findall(path))

    return next(_iter_months(months), None) or next(_iter_years(years), None)


def _iter_months(path: str) -> Iterator[Span]:
    for match in _MONTH_IN_PATH.finditer(path):
        if first := _day(match[1], match[2], "1"):
            yield Span((first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)))


def _iter_years(path: str) -> Iterator[Span]:
    for match in _YEAR_IN_PATH.finditer(path):
        if first := _day(match[1], "1", "1"):
            yield Span((first, first.replace(month=12, day=31)))


def _day(year: str, month: str, day: str) -> date | None:
    """Return a day, or None if it does not exist or is impossible for news sites."""
    number = _MONTH_NAMES.get(month[:3].lower()) or int(month)
    try:
        found = date(int(year), number, int(day))
    except ValueError:
        return None
    return found if _EARLIEST_YEAR <= found.year <= datetime.now(UTC).year + 1 else None
