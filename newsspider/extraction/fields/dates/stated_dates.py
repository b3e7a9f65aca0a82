"""The dates that a page states or shows, by source, best first."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from urllib.parse import urlsplit

from newsspider.extraction.declared.metadata import Found, JsonNode, Metadata, as_text
from newsspider.extraction.fields.dates.date_lines import ShownDate
from newsspider.extraction.fields.dates.date_roles import (
    MODIFIED,
    NAMED_MODIFIED,
    PUBLISHED,
    UNSAID,
)
from newsspider.extraction.fields.dates.meta_names import (
    MODIFIED_META,
    PUBLISHED_META,
    names_change,
    names_first_seen,
    names_publication,
)
from newsspider.extraction.fields.dates.month_names import read_month
from newsspider.extraction.fields.dates.shown_dates import (
    choose_named,
    find_dates_anywhere,
    find_shown_dates,
)
from newsspider.extraction.fields.dates.written_dates import read_date
from newsspider.extraction.fields.dates.written_days import Reading
from newsspider.extraction.fields.opening import Opening
from newsspider.pages.page import Page

# Names of the publication date in a page's state: "publishedAt": "2026-03-24T09:30:00Z", also
# escaped in a string. The first letters alone rule out most names in a third of the time.
_IN_SCRIPT = re.compile(
    r"\"(?=[cdfp])(?:date_?published|published(?:_?(?:at|date|time|on))?|(?:cms)?publi(?:sh|cation|"
    r"shing)_?(?:date|time)|first_?(?:published(?:_?(?:at|date))?|publication_?date)|"
    r"(?:content_?publishing|pub)_?date)\\?\"\s?:\s?\\?\"(\d{4}-\d\d-\d\d[T ]?[\d:.]{0,16}(?:Z|"
    r"[+-]\d\d:?\d\d)?)\\?\"",
    re.I,
)

MAX_SCRIPT_CHARS = 500_000  # of one script

_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([/-]?)(\d\d)\2(\d\d)(?=\D|$)")

_URL_DAY_SHORT = re.compile(r"/((?:19|20)\d\d)(/)(\d{1,2})/(\d{1,2})(?=/|$)")

# As in "/2026/mar/24/".
_URL_DAY_NAMED = re.compile(r"/((?:19|20)\d\d)/([a-z]{3,9})/(\d{1,2})(?=/|$)", re.I)


class ShownDates:
    """The dates that the page shows; each kind is looked for when first asked for."""

    def __init__(self, opening: Opening, reading: Reading) -> None:
        """Find dates around and below the headline of a page."""
        self._opening, self._reading = opening, reading

    @cached_property
    def near(self) -> tuple[ShownDate, ...]:
        """The dates near the headline."""
        return find_shown_dates(self._opening, self._reading)

    @cached_property
    def anywhere(self) -> tuple[ShownDate, ...]:
        """The dates in all lines of the page."""
        return find_dates_anywhere(self._opening.page, self._reading)

    @cached_property
    def named(self) -> tuple[ShownDate, ...]:
        """The date in an element whose names say that it is the article's."""
        return choose_named(self.anywhere)

    @property
    def alone(self) -> tuple[ShownDate, ...]:
        """The page's only day, where it shows no other."""
        if len({date.iso[:10] for date in self.anywhere}) == 1:
            return self.anywhere[:1]

        return ()


def iter_published(metadata: Metadata, shown: ShownDates, reading: Reading) -> Iterator[Found]:
    """Yield publication dates that are stated or near the headline, best source first."""
    yield from read_dates([_stated(metadata.article, "datePublished")], "json-ld", reading)
    yield from read_dates(map(metadata.first_meta, PUBLISHED_META), "meta", reading)
    yield from read_dates(_named_in_meta(metadata, names_publication), "meta", reading)
    yield from read_dates(metadata.stated("published"), "markup", reading)

    for name in ("datePublished", "uploadDate", "dateCreated"):
        yield from read_dates(
            [_stated(metadata.work, name), _stated(metadata.article, name)], "json-ld", reading
        )

    if metadata.entry:
        yield from read_dates([metadata.entry.published], metadata.entry.origin, reading)

    yield from _shown_as(PUBLISHED, shown.near)
    yield from _shown_as(UNSAID, shown.near)


def iter_published_afar(
    page: Page, metadata: Metadata, shown: ShownDates, reading: Reading
) -> Iterator[Found]:
    """Yield publication dates from elsewhere or less sure ones, for a page without a better one."""
    yield from _shown_as(PUBLISHED, shown.named)
    if page.url and (day := date_in_url(page.url)):
        yield Found(day, "url")

    yield from _shown_as(NAMED_MODIFIED, shown.near)
    yield from _shown_as(UNSAID, shown.alone)
    yield from read_dates(stated_in_scripts(page), "markup", reading)
    yield from read_dates(_named_in_meta(metadata, names_first_seen), "meta", reading)


def iter_modified(metadata: Metadata, shown: ShownDates, reading: Reading) -> Iterator[Found]:
    """Yield dates of the last change; never a publication date."""
    yield from read_dates([_stated(metadata.article, "dateModified")], "json-ld", reading)
    yield from read_dates(map(metadata.first_meta, MODIFIED_META), "meta", reading)
    yield from read_dates(_named_in_meta(metadata, names_change), "meta", reading)
    yield from read_dates(metadata.stated("modified"), "markup", reading)
    yield from read_dates([_stated(metadata.work, "dateModified")], "json-ld", reading)

    if metadata.entry:
        yield from read_dates([metadata.entry.modified], metadata.entry.origin, reading)

    yield from _shown_as(MODIFIED, shown.near)
    yield from _shown_as(NAMED_MODIFIED, shown.near)


def iter_modified_afar(shown: ShownDates) -> Iterator[Found]:
    """Yield dates of the last change that the page shows far from the headline."""
    yield from _shown_as(MODIFIED, shown.named)
    yield from _shown_as(NAMED_MODIFIED, shown.named)


def _stated(node: JsonNode, name: str) -> str | None:
    """Return a date of JSON-LD as text; some sites write a number of seconds since 1970."""
    value = node.get(name)
    if isinstance(value, int | float):
        return str(value)

    return as_text(value)


def _shown_as(role: str, shown: Iterable[ShownDate]) -> Iterator[Found]:
    return (Found(date.iso, date.provenance) for date in shown if date.role == role)


def _named_in_meta(metadata: Metadata, is_named: Callable[[str], bool]) -> Iterator[str]:
    return (contents[0] for name, contents in metadata.meta.items() if is_named(name))


def read_dates(texts: Iterable[str | None], provenance: str, reading: Reading) -> Iterator[Found]:
    """Yield the texts that can be read as dates."""
    for text in texts:
        if date := read_date(text, reading):
            yield Found(date, provenance)


def date_in_url(url: str) -> str | None:
    """Return the day in an address's path; None for none.

    >>> (date_in_url("https://herald.example/2026/03/24/ferry"),
    ...  date_in_url("https://herald.example/2026/03/ferry"))
    ('2026-03-24', None)
    >>> date_in_url("https://herald.example/news/2026/mar/24/ferry")
    '2026-03-24'
    """
    path = urlsplit(url).path
    if match := _URL_DAY.search(path) or _URL_DAY_SHORT.search(path):
        return read_date(f"{match[1]}-{int(match[3]):02}-{int(match[4]):02}")

    named = _URL_DAY_NAMED.search(path)
    month = None
    if named:
        month = read_month(named[2], None)

    if named and month:
        return read_date(f"{named[1]}-{month:02}-{int(named[3]):02}")

    return None


def stated_in_scripts(page: Page) -> Iterator[str]:
    """Yield the publication date in the page's scripts, if it is the only one."""
    scripts = (each for each in page.elements["script"] if "ld+json" not in each.get("type", ""))
    texts = (script.text or "" for script in scripts)
    dates = {match[1] for text in texts for match in _IN_SCRIPT.finditer(text, 0, MAX_SCRIPT_CHARS)}
    if len(dates) == 1:
        yield dates.pop()
