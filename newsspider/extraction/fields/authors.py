"""Who wrote it, as printed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from newsspider.extraction.fields.bylines import find_byline
from newsspider.extraction.fields.names import clean_names, is_person, plain_name
from newsspider.extraction.fields.opening import Opening
from newsspider.extraction.json_ld import JsonNode, types_of
from newsspider.extraction.sources import Found, Sources, as_list, as_text
from newsspider.page import Page
from newsspider.urls import absolute_url, is_web_url, site_of

AUTHOR_META = (
    "author", "article:author", "article:author:name", "parsely-author", "sailthru.author", "byl", "citation_author",
    "dc.creator", "dcterms.creator", "dc:creator", "dcsext.author", "cxenseparse:author", "article.author",
    "author_name", "article:author_name", "rbauthors", "shareaholic:article_author_name", "twitter:data1",
)  # fmt: skip
LABELLED_META = {"twitter:data1": "twitter:label1"}  # a value that is an author's only where its label says so
AUTHOR_LABELS = (
    "written by",
    "author",
    "autor",
    "auteur",
    "verfasst von",
    "geschrieben von",
    "escrito por",
    "écrit par",
    "scritto da",
    "di",
)
ORGANISATIONS = frozenset("Organization NewsMediaOrganization Corporation Brand WebSite".split())


@dataclass(frozen=True, slots=True)
class Authors:
    """The names in order, and the addresses of their pages where given."""

    names: Found | None
    urls: Found | None


def find_authors(page: Page, sources: Sources, opening: Opening) -> Authors:
    """Return who wrote it: JSON-LD, meta elements, microdata, entry hints, the byline near the headline.

    A page that declares only its own publication is asked for a byline that says more.
    """
    outlets = _outlets(page, sources)
    declared = _declared(page, sources, outlets)
    own = {plain_name(name) for name in outlets}
    if declared.names and not all(plain_name(name) in own for name in declared.names.value):
        return declared
    byline = find_byline(opening, outlets)
    if byline and (not declared.names or all(map(is_person, byline.names))):
        urls = tuple(filter(None, (absolute_url(url, page.url) for url in byline.urls)))
        return Authors(Found(byline.names, "text"), Found(urls, "text") if urls else None)
    return declared


def _outlets(page: Page, sources: Sources) -> tuple[str, ...]:
    """Return the names under which the publication goes."""
    names = [
        as_text(sources.article.get("publisher")),
        sources.first_meta("og:site_name"),
        sources.first_meta("application-name"),
    ]
    site = site_of(page.url)
    names += [site, site.partition(".")[0]] if site else []
    return tuple(name for name in names if name)


def _declared(page: Page, sources: Sources, outlets: tuple[str, ...]) -> Authors:
    """Return the authors of the best source that states some."""
    for node in (sources.article, sources.work):
        stated = list(_in_jsonld(node.get("author") or node.get("creator")))
        names = _names(stated, outlets)
        if names:
            urls = [absolute_url(url, page.url) for author, _ in stated for url in _urls_of(author)]
            found = tuple(dict.fromkeys(filter(None, urls)))
            return Authors(Found(names, "json-ld"), Found(found, "json-ld") if found else None)
    for name in AUTHOR_META:
        if _is_labelled(sources, name) and (names := clean_names(sources.meta.get(name, ()), outlets, declared=True)):
            return Authors(Found(names, "meta"), None)
    if names := clean_names(sources.stated("author"), outlets):
        urls = [absolute_url(each.element.get("href"), page.url) for each in sources.properties["author"]]
        found = tuple(dict.fromkeys(filter(None, urls)))
        return Authors(Found(names, "markup"), Found(found, "markup") if found else None)
    if sources.entry and (names := clean_names(sources.entry.authors, outlets, declared=True)):
        return Authors(Found(names, sources.entry.origin), None)
    return Authors(None, None)


def _is_labelled(sources: Sources, name: str) -> bool:
    if name not in LABELLED_META:
        return True
    label = (sources.first_meta(LABELLED_META[name]) or "").lower()
    return label.startswith(AUTHOR_LABELS)


def _in_jsonld(value: Any) -> Iterator[tuple[Any, str]]:
    """Yield each author with its name; several names in one value are several authors."""
    for author in as_list(value):
        names = _names_of(author) if isinstance(author, dict) else [author]
        yield from ((author, text) for name in names if (text := as_text(name)))


def _names_of(author: JsonNode) -> list[Any]:
    """Return a person's names, made of the given and the family name where none is whole."""
    parts = [as_text(author.get("givenName")), as_text(author.get("familyName"))]
    return as_list(author.get("name")) or [" ".join(filter(None, parts))]


def _names(stated: Iterable[tuple[Any, str]], outlets: tuple[str, ...]) -> tuple[str, ...]:
    """Return the cleaned names; an organisation's is one name, whatever stands in it."""
    found: dict[str, str] = {}
    for author, text in stated:
        whole = isinstance(author, dict) and bool(types_of(author) & ORGANISATIONS)
        for name in clean_names([text], outlets, whole=whole, declared=True):
            found.setdefault(plain_name(name), name)
    return tuple(found.values())


def _urls_of(author: Any) -> Iterator[str]:
    """Yield the address of an author's own page."""
    if isinstance(author, dict):
        node: JsonNode = author
        yield from (
            url
            for url in (as_text(node.get("url")), as_text(node.get("@id")))
            if url and is_web_url(url) and "#" not in url
        )
