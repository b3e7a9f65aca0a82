"""Records as news items of IPTC's ninjs 3.1."""

from datetime import datetime
from typing import Any, Literal

from newsspider.record import ArticleRecord, Picture

STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
}
TDM_LANGUAGE = "http://www.w3.org/ns/tdmrep"  # the language of a TDM policy


def as_ninjs(record: ArticleRecord) -> dict[str, Any]:
    """Return the news item; fields without a value are left out.

    A date without a time or zone names no moment, so it is left out too: ninjs needs moments.

    Source:
        https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json
    """
    genre = (record.genre or "").replace("_", " ")
    pictures = [_picture(each, number) for number, each in enumerate(_pictures(record), start=1)]
    item = {
        "standard": STANDARD,
        "uri": record.canonical_url or record.url or record.source or "urn:newsspider:unknown",
        "type": "text",
        "version": str(record.version),
        "firstCreated": _moment(record.first_seen),
        "versionCreated": _moment(record.modified) or _moment(record.fetched_at),
        "contentCreated": _moment(record.published),
        "language": record.language,
        "title": record.title,
        "headlines": _named("value", record.title, role="main"),
        "by": ", ".join(record.authors) or None,
        "people": [{"name": name, "rel": "author"} for name in record.authors],
        "descriptions": _named("value", record.description, role="summary"),
        "bodies": _bodies(record),
        "subjects": _subjects(record),
        "genres": _named("name", genre),
        "infoSources": _publishers(record),
        "copyrightNotice": _right(record, "copyright"),
        "usageTerms": _right(record, "usage_terms") or _right(record, "license"),
        "rightsInfo": _rights_info(record),
        "associations": pictures,
        "altIds": _named("value", record.url, role="url"),
    }

    return _without_empty(item)


def _named(key: str, value: str | None, **others: str) -> list[dict[str, str]]:
    """Return a list of one object with a value under a key, or an empty list without a value."""
    return [{**others, key: value}] if value else []


def _right(
    record: ArticleRecord, name: Literal["copyright", "usage_terms", "license"]
) -> str | None:
    return record.rights[name] if record.rights else None


def _without_empty(item: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if value not in (None, [])}


def _publishers(record: ArticleRecord) -> list[dict[str, str]]:
    return [{"name": record.publisher, "role": "publisher"}] if record.publisher else []


def _subjects(record: ArticleRecord) -> list[dict[str, str]]:
    """Return the section and the tags."""
    section = [{"name": record.section, "rel": "section"}] if record.section else []
    return [*section, *({"name": tag, "rel": "keyword"} for tag in record.tags)]


def _bodies(record: ArticleRecord) -> list[dict[str, Any]]:
    """Return the text, plain and as Markdown."""
    plain = {
        "role": "main",
        "contentType": "text/plain",
        "wordCount": record.word_count,
        "value": record.body,
    }
    marked = {"role": "richtext", "contentType": "text/markdown", "value": record.body_markdown}

    return [_without_empty(body) for body in (plain, marked) if body["value"]]


def _rights_info(record: ArticleRecord) -> dict[str, str] | None:
    """Return the address of the policy or license, else the reservations as the page has them."""
    rights = record.rights
    if not rights:
        return None

    if rights["tdm_policy"]:
        return {"langId": TDM_LANGUAGE, "linkedRights": rights["tdm_policy"]}

    terms = rights["license"] or ""
    if terms.startswith(("http://", "https://")):
        return {"linkedRights": terms}

    reserved = [*rights["robots"]]
    if rights["tdm_reservation"]:
        reserved.append("tdm-reservation: 1")

    return {"encodedRights": ", ".join(reserved)} if reserved else None


def _pictures(record: ArticleRecord) -> tuple[Picture, ...]:
    """Return the pictures; a lead image that is not among them is put first."""
    if not record.image or any(picture["url"] == record.image for picture in record.images):
        return record.images
    return (Picture(url=record.image, caption=None, credit=None, alt=None), *record.images)


def _picture(picture: Picture, number: int) -> dict[str, Any]:
    """Return a picture as an associated item."""
    texts = {"caption": picture["caption"], "alt": picture["alt"]}
    item = {
        "name": f"picture {number}",
        "rel": "lead" if number == 1 else "body",
        "uri": picture["url"],
        "type": "picture",
        "by": picture["credit"],
        "descriptions": [{"role": role, "value": text} for role, text in texts.items() if text],
        "renditions": [{"name": "web", "href": picture["url"]}],
    }

    return _without_empty(item)


def _moment(written: str | None) -> str | None:
    """Return a date that names a moment in RFC 3339; None for other dates.

    >>> _moment("2026-03-24T09:30+01:00"), _moment("2026-03-24T09:30"), _moment("2026-03-24")
    ('2026-03-24T09:30:00+01:00', None, None)
    """
    try:
        moment = datetime.fromisoformat(written or "")
    except ValueError:
        return None
    return moment.isoformat() if moment.tzinfo else None
