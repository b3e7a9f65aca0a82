"""Records in the names that other tools give their fields: the mapping table of docs/reference/record.md, as code."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from newsspider.outputs.ninjs import as_ninjs
from newsspider.record import ArticleRecord, Picture

View = Callable[[ArticleRecord], dict[str, Any]]
DAY_CHARS = len("2026-03-24")
# Schema.org's types of the genres that it has one for; other genres are named by `genre` alone.
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
    rights = record.rights
    authors = [{"@type": "Person", "name": name} | ({"url": url} if url else {}) for name, url in _with_urls(record)]
    node = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting"
        if record.kind == "live_blog"
        else TYPE_OF_GENRE.get(record.genre or "", "NewsArticle"),
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
        "publisher": {"@type": "Organization", "name": record.publisher} if record.publisher else None,
        "author": authors,
        "provider": [{"@type": "Organization", "name": name} for name in record.agencies],
        "datePublished": record.published,
        "dateModified": record.modified,
        "articleBody": record.body,
        "wordCount": record.word_count,
        "isAccessibleForFree": record.is_free,
        "license": rights["license"] if rights else None,
        "copyrightNotice": rights["copyright"] if rights else None,
        "usageInfo": (rights["usage_terms"] or rights["tdm_policy"]) if rights else None,
    }

    return {name: value for name, value in node.items() if value not in (None, [])}


def as_news_please(record: ArticleRecord) -> dict[str, Any]:
    """Return news-please's article; its dates are "YYYY-MM-DD hh:mm:ss" without a zone."""
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
        "title_page": record.alternative_title if record.provenance.get("alternative_title") == "markup" else None,
        "title_rss": record.alternative_title if record.provenance.get("alternative_title") == "feed" else None,
        "url": record.url,
    }


def as_trafilatura(record: ArticleRecord) -> dict[str, Any]:
    """Return what trafilatura's JSON output has; its date is a day, authors and tags are joined by "; "."""
    return {
        "title": record.title,
        "author": "; ".join(record.authors) or None,
        "hostname": record.site,
        "date": record.published[:DAY_CHARS] if record.published else None,
        "fingerprint": record.body_hash,
        "id": None,
        "license": record.rights["license"] if record.rights else None,
        "comments": None,
        "raw_text": record.body,
        "text": record.body,
        "language": _language(record),
        "image": record.image,
        "pagetype": "article" if record.kind == "article" else None,
        "filedate": record.fetched_at[:DAY_CHARS] if record.fetched_at else None,
        "source": record.canonical_url or record.url,
        "source-hostname": record.publisher or record.site,
        "excerpt": record.description,
        "categories": record.section,
        "tags": "; ".join(record.tags) or None,
    }


def as_zyte(record: ArticleRecord) -> dict[str, Any]:
    """Return zyte-common-items' Article; fields without a value are left out."""
    item = {
        "url": record.url or record.source,
        "canonicalUrl": record.canonical_url,
        "headline": record.title,
        "datePublished": record.published,
        "datePublishedRaw": record.published,
        "dateModified": record.modified,
        "dateModifiedRaw": record.modified,
        "authors": [
            {"name": name, "nameRaw": name} | ({"url": url} if url else {}) for name, url in _with_urls(record)
        ],
        "breadcrumbs": [{"name": record.section}] if record.section else [],
        "inLanguage": _language(record),
        "mainImage": {"url": record.image} if record.image else None,
        "images": [{"url": picture["url"]} for picture in record.images],
        "description": record.description,
        "articleBody": record.body,
        "metadata": {"probability": record.confidence, "dateDownloaded": record.fetched_at},
    }

    return {name: value for name, value in item.items() if value not in (None, [])}


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


def _with_urls(record: ArticleRecord) -> list[tuple[str, str | None]]:
    """Return the authors with their addresses."""
    return list(zip(record.authors, record.author_urls, strict=True))


def _language(record: ArticleRecord) -> str | None:
    """Return the language without its country or script."""
    return record.language.partition("-")[0] if record.language else None


def _without_zone(date: str | None) -> str | None:
    """Return a date as news-please writes it: to the second, midnight for a day alone, its zone cut off.

    >>> _without_zone("2026-03-24T09:30+01:00"), _without_zone("2026-03-24")
    ('2026-03-24 09:30:00', '2026-03-24 00:00:00')
    """
    if not date:
        return None
    day, _, time = date.partition("T")
    clock = time[: len("09:30:00")] if time[5:6] == ":" else f"{time[:5] or '00:00'}:00"
    return f"{day} {clock}"
