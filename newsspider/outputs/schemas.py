"""Records with the field names of other tools.

The table of docs/reference/record.md is made from these functions.
"""

from collections.abc import Callable, Iterator
from typing import Any, Literal
from urllib.parse import urlsplit

from newsspider.outputs.ninjs import as_ninjs
from newsspider.record import ArticleRecord, Picture

RightName = Literal["license", "copyright", "usage_terms", "tdm_policy"]
View = Callable[[ArticleRecord], dict[str, Any]]
DAY_CHARS = len("2026-03-24")
# Schema.org's types for some genres; for other genres there is only `genre`.
TYPE_OF_GENRE: dict[str | None, str] = {
    "opinion": "OpinionNewsArticle",
    "editorial": "OpinionNewsArticle",
    "analysis": "AnalysisNewsArticle",
    "background": "BackgroundNewsArticle",
    "review": "ReviewNewsArticle",
    "reportage": "ReportageNewsArticle",
    "sponsored": "AdvertiserContentArticle",
    "satire": "SatiricalArticle",
}


def as_newsarticle(record: ArticleRecord) -> dict[str, Any]:
    """Return schema.org's NewsArticle as JSON-LD; fields without a value are left out."""
    node = {
        "@context": "https://schema.org",
        "@type": _type_of(record),
        "url": record.url,
        "mainEntityOfPage": record.canonical_url or record.url,
        "headline": record.title,
        "alternativeHeadline": record.alternative_title,
        "description": record.description,
        "articleSection": record.section,
        "keywords": list(record.tags),
        "genre": record.genre,
        "inLanguage": record.language,
        "image": [_image_object(picture) for picture in record.images] or record.image,
        "publisher": _organization(record.publisher) if record.publisher else None,
        "author": [
            _with_url({"@type": "Person", "name": name}, url) for name, url in _authors(record)
        ],
        "provider": list(map(_organization, record.agencies)),
        "datePublished": record.published,
        "dateModified": record.modified,
        "articleBody": record.body,
        "wordCount": record.word_count,
        "isAccessibleForFree": record.is_free,
        "license": _right(record, "license"),
        "copyrightNotice": _right(record, "copyright"),
        "usageInfo": _right(record, "usage_terms") or _right(record, "tdm_policy"),
    }

    return _without_empty(node)


def _type_of(record: ArticleRecord) -> str:
    """Return the type of schema.org for a record's kind and genre."""
    if record.kind == "live_blog":
        return "LiveBlogPosting"
    return TYPE_OF_GENRE.get(record.genre, "NewsArticle")


def _organization(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": name}


def _right(record: ArticleRecord, name: RightName) -> str | None:
    return record.rights[name] if record.rights else None


def _without_empty(item: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if value not in (None, [])}


def as_news_please(record: ArticleRecord) -> dict[str, Any]:
    """Return news-please's article; its dates are "YYYY-MM-DD hh:mm:ss" without a zone."""
    origin = record.provenance.get("alternative_title")
    return {
        "authors": list(record.authors),
        "date_download": _without_zone(record.fetched_at),
        "date_modify": _without_zone(record.modified),
        "date_publish": _without_zone(record.published),
        "description": record.description,
        "filename": record.source,
        "image_url": record.image,
        "language": _language(record),
        "localpath": None,
        "maintext": record.body,
        "source_domain": urlsplit(record.url).hostname if record.url else None,
        "title": record.title,
        "title_page": record.alternative_title if origin == "markup" else None,
        "title_rss": record.alternative_title if origin == "feed" else None,
        "url": record.url,
    }


def as_trafilatura(record: ArticleRecord) -> dict[str, Any]:
    """Return trafilatura's JSON: its date is a day; authors and tags are joined by "; "."""
    return {
        "title": record.title,
        "author": "; ".join(record.authors) or None,
        "hostname": record.site,
        "date": _day(record.published),
        "fingerprint": record.body_hash,
        "id": None,
        "license": _right(record, "license"),
        "comments": None,
        "raw_text": record.body,
        "text": record.body,
        "language": _language(record),
        "image": record.image,
        "pagetype": "article" if record.kind == "article" else None,
        "filedate": _day(record.fetched_at),
        "source": record.canonical_url or record.url,
        "source-hostname": record.publisher or record.site,
        "excerpt": record.description,
        "categories": record.section,
        "tags": "; ".join(record.tags) or None,
    }


def _day(date: str | None) -> str | None:
    return date[:DAY_CHARS] if date else None


def as_zyte(record: ArticleRecord) -> dict[str, Any]:
    """Return zyte-common-items' Article; fields without a value are left out."""
    authors = [_with_url({"name": name, "nameRaw": name}, url) for name, url in _authors(record)]
    item = {
        "url": record.url or record.source,
        "canonicalUrl": record.canonical_url,
        "headline": record.title,
        "datePublished": record.published,
        "datePublishedRaw": record.published,
        "dateModified": record.modified,
        "dateModifiedRaw": record.modified,
        "authors": authors,
        "breadcrumbs": [{"name": record.section}] if record.section else [],
        "inLanguage": _language(record),
        "mainImage": {"url": record.image} if record.image else None,
        "images": [{"url": picture["url"]} for picture in record.images],
        "description": record.description,
        "articleBody": record.body,
        "metadata": {"probability": record.confidence, "dateDownloaded": record.fetched_at},
    }

    return _without_empty(item)


SCHEMAS: dict[str, View] = {
    "newsarticle": as_newsarticle,
    "news-please": as_news_please,
    "ninjs": as_ninjs,
    "trafilatura": as_trafilatura,
    "zyte": as_zyte,
}


def _image_object(picture: Picture) -> dict[str, str]:
    """Return a picture as schema.org's ImageObject."""
    node = {
        "@type": "ImageObject",
        "url": picture["url"],
        "caption": picture["caption"] or picture["alt"],
        "creditText": picture["credit"],
    }

    return {name: value for name, value in node.items() if value}


def _authors(record: ArticleRecord) -> Iterator[tuple[str, str | None]]:
    """Yield the authors' names with their addresses."""
    yield from zip(record.authors, record.author_urls, strict=True)


def _with_url(entry: dict[str, str], url: str | None) -> dict[str, str]:
    return {**entry, "url": url} if url else entry


def _language(record: ArticleRecord) -> str | None:
    """Return the language without its country or script."""
    return record.language.partition("-")[0] if record.language else None


def _without_zone(date: str | None) -> str | None:
    """Return a date in news-please's form: to the second, midnight for a day, without zone.

    >>> _without_zone("2026-03-24T09:30+01:00"), _without_zone("2026-03-24")
    ('2026-03-24 09:30:00', '2026-03-24 00:00:00')
    """
    if not date:
        return None

    day, _, time = date.partition("T")
    has_seconds = time[5:6] == ":"
    clock = time[: len("09:30:00")] if has_seconds else f"{time[:5] or '00:00'}:00"

    return f"{day} {clock}"
