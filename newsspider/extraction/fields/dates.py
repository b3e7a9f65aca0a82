"""When the article was published and changed, with the time and zone that the page gives."""

import re
from collections.abc import Iterable
from datetime import datetime

from newsspider.extraction.reference import ask_trafilatura_for_fields
from newsspider.extraction.sources import Found, Sources, as_text
from newsspider.page import Page

PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "parsely-pub-date",
    "sailthru.date", "cxenseparse:recs:publishtime", "article.published", "published_time", "pubdate",
    "publish-date", "publishdate", "publication_date", "date", "dc.date", "dc.date.issued", "dcterms.created",
)  # fmt: skip
MODIFIED_META = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "article.updated",
    "last-modified", "dcterms.modified",
)  # fmt: skip
_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)"
    r"(?:[T ](\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)\s?(Z|[+-]\d\d:?\d\d|UTC|GMT)?)?"
)
_NAMED_UTC = {"UTC": "+00:00", "GMT": "+00:00"}


def find_published(page: Page, sources: Sources) -> Found | None:
    """Return the publication date: JSON-LD, meta elements, the article's time element, trafilatura's guess."""
    return (
        _first_date([as_text(sources.article.get("datePublished"))], "json-ld")
        or _first_date((sources.first_meta(name) for name in PUBLISHED_META), "meta")
        or _first_date(
            page.tree.xpath("//article//time/@datetime | //*[@itemprop='datePublished']/@datetime"), "markup"
        )
        or _first_date([ask_trafilatura_for_fields(page).day], "text")
    )


def find_modified(sources: Sources) -> Found | None:
    """Return the date of the last change: JSON-LD, meta elements. Never filled from the publication date."""
    return _first_date([as_text(sources.article.get("dateModified"))], "json-ld") or _first_date(
        (sources.first_meta(name) for name in MODIFIED_META), "meta"
    )


def _first_date(texts: Iterable[str | None], provenance: str) -> Found | None:
    """Return the first text that is an ISO date."""
    return next((Found(date, provenance) for date in map(iso_date, texts) if date), None)


def iso_date(text: str | None) -> str | None:
    """Return an ISO 8601 date as the page gave it, its parts in ISO's own punctuation; None for anything else.

    >>> iso_date("2026-03-24 09:30:00 +0100"), iso_date("2026-03-24"), iso_date("2026-02-30"), iso_date("last week")
    ('2026-03-24T09:30:00+01:00', '2026-03-24', None, None)
    """
    if not text or not (match := _ISO.match(text.strip())):
        return None
    day, time, zone = match.groups()
    zone = _NAMED_UTC.get(zone or "", zone or "")
    if len(zone) == len("+0100"):
        zone = f"{zone[:3]}:{zone[3:]}"
    date = f"{day}T{time.replace(',', '.')}{zone}" if time else day
    try:
        datetime.fromisoformat(date)
    except ValueError:
        return None
    return date
