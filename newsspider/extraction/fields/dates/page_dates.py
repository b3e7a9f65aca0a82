"""Find when the article was published and changed; times and zones are never invented."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from urllib.parse import urlsplit

from newsspider.clock import utc_now
from newsspider.extraction.declared.metadata import Found, Metadata
from newsspider.extraction.declared.microdata import Property
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
from newsspider.extraction.fields.dates.meta_names import (
    ANY_DATE_META,
    PUBLISHED_META,
)
from newsspider.extraction.fields.dates.stated_dates import (
    ShownDates,
    iter_modified,
    iter_modified_afar,
    iter_published,
    iter_published_afar,
    read_dates,
    stated_in_scripts,
)
from newsspider.extraction.fields.dates.written_dates import DAY_CHARS, offset_between, refuse
from newsspider.extraction.fields.dates.written_days import Reading
from newsspider.extraction.fields.opening import Opening
from newsspider.pages.page import Page


@dataclass(frozen=True, slots=True)
class Dates:
    """Both dates, and warnings about them."""

    published: Found | None
    modified: Found | None
    warnings: tuple[str, ...]


def find_dates(page: Page, metadata: Metadata, opening: Opening, language: str | None) -> Dates:
    """Return both dates from their best sources.

    Each field gets the first possible date, in the order of `iter_published` and `iter_modified`,
    with the time of a later source if the first has only the day. A date before 1990 or in
    the future is refused, with a warning.
    """
    reading = Reading(language, urlsplit(page.url or "").hostname)
    shown = ShownDates(opening, reading)
    check = _Check(datetime.fromisoformat(page.fetched_at or utc_now()))
    all_published = _Remembered(
        check.iter_good("published", iter_published(metadata, shown, reading))
    )
    all_modified = _Remembered(check.iter_good("modified", iter_modified(metadata, shown, reading)))

    published = _choose(all_published, all_modified)
    if published is None or len(published.value) == DAY_CHARS:
        afar = iter_published_afar(page, metadata, shown, reading)
        known = [published] if published else []
        published = _choose(chain(known, check.iter_good("published", afar)), ())

    if published and lacks_zone(published.value):
        published = _with_zone_of_scripts(published, page, reading)

    modified = _choose(all_modified, all_published)
    if modified is None:
        modified = _choose(check.iter_good("modified", iter_modified_afar(shown)), ())

    if published:
        if _is_of_any_date(published, metadata, reading):
            published = shown_before(published, shown.near) or published

        named = _in_microdata(metadata, reading)
        published = correct_published(published, modified, lambda: shown.near, named)

    if modified == published and modified and modified.provenance in ("markup", "text"):
        modified = None  # the page's only date, which class names alone call an update

    disagreements = _disagreements(metadata, published, modified, reading)
    return Dates(published, modified, (*check.refused, *disagreements))


class _Check:
    """Refuses dates that can't be a page's, and keeps a warning for each of them."""

    def __init__(self, today: datetime) -> None:
        self._today = today
        self.refused: dict[str, None] = {}

    def iter_good(self, field: str, candidates: Iterable[Found]) -> Iterator[Found]:
        for candidate in candidates:
            if reason := refuse(candidate.value, self._today):
                origin = f"{candidate.value} of {candidate.provenance}"
                self.refused[f"{field} {origin} refused: {reason}"] = None
            else:
                yield candidate


def _in_microdata(metadata: Metadata, reading: Reading) -> Iterator[Found]:
    """Yield the dates that microdata name datePublished."""
    stated = filter(_is_named_published, metadata.properties.get("published", ()))
    return read_dates((each.value for each in stated), "markup", reading)


def _is_named_published(stated: Property) -> bool:
    return "datepublished" in (stated.element.get("itemprop") or "").lower()


def _is_of_any_date(published: Found, metadata: Metadata, reading: Reading) -> bool:
    """Whether a date comes from a meta element whose name does not say which date it is."""
    return published.provenance == "meta" and published in read_dates(
        map(metadata.first_meta, ANY_DATE_META), "meta", reading
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
    """Return the first date, completed with a time and zone of later ones.

    A day alone is replaced by the first of them with a time on that day. A time without a zone gets
    that of the first that has the same minute and a zone; `others`, the other field's dates, may
    have it as well.
    """
    best = next(iter(candidates), None)
    if best is None:
        return None

    if len(best.value) == DAY_CHARS:
        best = _with_time(best, candidates)

    if lacks_zone(best.value):
        return Found(best.value + _zone_of(best, chain(candidates, others)), best.provenance)

    return best


def _with_time(day: Found, dates: Iterable[Found]) -> Found:
    """Return the first date with a time on a day; the day alone if there is none."""
    timed = (each for each in dates if len(each.value) > DAY_CHARS)
    return next((each for each in timed if each.value.startswith(day.value)), day)


def _zone_of(time: Found, dates: Iterable[Found]) -> str:
    """Return the zone of the first date that has the same minute and a zone, "" for none."""
    minute = time.value[:MINUTE_CHARS]
    zones = (ZONE.search(each.value) for each in dates if each.value.startswith(minute))
    zone = next(filter(None, zones), None)
    return zone[0] if zone else ""


def _with_zone_of_scripts(published: Found, page: Page, reading: Reading) -> Found:
    """Add the offset to a time without zone that makes it the UTC time in the page's scripts."""
    stated = next(read_dates(stated_in_scripts(page), "markup", reading), None)
    offset = ""

    if stated and stated.value.endswith(UTC_ENDS):
        offset = offset_between(published.value, stated.value)

    return Found(published.value + offset, published.provenance)


def _disagreements(
    metadata: Metadata, published: Found | None, modified: Found | None, reading: Reading
) -> Iterator[str]:
    """Yield contradictions: publication days too far apart, a change before the publication."""
    if not published:
        return

    if published.provenance == "json-ld":
        metas = map(metadata.first_meta, PUBLISHED_META[:6])
        other = next(read_dates(metas, "meta", reading), None)
        if other and days_apart(published.value, other.value) > 1:
            yield f"published differs: {published.value} in json-ld, {other.value} in meta"

    if modified and is_before(modified.value, published.value):
        yield f"modified {modified.value} lies before published {published.value}"
