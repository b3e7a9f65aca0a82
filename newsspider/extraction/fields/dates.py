"""When the article was published and changed, with the time and zone that the page gives; none is invented."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import urlsplit

from newsspider.clock import utc_now
from newsspider.extraction.fields.opening import Opening
from newsspider.extraction.fields.shown_dates import ShownDate, find_named_dates, find_shown_dates
from newsspider.extraction.fields.written_dates import Reading, read_date, refuse
from newsspider.extraction.sources import Found, Sources, as_text
from newsspider.page import Page

PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:recs:articlepublicationdate",
    "article.published", "published_time", "publishedtime", "published_at", "published-date", "published_date",
    "pubdate", "pub_date", "publish-date", "publish_date", "publishdate", "publication_date", "publication-date",
    "article_date_original", "article:post_date", "originalpublicationdate", "citation_publication_date",
    "article:create_at", "analyticsattributes.articledate", "prism.publicationdate", "article:publication_date",
    "og:pubdate", "shareaholic:article_published_time", "bt:pubdate", "rnews:datepublished", "ptime", "displaydate",
    "dcterms.issued", "dc.date.issued", "dc.date.created", "dcterms.created", "dc:created", "date.created",
    "date_published", "citation_date", "dc.date", "dc:date", "dcterms.date", "date",
)  # fmt: skip
MODIFIED_META = (
    "article:modified_time", "og:article:modified_time", "article:modified", "og:updated_time", "datemodified",
    "article.updated", "article:updated_time", "lastmod", "last-modified", "last_modified", "modified_time",
    "dcterms.modified", "dc.date.modified", "article_date_updated", "rnews:datemodified", "cxenseparse:recs:recstime",
    "shareaholic:article_modified_time", "bt:moddate", "revision_date", "updated_time",
)  # fmt: skip
DAY_CHARS = len("2026-03-24")
# Names that sites make up for themselves.
_PUBLISHED_NAME = re.compile(
    r"publi(?:sh|cat|cad)\w*$|publi(?:sh|cat|cad)\w*[-_.:]?(?:date|time|on|at)|(?:date|time)[-_.:]?publi"
)
_MODIFIED_NAME = re.compile(r"(?:modif|updat|revis)\w*$|(?:modif|updat|revis)\w*[-_.:]?(?:date|time|on|at)")
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([/-]?)(\d\d)\2(\d\d)(?=\D|$)")
_URL_DAY_SHORT = re.compile(r"/((?:19|20)\d\d)(/)(\d{1,2})/(\d{1,2})(?=/|$)")


class _Shown:
    """The dates that the page shows, each kind looked for when first asked for."""

    def __init__(self, opening: Opening, reading: Reading) -> None:
        self._opening, self._reading = opening, reading

    @cached_property
    def near(self) -> tuple[ShownDate, ...]:
        return find_shown_dates(self._opening, self._reading)

    @cached_property
    def named(self) -> tuple[ShownDate, ...]:
        return find_named_dates(self._opening.page, self._reading)


@dataclass(frozen=True, slots=True)
class Dates:
    """Both dates, and what to know about them."""

    published: Found | None
    modified: Found | None
    warnings: tuple[str, ...]


def find_dates(page: Page, sources: Sources, opening: Opening, language: str | None) -> Dates:
    """Return both dates from their best sources.

    Each field takes the first date that can be one, in the order of `_published` and `_modified`, with the time of
    a later source where the first gives the day alone. A date before 1990 or in the future is refused, with a warning.
    """
    reading = Reading(language, urlsplit(page.url or "").hostname)
    today = datetime.fromisoformat(page.fetched_at or utc_now())
    refused: dict[str, None] = {}

    def good(candidates: Iterable[Found], field: str) -> Iterator[Found]:
        for candidate in candidates:
            if reason := refuse(candidate.value, today):
                refused[f"{field} {candidate.value} of {candidate.provenance} refused: {reason}"] = None
            else:
                yield candidate

    shown = _Shown(opening, reading)
    published = _choose(good(_published(page, sources, shown, reading), "published"))
    modified = _choose(good(_modified(sources, shown, reading), "modified"))
    return Dates(published, modified, (*refused, *_disagreements(sources, published, modified, reading)))


def _choose(candidates: Iterator[Found]) -> Found | None:
    """Return the first date; for a day alone, the first one with a time on that day, if another source has it."""
    best = next(candidates, None)
    if best is None or len(best.value) > DAY_CHARS:
        return best
    timed = (each for each in candidates if len(each.value) > DAY_CHARS and each.value.startswith(best.value))
    return next(timed, best)


def _published(page: Page, sources: Sources, shown: _Shown, reading: Reading) -> Iterator[Found]:
    """Yield publication dates, best source first; the shown ones only when nothing is stated."""
    yield from _read([as_text(sources.article.get("datePublished"))], "json-ld", reading)
    yield from _read(map(sources.first_meta, PUBLISHED_META), "meta", reading)
    yield from _read(_named_in_meta(sources, _PUBLISHED_NAME), "meta", reading)
    yield from _read(sources.stated("published"), "markup", reading)
    for name in ("datePublished", "uploadDate", "dateCreated"):
        yield from _read([as_text(sources.work.get(name)), as_text(sources.article.get(name))], "json-ld", reading)
    if sources.entry:
        yield from _read([sources.entry.published], sources.entry.origin, reading)
    yield from _shown_as("published", shown.near)
    yield from _shown_as("", shown.near)
    yield from _shown_as("published", shown.named)
    if page.url and (day := date_in_url(page.url)):
        yield Found(day, "url")


def _modified(sources: Sources, shown: _Shown, reading: Reading) -> Iterator[Found]:
    """Yield dates of the last change; never a publication date."""
    yield from _read([as_text(sources.article.get("dateModified"))], "json-ld", reading)
    yield from _read(map(sources.first_meta, MODIFIED_META), "meta", reading)
    yield from _read(_named_in_meta(sources, _MODIFIED_NAME), "meta", reading)
    yield from _read(sources.stated("modified"), "markup", reading)
    yield from _read([as_text(sources.work.get("dateModified"))], "json-ld", reading)
    if sources.entry:
        yield from _read([sources.entry.modified], sources.entry.origin, reading)
    yield from _shown_as("modified", shown.near)
    yield from _shown_as("modified", shown.named)


def _shown_as(role: str, shown: Iterable[ShownDate]) -> Iterator[Found]:
    return (Found(date.iso, date.provenance) for date in shown if date.role == role)


def _named_in_meta(sources: Sources, pattern: re.Pattern[str]) -> Iterator[str]:
    return (contents[0] for name, contents in sources.meta.items() if pattern.search(name))


def _read(texts: Iterable[str | None], provenance: str, reading: Reading) -> Iterator[Found]:
    """Yield what can be read as a date."""
    for text in texts:
        if date := read_date(text, reading):
            yield Found(date, provenance)


def date_in_url(url: str) -> str | None:
    """Return the day in an address's path; None for none.

    >>> date_in_url("https://herald.example/2026/03/24/ferry"), date_in_url("https://herald.example/2026/03/ferry")
    ('2026-03-24', None)
    """
    path = urlsplit(url).path
    match = _URL_DAY.search(path) or _URL_DAY_SHORT.search(path)
    return read_date(f"{match[1]}-{int(match[3]):02}-{int(match[4]):02}") if match else None


def _disagreements(
    sources: Sources, published: Found | None, modified: Found | None, reading: Reading
) -> Iterator[str]:
    """Yield what the page contradicts itself in: publication days more than zones apart, a change before it."""
    if published and published.provenance == "json-ld":
        other = next(_read(map(sources.first_meta, PUBLISHED_META[:6]), "meta", reading), None)
        if other and _days_apart(published.value, other.value) > 1:
            yield f"published differs: {published.value} in json-ld, {other.value} in meta"
    if not published or not modified or modified.value >= published.value:
        return
    if _days_apart(published.value, modified.value) > 1:
        yield f"modified {modified.value[:10]} lies before published {published.value[:10]}"


def _days_apart(one: str, other: str) -> int:
    return abs((datetime.fromisoformat(one[:10]) - datetime.fromisoformat(other[:10])).days)
