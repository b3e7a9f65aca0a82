"""What the page says it is about: description, section, tags, image, publisher."""

import re
from collections.abc import Iterator, Sequence

from newsspider.extraction.fields.agency_names import agency_named, is_own_site
from newsspider.extraction.fields.breadcrumbs import find_in_breadcrumbs
from newsspider.extraction.fields.image_addresses import is_no_picture
from newsspider.extraction.fields.opening import Opening
from newsspider.extraction.fields.terms import linked_terms
from newsspider.extraction.sources import Found, Sources, as_list, as_text
from newsspider.page import Page
from newsspider.text import squash
from newsspider.urls import absolute_url, site_of

MAX_IMAGES = 10  # of one source


def find_description(sources: Sources) -> Found | None:
    """Return the summary for readers: meta description, og:description, JSON-LD."""
    return (
        _from_meta(sources, "description", "og:description", "twitter:description", "dc.description")
        or _from_jsonld(sources, "description")
        or _from_entry(sources, "description")
    )


def find_section(sources: Sources, opening: Opening, title: str | None) -> Found | None:
    """Return the section's name: JSON-LD articleSection, article:section, microdata, breadcrumbs, category links."""
    return (
        _from_jsonld(sources, "articleSection")
        or _from_meta(sources, "article:section", "parsely-section", "sailthru.section", "cxenseparse:section")
        or next((Found(value, "markup") for value in sources.stated("section")), None)
        or find_in_breadcrumbs(sources, opening, title)
        or next((Found(name, "markup") for name in linked_terms(opening.page, "category")), None)
        or _from_entry(sources, "section")
    )


def find_publisher(page: Page, sources: Sources) -> Found | None:
    """Return the publisher's name: JSON-LD, og:site_name. A wire service is a publisher on its own site only."""
    site = site_of(page.url)
    stated = (
        _from_jsonld(sources, "publisher"),
        *(_from_meta(sources, name) for name in ("og:site_name", "application-name", "dc.publisher", "publisher")),
        _from_entry(sources, "publisher"),
    )
    return next((found for found in stated if found and not _is_foreign_agency(found.value, site)), None)


def _is_foreign_agency(name: str, site: str | None) -> bool:
    """Whether a name is that of a wire service from which a site has its text."""
    agency = agency_named(name)
    return agency is not None and site is not None and not is_own_site(agency, site)


def find_tags(sources: Sources, opening: Opening) -> Found | None:
    """Return the keywords, each once: JSON-LD keywords, article:tag, news_keywords, keywords, tag links."""
    declared = [text for value in as_list(sources.article.get("keywords")) if (text := as_text(value))]
    if tags := _split_tags(declared):
        return Found(tags, "json-ld")
    for name in ("article:tag", "news_keywords", "keywords", "parsely-tags", "sailthru.tags"):
        if tags := _split_tags(sources.meta.get(name, ())):
            return Found(tags, "meta")
    if tags := linked_terms(opening.page, "tag"):
        return Found(tags, "markup")
    if sources.entry and (tags := _split_tags(sources.entry.tags)):
        return Found(tags, sources.entry.origin)
    return None


def _split_tags(values: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Return tags from values that may each hold several, joined by commas or semicolons."""
    return tuple(
        dict.fromkeys(tag for value in values for part in re.split(r"[,;،、]", value) if (tag := squash(part)))
    )


def find_image(page: Page, sources: Sources, shown: Sequence[str] = ()) -> Found | None:
    """Return the lead image's address: og:image, twitter:image, JSON-LD, the first picture that the article shows.

    A logo or the site's default image yields to any other.

    Args:
        page: the page.
        sources: what it says of itself.
        shown: the addresses of the pictures that its article shows.
    """
    found = list(_iter_images(page, sources, shown))
    logo = _logo(page, sources)
    pictures = (each for each in found if each.value != logo and not is_no_picture(each.value))
    return next(pictures, None) or next(iter(found), None)


def _iter_images(page: Page, sources: Sources, shown: Sequence[str]) -> Iterator[Found]:
    for name in ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src"):
        for written in sources.meta.get(name, ())[:MAX_IMAGES]:
            if image := absolute_url(written, page.url):
                yield Found(image, "meta")
    for node in (sources.article, sources.work):
        for declared in as_list(node.get("image"))[:MAX_IMAGES]:
            if image := _address_of(page, declared):
                yield Found(image, "json-ld")
    yield from (Found(address, "markup") for address in shown)


def _address_of(page: Page, declared: object) -> str | None:
    """Return the address of an ImageObject, or of what stands for one."""
    address = declared.get("url") or declared.get("contentUrl") if isinstance(declared, dict) else declared
    return absolute_url(as_text(address), page.url)


def _logo(page: Page, sources: Sources) -> str | None:
    """Return the address of the publisher's logo."""
    publisher = next(iter(as_list(sources.article.get("publisher"))), None)
    return _address_of(page, publisher.get("logo")) if isinstance(publisher, dict) else None


def _from_meta(sources: Sources, *names: str) -> Found | None:
    value = sources.first_meta(*names)
    return Found(value, "meta") if value else None


def _from_jsonld(sources: Sources, name: str) -> Found | None:
    value = as_text(sources.article.get(name))
    return Found(value, "json-ld") if value else None


def _from_entry(sources: Sources, name: str) -> Found | None:
    value = getattr(sources.entry, name) if sources.entry else None
    return Found(value, sources.entry.origin) if sources.entry and value else None
