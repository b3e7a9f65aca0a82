"""Who wrote it, as printed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from newsspider.extraction.declared.json_ld import JsonNode, types_of
from newsspider.extraction.declared.sources import Found, Sources, as_list, as_text
from newsspider.extraction.fields.authors.agency_names import agency_named
from newsspider.extraction.fields.authors.byline_lines import looks_like_person
from newsspider.extraction.fields.authors.byline_words import PAPER_WORDS
from newsspider.extraction.fields.authors.bylines import Byline, find_byline
from newsspider.extraction.fields.authors.person_names import (
    clean_names,
    is_name,
    is_outlet,
    is_person,
    is_suffix,
    plain_name,
)
from newsspider.extraction.fields.authors.state_authors import authors_in_state
from newsspider.extraction.fields.opening import Opening
from newsspider.pages.page import Page
from newsspider.text import read_words
from newsspider.urls import absolute_url, is_web_url, site_of

AUTHOR_META = (
    "author", "authors", "article:author", "article:author:name", "parsely-author",
    "sailthru.author", "byl", "citation_author", "dc.creator", "dcterms.creator", "dc:creator",
    "dcsext.author", "cxenseparse:author", "article.author", "articleauthor", "author_name",
    "article:author_name", "rbauthors", "shareaholic:article_author_name", "twitter:data1",
)  # fmt: skip
SURNAME_FIRST_META = frozenset(
    {"citation_author", "dc.creator", "dcterms.creator", "dc:creator"}
)  # as catalogues are
LABELLED_META = {
    "twitter:data1": "twitter:label1"
}  # a value that is an author's only where its label says so
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


_TITLE = re.compile(r"^(?:(?:dr|prof|mr|mrs|ms)\.?\s+)+", re.I)
_TITLE_PARTS = re.compile(r"\s+[|–—·»-]\s+")
ACCOUNT = re.compile(r"[a-z\d]+(?:[._-][a-z\d]+)*|[^\W\d]*+\d\w*+")


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


def find_authors(
    page: Page, sources: Sources, opening: Opening, title: str | None = None
) -> Authors:
    """Return who wrote it: JSON-LD, meta elements, microdata, entry hints, the byline near the headline.

    The byline goes before what is declared where it says more: see `_says_more`.
    """
    outlets = _outlets(page, sources)
    declared = _declared(page, sources, outlets)
    says_publication = declared.names is None or _says_publication(declared, outlets)
    byline = find_byline(opening, outlets, near_only=not says_publication)

    if byline and (not declared.names or _says_more(byline, declared, outlets, opening)):
        return _as_authors(
            {name: absolute_url(url, page.url) for name, url in byline.addresses}, "text"
        )

    if declared.names:
        if byline is None:
            return declared

        return replace(
            declared,
            urls=declared.urls or _addresses_shown(declared, byline, page),
            beside=byline.names,
        )

    return _as_authors(
        _read_jsonld(authors_in_state(page, opening.page, title), page, outlets)[0], "json-ld"
    )


def _addresses_shown(declared: Authors, byline: Byline, page: Page) -> Found | None:
    """Return the addresses that the byline has for the declared names."""
    known = {plain_name(name): absolute_url(url, page.url) for name, url in byline.addresses}
    if declared.names:
        names = declared.names.value
    else:
        names = ()

    urls = tuple(known.get(plain_name(name)) for name in names)
    if any(urls):
        return Found(urls, "text")

    return None


def _says_publication(declared: Authors, outlets: tuple[str, ...]) -> bool:
    """Whether the declared names are the publication's or other organisations'."""
    if declared.names:
        names = declared.names.value
    else:
        names = ()

    return declared.are_organisations or all(is_outlet(name, outlets) for name in names)


def _says_more(
    byline: Byline, declared: Authors, outlets: tuple[str, ...], opening: Opening
) -> bool:
    """Whether a byline goes before the declared names.

    It does where these name only the publication, some of the byline's names, nothing but a first
    name or an account of the byline's name, or somebody whom no reader sees named.
    """
    names: tuple[str, ...] = declared.names.value if declared.names else ()
    if not all(map(is_person, byline.names)) and not any(map(agency_named, byline.names)):
        return False

    if _says_publication(declared, outlets):
        is_sure = (
            not byline.is_bare or declared.are_organisations or not any(map(_could_be_owner, names))
        )
        return is_sure and not all(is_outlet(name, outlets) for name in byline.names)

    if byline.is_bare or not byline.is_near:
        return False

    if declared.names and declared.names.provenance == "markup" and set(byline.names) < set(names):
        # of readers' comments and other pages' teasers, which microdata name like the article's
        return True

    plain, shown = (
        {plain_name(_TITLE.sub("", name)) for name in each} for each in (names, byline.names)
    )
    if plain < shown:
        others = (name for name in byline.names if plain_name(_TITLE.sub("", name)) not in plain)
        return byline.is_one_line and not all(map(agency_named, others))

    if _are_strangers(names, byline.names) and all(
        looks_like_person(name, outlets) for name in byline.names
    ):
        is_in_markup = declared.names is not None and declared.names.provenance == "markup"
        return is_in_markup or not _are_shown(names, opening)

    return len(names) == 1 == len(byline.names) and _stands_for(names[0], byline.names[0])


def _could_be_owner(name: str) -> bool:
    """Whether a publication's name may be its writer's: blogs go under their writers' names."""
    words = name.lower().split()
    return len(words) > 1 and words[0] != "the" and words[-1] not in PAPER_WORDS


def _are_strangers(names: Iterable[str], others: Iterable[str]) -> bool:
    """Whether names have no word in common."""
    words, other_words = (
        {word for name in each for word in read_words(name)} for each in (names, others)
    )
    return words.isdisjoint(other_words)


def _are_shown(names: Iterable[str], opening: Opening) -> bool:
    """Whether a line of the page that readers see, and that is no heading, has one of these names."""
    wanted = [name.lower() for name in names]
    lines = (
        block.text.lower() for block in opening.page.blocks if not block.hidden and not block.level
    )

    return any(name in line for line in lines for name in wanted)


def _stands_for(declared: str, shown: str) -> bool:
    """Whether a declared word is a part of the shown name, or an account's name.

    >>> _stands_for("Ann", "Ann Lee"), _stands_for("alee", "Ann Lee"), _stands_for("Bo Ek", "Ann Lee")
    (True, True, False)
    """
    if " " in declared or " " not in shown:
        return False

    return declared.lower() in shown.lower().split() or bool(ACCOUNT.fullmatch(declared))


def _as_authors(addresses: Mapping[str, str | None], provenance: str) -> Authors:
    """Return names and addresses side by side, from addresses by name."""
    if not addresses:
        return Authors(None, None)

    urls = None
    if any(addresses.values()):
        urls = Found(tuple(addresses.values()), provenance)

    return Authors(Found(tuple(addresses), provenance), urls)


def _outlets(page: Page, sources: Sources) -> tuple[str, ...]:
    """Return the names under which the publication goes."""
    names = [
        as_text(sources.article.get("publisher")),
        sources.first_meta("og:site_name"),
        sources.first_meta("application-name"),
    ]
    site = site_of(page.url)
    names += [site, site.partition(".")[0]] if site else []
    parts = _TITLE_PARTS.split(sources.title)
    names += [parts[0], parts[-1]] if len(parts) > 1 else []

    return tuple(name for name in names if name)


def _declared(page: Page, sources: Sources, outlets: tuple[str, ...]) -> Authors:
    """Return the authors of the best source that states some."""
    in_meta = _in_meta(sources, outlets)
    for node in (sources.article, sources.work):
        addresses, are_organisations = _read_jsonld(
            node.get("author") or node.get("creator"), page, outlets
        )
        if addresses:
            if set(addresses) < set(in_meta):
                return _as_authors({name: addresses.get(name) for name in in_meta}, "meta")

            return replace(_as_authors(addresses, "json-ld"), are_organisations=are_organisations)

    if in_meta:
        return _as_authors(dict.fromkeys(in_meta), "meta")

    marked = [
        (each.value, absolute_url(each.element.get("href"), page.url), False)
        for each in sources.properties.get("author", ())
    ]
    if addresses := _addresses(marked, outlets):
        return _as_authors(addresses, "markup")

    if sources.entry and (names := clean_names(sources.entry.authors, outlets, declared=True)):
        return _as_authors(dict.fromkeys(names), sources.entry.origin)

    return Authors(None, None)


def _read_jsonld(
    value: Any, page: Page, outlets: tuple[str, ...]
) -> tuple[dict[str, str | None], bool]:
    """Return the address of each name in JSON-LD's form, and whether all names are organisations'."""
    stated = [
        (
            text,
            next(filter(None, (absolute_url(url, page.url) for url in _urls_of(author))), None),
            _is_whole(author),
        )
        for author, text in _in_jsonld(value)
    ]
    return _addresses(stated, outlets, declared=True), all(whole for _, _, whole in stated)


def _in_meta(sources: Sources, outlets: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of the first meta element that has some."""
    for name in AUTHOR_META:
        values = sources.meta.get(name, ())
        if name in SURNAME_FIRST_META:
            values = tuple(map(_given_name_first, values))

        if (
            values
            and _is_labelled(sources, name)
            and (names := clean_names(values, outlets, declared=True))
        ):
            return names

    return ()


def _given_name_first(text: str) -> str:
    """Return a name as readers see it, from the form of library catalogues.

    >>> _given_name_first("Lee, Ann"), _given_name_first("Ann Lee"), _given_name_first("Ann Lee, PhD")
    ('Ann Lee', 'Ann Lee', 'Ann Lee, PhD')
    """
    surname, _, given = text.partition(", ")
    is_catalogued = (
        given
        and "," not in given
        and " " not in surname
        and is_name(given)
        and not is_suffix(given)
    )

    if is_catalogued:
        return f"{given} {surname}"

    return text


def _is_labelled(sources: Sources, name: str) -> bool:
    if name not in LABELLED_META:
        return True

    label = (sources.first_meta(LABELLED_META[name]) or "").lower()
    return label.startswith(AUTHOR_LABELS)


def _in_jsonld(value: Any) -> Iterator[tuple[Any, str]]:
    """Yield each author with its name; several names in one value are several authors."""
    for author in as_list(value):
        if isinstance(author, dict):
            names = _names_of(author)
        else:
            names = [author]

        for name in names:
            if text := as_text(name):
                yield (author, text)


def _names_of(author: JsonNode) -> list[Any]:
    """Return a person's names, made of the given and the family name where none is whole."""
    parts = [as_text(author.get("givenName")), as_text(author.get("familyName"))]
    return as_list(author.get("name")) or [" ".join(filter(None, parts))]


def _is_whole(author: Any) -> bool:
    """Whether it is an organisation: its name is one, whatever stands in it."""
    return isinstance(author, dict) and bool(types_of(author) & ORGANISATIONS)


def _addresses(
    stated: Iterable[tuple[str, str | None, bool]],
    outlets: tuple[str, ...],
    *,
    declared: bool = False,
) -> dict[str, str | None]:
    """Return the address of each cleaned name; an address beside several names in one text is nobody's."""
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
