"""Records as news items of IPTC's ninjs 3.1."""

from datetime import datetime
from typing import Any

from newsspider.record import ArticleRecord, Picture

STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
}
TDM_LANGUAGE = "http://www.w3.org/ns/tdmrep"  # of the rights expression that a TDM policy is


def as_ninjs(record: ArticleRecord) -> dict[str, Any]:
    """Return the news item; fields without a value are left out.

    A date without a time or zone names no moment, which ninjs asks for: it is left out, too.

    Source:
        https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json
    """
    rights = record.rights
    genre = record.genre.replace("_", " ") if record.genre else None
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
        "headlines": [{"role": "main", "value": record.title}] if record.title else [],
        "by": ", ".join(record.authors) or None,
        "people": [{"name": name, "rel": "author"} for name in record.authors],
        "descriptions": [{"role": "summary", "value": record.description}] if record.description else [],
        "bodies": _bodies(record),
        "subjects": [
            *([{"name": record.section, "rel": "section"}] if record.section else []),
            *({"name": tag, "rel": "keyword"} for tag in record.tags),
        ],
        "genres": [{"name": genre}] if genre else [],
        "infoSources": [{"name": record.publisher, "role": "publisher"}] if record.publisher else [],
        "copyrightNotice": rights["copyright"] if rights else None,
        "usageTerms": (rights["usage_terms"] or rights["license"]) if rights else None,
        "rightsInfo": _rights_info(record),
        "associations": [_picture(picture, number) for number, picture in enumerate(_pictures(record), start=1)],
        "altIds": [{"role": "url", "value": record.url}] if record.url else [],
    }

    return {name: value for name, value in item.items() if value not in (None, [])}


def _bodies(record: ArticleRecord) -> list[dict[str, Any]]:
    """Return the text, and the same as Markdown."""
    plain = {"role": "main", "contentType": "text/plain", "wordCount": record.word_count, "value": record.body}
    marked = {"role": "richtext", "contentType": "text/markdown", "value": record.body_markdown}
    return [
        {name: value for name, value in body.items() if value is not None} for body in (plain, marked) if body["value"]
    ]


def _rights_info(record: ArticleRecord) -> dict[str, str] | None:
    """Return the address of the license or policy, else what is reserved, as the page writes it."""
    rights = record.rights
    if not rights:
        return None
    if rights["tdm_policy"]:
        return {"langId": TDM_LANGUAGE, "linkedRights": rights["tdm_policy"]}
    if (rights["license"] or "").startswith(("http://", "https://")):
        return {"linkedRights": str(rights["license"])}

    reserved = [*rights["robots"], *(["tdm-reservation: 1"] if rights["tdm_reservation"] else [])]
    return {"encodedRights": ", ".join(reserved)} if reserved else None


def _pictures(record: ArticleRecord) -> tuple[Picture, ...]:
    """Return the pictures, with the lead image first where it is none of them."""
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
        "descriptions": [{"role": role, "value": value} for role, value in texts.items() if value],
        "renditions": [{"name": "web", "href": picture["url"]}],
    }

    return {name: value for name, value in item.items() if value not in (None, [])}


def _moment(written: str | None) -> str | None:
    """Return a date that names a moment, in RFC 3339; None for others.

    >>> _moment("2026-03-24T09:30+01:00"), _moment("2026-03-24T09:30"), _moment("2026-03-24")
    ('2026-03-24T09:30:00+01:00', None, None)
    """
    try:
        moment = datetime.fromisoformat(written or "")
    except ValueError:
        return None
    return moment.isoformat() if moment.tzinfo else None
