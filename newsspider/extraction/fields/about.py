"""What the page says it is about: description, section, tags, language, image, publisher."""

import re

from newsspider.extraction.sources import Found, Sources, as_list, as_text
from newsspider.page import Page
from newsspider.text import squash
from newsspider.urls import absolute_url

_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{2,8})*")


def find_description(sources: Sources) -> Found | None:
    """Return the summary for readers: meta description, og:description, JSON-LD."""
    return _from_meta(sources, "description", "og:description", "twitter:description") or _from_jsonld(
        sources, "description"
    )


def find_section(sources: Sources) -> Found | None:
    """Return the section's name: JSON-LD articleSection, article:section."""
    return _from_jsonld(sources, "articleSection") or _from_meta(sources, "article:section", "parsely-section")


def find_publisher(sources: Sources) -> Found | None:
    """Return the publisher's name: JSON-LD, og:site_name."""
    return _from_jsonld(sources, "publisher") or _from_meta(sources, "og:site_name", "application-name")


def find_tags(sources: Sources) -> Found | None:
    """Return the keywords, each once: JSON-LD keywords, article:tag, news_keywords, keywords."""
    declared = [text for value in as_list(sources.article.get("keywords")) if (text := as_text(value))]
    if tags := _split_tags(declared):
        return Found(tags, "json-ld")
    for name in ("article:tag", "news_keywords", "keywords", "parsely-tags", "sailthru.tags"):
        if tags := _split_tags(sources.meta.get(name, ())):
            return Found(tags, "meta")
    return None


def _split_tags(values: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Return tags from values that may each hold several, joined by commas or semicolons."""
    return tuple(
        dict.fromkeys(tag for value in values for part in re.split(r"[,;،、]", value) if (tag := squash(part)))
    )


def find_language(page: Page, sources: Sources) -> Found | None:
    """Return the declared language as BCP 47: the html element, JSON-LD inLanguage, og:locale."""
    declared = (
        (page.tree.get("lang") or page.tree.get("xml:lang"), "markup"),
        (as_text(sources.article.get("inLanguage")), "json-ld"),
        (sources.first_meta("og:locale", "content-language"), "meta"),
    )
    for value, provenance in declared:
        if value and _LANGUAGE.fullmatch(value.strip()):
            language, *rest = re.split("[-_]", value.strip())
            tag = "-".join([language.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])
            return Found(tag, provenance)
    return None


def find_image(page: Page, sources: Sources) -> Found | None:
    """Return the lead image's address: og:image, twitter:image, JSON-LD."""
    if image := absolute_url(sources.first_meta("og:image", "og:image:url", "twitter:image"), page.url):
        return Found(image, "meta")
    declared = next(iter(as_list(sources.article.get("image"))), None)
    address = declared.get("url") if isinstance(declared, dict) else declared
    image = absolute_url(as_text(address), page.url)
    return Found(image, "json-ld") if image else None


def _from_meta(sources: Sources, *names: str) -> Found | None:
    value = sources.first_meta(*names)
    return Found(value, "meta") if value else None


def _from_jsonld(sources: Sources, name: str) -> Found | None:
    value = as_text(sources.article.get(name))
    return Found(value, "json-ld") if value else None
