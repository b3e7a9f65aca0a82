"""The page's statements about itself: description, tags, image, publisher."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

from newsspider.extraction.declared.metadata import (
    Found,
    JsonNode,
    Metadata,
    as_list,
    as_text,
    types_of,
)
from newsspider.extraction.fields.authors.agency_names import agency_named, is_own_site
from newsspider.extraction.fields.authors.name_checks import plain_name
from newsspider.extraction.fields.keywords import split_tags
from newsspider.extraction.fields.opening import Opening
from newsspider.extraction.fields.pictures.image_addresses import is_no_picture
from newsspider.extraction.fields.terms import linked_terms
from newsspider.extraction.fields.titles.site_names import plain_name as site_plain_name
from newsspider.extraction.fields.titles.title_parts import find_cuts
from newsspider.pages.page import Page
from newsspider.urls import absolute_url, site_of

MAX_IMAGES = 10  # of one source
PUBLISHER_METAS = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "publisher",
    "apple-mobile-web-app-title",
)
DESCRIPTION_METAS = (
    "description",
    "og:description",
    "twitter:description",
    "dc.description",
)
KEYWORD_METAS = ("article:tag", "news_keywords", "keywords", "parsely-tags", "sailthru.tags")
IMAGE_METAS = (
    "og:image",
    "og:image:url",
    "og:image:secure_url",
    "twitter:image",
    "twitter:image:src",
)
MIN_UNPARTED_WORDS = 6  # of a tag; longer ones are lists
MIN_TITLE_WORDS = 5  # of a publisher's name, from which it may be a headline
_STROKES = " \t|–—-•·:/"
_LEGAL_FORM = re.compile(
    r"[\s,](?:AG|SE|KG|e\.?\s?V\.|Inc\.?|Ltd\.?|LLC|Limited|plc|PLC|Corp\.?|Corporation|Group|"
    r"S\.?A\.?|S\.?p\.?A\.?|S\.?r\.?l\.?|B\.?V\.?|Oy|ApS|A/S|AS|AB|Kft\.?|s\.r\.o\.|"
    r"Sp\. z o\.\s?o\.|GmbH(?: & Co\.? KG(?:aA)?)?)$"
)
PAPER_TYPES = frozenset({"WebSite", "NewsMediaOrganization"})
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}")
_NO_NAME = re.compile(r"^@|^(?:https?:)?//|^www\.|^\S+@\S+$", re.I)  # handles and addresses


def find_description(metadata: Metadata) -> Found | None:
    """Return the summary for readers: meta description, og:description, JSON-LD."""
    return (
        _from_meta(metadata, *DESCRIPTION_METAS)
        or _from_jsonld(metadata, "description")
        or _from_entry(metadata, "description")
    )


def find_publisher(
    page: Page, metadata: Metadata, title: str | None = None, site: Collection[str] = ()
) -> Found | None:
    """Return the publisher's name: JSON-LD, og:site_name, other metas, the feed.

    Handles, addresses and titles are not names. The paper's name is preferred to its company's. A
    wire service is a publisher on its own site only. If none is declared, the name is the one that
    JSON-LD has for the site, or the site's name at the end of the title element.

    Args:
        page: the page.
        metadata: its own metadata.
        title: its headline.
        site: names of the site as `site_names.plain_name` text.
    """
    headlines = (title, as_text(metadata.article.get("headline")))
    titles = set(map(plain_name, filter(None, headlines)))
    host = site_of(page.url)
    company = None

    for found in chain(_stated_publishers(metadata), _names_of_site(metadata, site)):
        name = _without_strokes(found.value or "")
        if not _is_publisher(name, titles, metadata) or _is_foreign_agency(name, host):
            continue

        if not _is_company(name) and (company is None or len(name.split()) < MIN_TITLE_WORDS):
            return Found(name, found.provenance)

        company = company or Found(name, found.provenance)

    return company


def _is_publisher(name: str, titles: set[str], metadata: Metadata) -> bool:
    """Whether a text is a name, and neither a handle nor a title."""
    return bool(name) and not _NO_NAME.search(name) and not _is_title(name, titles, metadata)


def _is_company(name: str) -> bool:
    return _LEGAL_FORM.search(name) is not None


def _stated_publishers(metadata: Metadata) -> Iterator[Found]:
    for value in as_list(metadata.article.get("publisher")):
        yield Found(as_text(value), "json-ld")

    for meta in PUBLISHER_METAS:
        for name in metadata.meta.get(meta, ()):
            yield Found(name, "meta")

    if entry := _from_entry(metadata, "publisher"):
        yield entry


def _without_strokes(name: str) -> str:
    """Return a name without strokes at its ends; quotation marks that belong together stay."""
    bare = name.strip(_STROKES)
    if "«" in bare and "»" in bare:
        return bare

    return bare.strip(_STROKES + "«»")


def _names_of_site(metadata: Metadata, site: Collection[str]) -> Iterator[Found]:
    """Yield the site's name in JSON-LD, and the one at the end of the title element."""
    names = (as_text(node.get("name")) for node in metadata.nodes if _is_paper(node))
    yield from (Found(name, "json-ld") for name in filter(None, names))
    yield from _name_in_title(metadata.title, site)


def _is_paper(node: JsonNode) -> bool:
    return not PAPER_TYPES.isdisjoint(types_of(node))


def _name_in_title(title: str, site: Collection[str]) -> Iterator[Found]:
    """Yield the site's name after the last separator of the title element."""
    for cut in find_cuts(title)[-1:]:
        tail = title[cut.end :].strip()
        if cut.firm and _is_of_site(tail, site):
            yield Found(tail, "markup")


def _is_of_site(name: str, site: Collection[str]) -> bool:
    """Whether this is one of the site's names, and not its host."""
    return not _HOST.fullmatch(name.lower()) and site_plain_name(name) in site


def _is_foreign_agency(name: str, site: str | None) -> bool:
    """Whether a name is that of a wire service from which a site has its text."""
    agency = agency_named(name)
    return agency is not None and site is not None and not is_own_site(agency, site)


def _is_title(name: str, titles: set[str], metadata: Metadata) -> bool:
    """Whether a publisher's name is the headline, or the title element without the site's name."""
    plain, element = plain_name(name), plain_name(metadata.title)
    is_long = len(name.split()) >= MIN_TITLE_WORDS
    return plain in titles or (is_long and element.startswith(plain) and element != plain)


def find_tags(metadata: Metadata, opening: Opening, title: str | None = None) -> Found | None:
    """Return the keywords, each once: of JSON-LD, article:tag, news_keywords, keywords, links."""
    in_jsonld = _tags_in_jsonld(metadata, title)
    if in_jsonld and not _are_unparted(in_jsonld.value):
        return in_jsonld

    stated = (_tags(values, title, origin) for values, origin in _iter_keywords(metadata, opening))
    return next(filter(None, stated), in_jsonld)


def _iter_keywords(metadata: Metadata, opening: Opening) -> Iterator[tuple[Iterable[str], str]]:
    """Yield the keywords of each source besides JSON-LD, with its name, best first."""
    for name in KEYWORD_METAS:
        yield metadata.meta.get(name, ()), "meta"

    yield linked_terms(opening.page, "tag"), "markup"

    if metadata.entry:
        yield metadata.entry.tags, metadata.entry.origin


def _tags_in_jsonld(metadata: Metadata, title: str | None) -> Found | None:
    values = map(as_text, as_list(metadata.article.get("keywords")))
    return _tags(filter(None, values), title, "json-ld")


def _tags(values: Iterable[str], title: str | None, provenance: str) -> Found | None:
    if tags := split_tags(values, title):
        return Found(tags, provenance)

    return None


def _are_unparted(tags: Sequence[str]) -> bool:
    """Whether the only tag is a list of words that nothing parts."""
    return len(tags) == 1 and len(tags[0].split()) >= MIN_UNPARTED_WORDS


def find_image(page: Page, metadata: Metadata, shown: Sequence[str] = ()) -> Found | None:
    """Return the lead image's address: og:image, twitter:image, JSON-LD, the first picture shown.

    A logo or the site's default image yields to any other.

    Args:
        page: the page.
        metadata: its own metadata.
        shown: the addresses of the pictures that its article shows.
    """
    first, logo = None, _logo(page, metadata)
    for found in _iter_images(page, metadata, shown):
        if not is_no_picture(found.value) and found.value != logo:
            return found

        if first is None and not found.value.endswith(".ico"):
            first = found

    return first


def _iter_images(page: Page, metadata: Metadata, shown: Sequence[str]) -> Iterator[Found]:
    for name in IMAGE_METAS:
        written = metadata.meta.get(name, ())[:MAX_IMAGES]
        addresses = (absolute_url(each, page.url) for each in written)
        yield from (Found(address, "meta") for address in filter(None, addresses))

    for node in (metadata.article, metadata.work):
        declared = as_list(node.get("image"))[:MAX_IMAGES]
        addresses = (_address_of(page, each) for each in declared)
        yield from (Found(address, "json-ld") for address in filter(None, addresses))

    for address in shown:
        yield Found(address, "markup")


def _address_of(page: Page, declared: object) -> str | None:
    """Return the address of an ImageObject, or of a text or list in its place."""
    if isinstance(declared, dict):
        declared = declared.get("url") or declared.get("contentUrl")

    return absolute_url(as_text(declared), page.url)


def _logo(page: Page, metadata: Metadata) -> str | None:
    """Return the address of the publisher's logo."""
    publisher = next(iter(as_list(metadata.article.get("publisher"))), None)
    if isinstance(publisher, dict):
        return _address_of(page, publisher.get("logo"))

    return None


def _from_meta(metadata: Metadata, *names: str) -> Found | None:
    value = metadata.first_meta(*names)
    if value:
        return Found(value, "meta")

    return None


def _from_jsonld(metadata: Metadata, name: str) -> Found | None:
    value = as_text(metadata.article.get(name))
    if value:
        return Found(value, "json-ld")

    return None


def _from_entry(metadata: Metadata, name: str) -> Found | None:
    entry = metadata.entry
    value = getattr(entry, name, None)
    if entry and value:
        return Found(value, entry.origin)

    return None
