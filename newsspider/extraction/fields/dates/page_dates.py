"""When the article was published and changed, with the time and zone that the page gives; none is invented."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import chain
from urllib.parse import urlsplit

from newsspider.clock import utc_now
from newsspider.extraction.declared.sources import Found, JsonNode, Sources, as_text
from newsspider.extraction.fields.dates.date_checks import (
    MINUTE_CHARS,
    UTC_ENDS,
    ZONE,
    correct_published,
    days_apart,
    is_before,
    lacks_zone,
    shown_before,
)
from newsspider.extraction.fields.dates.date_roles import (
    MODIFIED,
    NAMED_MODIFIED,
    PUBLISHED,
    UNSAID,
)
from newsspider.extraction.fields.dates.meta_names import (
    ANY_DATE_META,
    MODIFIED_META,
    PUBLISHED_META,
    names_change,
    names_first_seen,
    names_publication,
)
from newsspider.extraction.fields.dates.month_names import read_month
from newsspider.extraction.fields.dates.shown_dates import (
    ShownDate,
    choose_named,
    find_dates_anywhere,
    find_shown_dates,
)
from newsspider.extraction.fields.dates.written_dates import (
    DAY_CHARS,
    Reading,
    offset_between,
    read_date,
    refuse,
)
from newsspider.extraction.fields.opening import Opening
from newsspider.pages.page import Page

# What the state of a page calls its publication: "publishedAt": "2026-03-24T09:30:00Z", also
# escaped in a string.
_IN_SCRIPT = re.compile(
    r"\"(?:date_?published|published(?:_?(?:at|date|time|on))?|(?:cms)?publi(?:sh|cation|"
    r"shing)_?(?:date|time)|first_?(?:published(?:_?(?:at|date))?|publication_?date)|"
    r"(?:content_?publishing|pub)_?date)\\?\"\s?:\s?\\?\"(\d{4}-\d\d-\d\d[T ]?[\d:.]{0,16}(?:Z|"
    r"[+-]\d\d:?\d\d)?)\\?\"",
    re.I,
)
MAX_SCRIPT_CHARS = 500_000  # of one script
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([/-]?)(\d\d)\2(\d\d)(?=\D|$)")
_URL_DAY_SHORT = re.compile(r"/((?:19|20)\d\d)(/)(\d{1,2})/(\d{1,2})(?=/|$)")
_URL_DAY_NAMED = re.compile(
    r"/((?:19|20)\d\d)/([a-z]{3,9})/(\d{1,2})(?=/|$)", re.I
)  # /2026/mar/24/


class _Shown:
    """The dates that the page shows, each kind looked for when first asked for."""

    def __init__(self, opening: Opening, reading: Reading) -> None:
        self._opening, self._reading = opening, reading

    @cached_property
    def near(self) -> tuple[ShownDate, ...]:
        return find_shown_dates(self._opening, self._reading)

    @cached_property
    def anywhere(self) -> tuple[ShownDate, ...]:
        return find_dates_anywhere(self._opening.page, self._reading)

    @cached_property
    def named(self) -> tuple[ShownDate, ...]:
        return choose_named(self.anywhere)

    @property
    def alone(self) -> tuple[ShownDate, ...]:
        """The page's only day, where it shows no other."""
        if len({date.iso[:10] for date in self.anywhere}) == 1:
            return self.anywhere[:1]

        return ()


@dataclass(frozen=True, slots=True)
class Dates:
    """Both dates, and what to know about them."""

    published: Found | None
    modified: Found | None
    warnings: tuple[str, ...]


def find_dates(page: Page, sources: Sources, opening: Opening, language: str | None) -> Dates:
    """Return both dates from their best sources.

    Each field takes the first date that can be one, in the order of `_published` and `_modified`,
    with the time of a later source where the first gives the day alone. A date before 1990 or in
    the future is refused, with a warning.
    """
    reading = Reading(language, urlsplit(page.url or "").hostname)
    today = datetime.fromisoformat(page.fetched_at or utc_now())
    refused: dict[str, None] = {}

    def good(candidates: Iterable[Found], field: str) -> Iterator[Found]:
        for candidate in candidates:
            if reason := refuse(candidate.value, today):
                refused[
                    f"{field} {candidate.value} of {candidate.provenance} refused: {reason}"
                ] = None
            else:
                yield candidate

    shown = _Shown(opening, reading)
    all_published = _Remembered(good(_published(sources, shown, reading), "published"))
    all_modified = _Remembered(good(_modified(sources, shown, reading), "modified"))
    published = _choose(all_published, all_modified)

    if published is None or len(published.value) == DAY_CHARS:
        afar = _published_afar(page, sources, shown, reading)
        published = _choose(chain([published] if published else [], good(afar, "published")), ())

    if published and lacks_zone(published.value):
        published = _with_zone_of_scripts(published, page, reading)

    modified = _choose(all_modified, all_published)
    modified = modified or _choose(good(_modified_afar(shown), "modified"), ())
    if published and _is_of_any_date(published, sources, reading):
        published = shown_before(published, shown.near) or published

    if published:
        published = correct_published(
            published, modified, lambda: shown.near, _in_microdata(sources, reading)
        )

    if modified == published and modified and modified.provenance in ("markup", "text"):
        modified = None  # the page's only date, which class names alone call an update

    return Dates(
        published, modified, (*refused, *_disagreements(sources, published, modified, reading))
    )


def _in_microdata(sources: Sources, reading: Reading) -> Iterator[Found]:
    """Yield what microdata call datePublished."""
    stated = sources.properties.get("published", ())
    named = (
        each.value
        for each in stated
        if "datepublished" in (each.element.get("itemprop") or "").lower()
    )

    return _read(named, "markup", reading)


def _is_of_any_date(published: Found, sources: Sources, reading: Reading) -> bool:
    """Whether a date comes from a meta element whose name does not say which date it is."""
    return published.provenance == "meta" and published in _read(
        map(sources.first_meta, ANY_DATE_META), "meta", reading
    )


class _Remembered:
    """Dates of one field, best first, each found when first asked for and then kept."""

    def __init__(self, found: Iterator[Found]) -> None:
        self._coming, self._seen = found, list[Found]()

    def __iter__(self) -> Iterator[Found]:
        yield from self._seen
        for each in self._coming:
            self._seen.append(each)
            yield each


def _choose(candidates: Iterable[Found], others: Iterable[Found]) -> Found | None:
    """Return the first date, completed by what later ones have and it lacks.

    A day alone gives way to the first of them with a time on that day. A time without a zone gets
    that of the first that has the same minute and a zone; `others`, the other field's dates, may
    have it as well.
    """
    best = next(iter(candidates), None)
    if best and len(best.value) == DAY_CHARS:
        timed = (
            each
            for each in candidates
            if len(each.value) > DAY_CHARS and each.value.startswith(best.value)
        )
        best = next(timed, best)

    if best is None or not lacks_zone(best.value):
        return best

    minute = best.value[:MINUTE_CHARS]
    zoned = (each.value for each in chain(candidates, others) if each.value.startswith(minute))
    zone = next((match[0] for value in zoned if (match := ZONE.search(value))), "")

    return Found(best.value + zone, best.provenance)


def _with_zone_of_scripts(published: Found, page: Page, reading: Reading) -> Found:
    """Return a time without zone with the offset at which it is the UTC time that the page's scripts hold."""
    stated = next(_read(_stated_in_scripts(page), "markup", reading), None)
    offset = ""

    if stated and stated.value.endswith(UTC_ENDS):
        offset = offset_between(published.value, stated.value)

    return Found(published.value + offset, published.provenance)


def _published(sources: Sources, shown: _Shown, reading: Reading) -> Iterator[Found]:
    """Yield publication dates that are stated or stand near the headline, best source first."""
    yield from _read([_stated(sources.article, "datePublished")], "json-ld", reading)
    yield from _read(map(sources.first_meta, PUBLISHED_META), "meta", reading)
    yield from _read(_named_in_meta(sources, names_publication), "meta", reading)
    yield from _read(sources.stated("published"), "markup", reading)

    for name in ("datePublished", "uploadDate", "dateCreated"):
        yield from _read(
            [_stated(sources.work, name), _stated(sources.article, name)], "json-ld", reading
        )

    if sources.entry:
        yield from _read([sources.entry.published], sources.entry.origin, reading)

    yield from _shown_as(PUBLISHED, shown.near)
    yield from _shown_as(UNSAID, shown.near)


def _published_afar(
    page: Page, sources: Sources, shown: _Shown, reading: Reading
) -> Iterator[Found]:
    """Yield publication dates that stand elsewhere or are less sure, for a page that has no better one."""
    yield from _shown_as(PUBLISHED, shown.named)
    if page.url and (day := date_in_url(page.url)):
        yield Found(day, "url")

    yield from _shown_as(NAMED_MODIFIED, shown.near)
    yield from _shown_as(UNSAID, shown.alone)
    yield from _read(_stated_in_scripts(page), "markup", reading)
    yield from _read(_named_in_meta(sources, names_first_seen), "meta", reading)


def _modified(sources: Sources, shown: _Shown, reading: Reading) -> Iterator[Found]:
    """Yield dates of the last change; never a publication date."""
    yield from _read([_stated(sources.article, "dateModified")], "json-ld", reading)
    yield from _read(map(sources.first_meta, MODIFIED_META), "meta", reading)
    yield from _read(_named_in_meta(sources, names_change), "meta", reading)
    yield from _read(sources.stated("modified"), "markup", reading)
    yield from _read([_stated(sources.work, "dateModified")], "json-ld", reading)

    if sources.entry:
        yield from _read([sources.entry.modified], sources.entry.origin, reading)

    yield from _shown_as(MODIFIED, shown.near)
    yield from _shown_as(NAMED_MODIFIED, shown.near)


def _modified_afar(shown: _Shown) -> Iterator[Found]:
    yield from _shown_as(MODIFIED, shown.named)
    yield from _shown_as(NAMED_MODIFIED, shown.named)


def _stated(node: JsonNode, name: str) -> str | None:
    """Return a date of JSON-LD as text; some sites write the seconds or milliseconds since 1970 as a number."""
    value = node.get(name)
    if isinstance(value, int | float):
        return str(value)

    return as_text(value)


def _shown_as(role: str, shown: Iterable[ShownDate]) -> Iterator[Found]:
    return (Found(date.iso, date.provenance) for date in shown if date.role == role)


def _named_in_meta(sources: Sources, is_named: Callable[[str], bool]) -> Iterator[str]:
    return (contents[0] for name, contents in sources.meta.items() if is_named(name))


def _read(texts: Iterable[str | None], provenance: str, reading: Reading) -> Iterator[Found]:
    """Yield what can be read as a date."""
    for text in texts:
        if date := read_date(text, reading):
            yield Found(date, provenance)


def date_in_url(url: str) -> str | None:
    """Return the day in an address's path; None for none.

    >>> date_in_url("https://herald.example/2026/03/24/ferry"), date_in_url("https://herald.example/2026/03/ferry")
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


def _disagreements(
    sources: Sources, published: Found | None, modified: Found | None, reading: Reading
) -> Iterator[str]:
    """Yield what the page contradicts itself in: publication days more than zones apart, a change before it."""
    if published and published.provenance == "json-ld":
        other = next(_read(map(sources.first_meta, PUBLISHED_META[:6]), "meta", reading), None)
        if other and days_apart(published.value, other.value) > 1:
            yield f"published differs: {published.value} in json-ld, {other.value} in meta"

    if published and modified and is_before(modified.value, published.value):
        yield f"modified {modified.value} lies before published {published.value}"


def _stated_in_scripts(page: Page) -> Iterator[str]:
    """Yield the publication date that the page's scripts hold, if they hold one only: teasers have others."""
    texts = (
        script.text or ""
        for script in page.elements["script"]
        if "ld+json" not in script.get("type", "")
    )
    dates = {match[1] for text in texts for match in _IN_SCRIPT.finditer(text, 0, MAX_SCRIPT_CHARS)}

    if len(dates) == 1:
        yield dates.pop()
