"""The authors that a page declares: in JSON-LD, meta elements, microdata, or its feed's entry."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from newsspider.extraction.declared.json_ld import JsonNode, types_of
from newsspider.extraction.declared.metadata import Found, Metadata, as_list, as_text
from newsspider.extraction.fields.authors.company_names import names_company
from newsspider.extraction.fields.authors.name_checks import (
    is_name,
    is_suffix,
    plain_name,
)
from newsspider.extraction.fields.authors.person_names import clean_names
from newsspider.pages.page import Page
from newsspider.urls import absolute_url, is_web_url, site_of

AUTHOR_META = (
    "author", "authors", "article:author", "article:author:name", "parsely-author",
    "sailthru.author", "byl", "citation_author", "dc.creator", "dcterms.creator", "dc:creator",
    "dcsext.author", "cxenseparse:author", "article.author", "articleauthor", "author_name",
    "article:author_name", "rbauthors", "shareaholic:article_author_name", "twitter:data1",
)  # fmt: skip

# These have names in the order of library catalogues.
SURNAME_FIRST_META = frozenset({"citation_author", "dc.creator", "dcterms.creator", "dc:creator"})

# A value that is an author's only if its label says so.
LABELLED_META = {"twitter:data1": "twitter:label1"}

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

_TITLE_PARTS = re.compile(r"\s+[|–—·»-]\s+")


@dataclass(frozen=True, slots=True)
class Authors:
    """The names in order, and the address of each one's page; no addresses where none is given.

    Attributes:
        are_organisations: whether all are declared to be organisations.
        beside: names that the byline has beside the declared ones: wire services.
    """

    names: Found | None
    urls: Found | None
    are_organisations: bool = False
    beside: tuple[str, ...] = ()

    @property
    def printed(self) -> tuple[str, ...]:
        """The names as the page has them; empty for none."""
        if self.names is None:
            return ()

        names: tuple[str, ...] = self.names.value
        return names


def as_authors(addresses: Mapping[str, str | None], provenance: str) -> Authors:
    """Return names and addresses side by side, from addresses by name."""
    if not addresses:
        return Authors(None, None)

    urls = None
    if any(addresses.values()):
        urls = Found(tuple(addresses.values()), provenance)

    return Authors(Found(tuple(addresses), provenance), urls)


def outlet_names(page: Page, metadata: Metadata) -> tuple[str, ...]:
    """Return the names under which the publication goes."""
    site = site_of(page.url) or ""
    parts = _TITLE_PARTS.split(metadata.title)
    ends = (parts[0], parts[-1]) if len(parts) > 1 else ()
    names = (
        as_text(metadata.article.get("publisher")),
        metadata.first_meta("og:site_name"),
        metadata.first_meta("application-name"),
        site,
        site.partition(".")[0],
        *ends,
    )
    return tuple(filter(None, names))


def find_declared_authors(page: Page, metadata: Metadata, outlets: tuple[str, ...]) -> Authors:
    """Return the authors of the best source that states some."""
    in_meta = _in_meta(metadata, outlets)
    for node in (metadata.article, metadata.work):
        addresses, are_organisations = read_jsonld(
            node.get("author") or node.get("creator"), page, outlets
        )
        if addresses:
            if set(addresses) < set(in_meta):
                return as_authors({name: addresses.get(name) for name in in_meta}, "meta")

            return replace(as_authors(addresses, "json-ld"), are_organisations=are_organisations)

    if in_meta:
        return as_authors(dict.fromkeys(in_meta), "meta")

    marked = [
        (each.value, absolute_url(each.element.get("href"), page.url), False)
        for each in metadata.properties.get("author", ())
    ]
    if addresses := _addresses(marked, outlets):
        return as_authors(addresses, "markup")

    if metadata.entry and (names := clean_names(metadata.entry.authors, outlets, declared=True)):
        return as_authors(dict.fromkeys(names), metadata.entry.origin)

    return Authors(None, None)


def read_jsonld(
    value: Any, page: Page, outlets: tuple[str, ...]
) -> tuple[dict[str, str | None], bool]:
    """Return the address of each name in JSON-LD, and whether all names are organisations'."""
    stated = []
    for author, text in _in_jsonld(value):
        urls = (absolute_url(url, page.url) for url in _urls_of(author))
        stated.append((text, next(filter(None, urls), None), _is_whole(author)))

    return _addresses(stated, outlets, declared=True), all(whole for _, _, whole in stated)


def _in_meta(metadata: Metadata, outlets: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of the first meta element that has some, without companies."""
    for name in AUTHOR_META:
        values = _without_company(metadata.meta.get(name, ()))
        if name in SURNAME_FIRST_META:
            values = tuple(map(_given_name_first, values))

        if (
            values
            and _is_labelled(metadata, name)
            and (names := clean_names(values, outlets, declared=True))
        ):
            return names

    return ()


def _without_company(values: tuple[str, ...]) -> tuple[str, ...]:
    """Return values without companies; none if the first is one: its address follows.

    >>> _without_company(("Ann Lee", "Herald GmbH")), _without_company(("Quay Ltd", "2 Quay Street"))
    (('Ann Lee',), ())
    """
    if values and names_company(values[0]):
        return ()

    return tuple(value for value in values if not names_company(value))


def _given_name_first(text: str) -> str:
    """Return a name as readers see it, from the form of library catalogues.

    >>> (_given_name_first("Lee, Ann"), _given_name_first("Ann Lee"),
    ...  _given_name_first("Ann Lee, PhD"))
    ('Ann Lee', 'Ann Lee', 'Ann Lee, PhD')
    """
    surname, _, given = text.partition(", ")
    are_two = " " not in surname and "," not in given
    if are_two and is_name(given) and not is_suffix(given):
        return f"{given} {surname}"

    return text


def _is_labelled(metadata: Metadata, name: str) -> bool:
    if name not in LABELLED_META:
        return True

    label = (metadata.first_meta(LABELLED_META[name]) or "").lower()
    return label.startswith(AUTHOR_LABELS)


def _in_jsonld(value: Any) -> Iterator[tuple[Any, str]]:
    """Yield each author with its name; several names in one value are several authors."""
    for author in as_list(value):
        names = _names_of(author) if isinstance(author, dict) else [author]
        for text in filter(None, map(as_text, names)):
            yield (author, text)


def _names_of(author: JsonNode) -> list[Any]:
    """Return a person's names, made of the given and the family name where none is whole."""
    parts = [as_text(author.get("givenName")), as_text(author.get("familyName"))]
    return as_list(author.get("name")) or [" ".join(filter(None, parts))]


def _is_whole(author: Any) -> bool:
    """Whether it is an organisation, whose name is not split."""
    return isinstance(author, dict) and bool(types_of(author) & ORGANISATIONS)


def _addresses(
    stated: Iterable[tuple[str, str | None, bool]],
    outlets: tuple[str, ...],
    *,
    declared: bool = False,
) -> dict[str, str | None]:
    """Return the address of each cleaned name; None for several names in one text."""
    found: dict[str, tuple[str, str | None]] = {}
    for text, url, whole in stated:
        names = clean_names([text], outlets, whole=whole, declared=declared)
        for name in names:
            known = found.get(plain_name(name), (name, None))
            found[plain_name(name)] = (known[0], known[1] or (url if len(names) == 1 else None))

    return dict(found.values())


def _urls_of(author: Any) -> Iterator[str]:
    """Yield the address of an author's own page."""
    if isinstance(author, dict):
        node: JsonNode = author
        for url in (as_text(node.get("url")), as_text(node.get("@id"))):
            if url and is_web_url(url) and "#" not in url:
                yield url
