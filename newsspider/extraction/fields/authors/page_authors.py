"""Who wrote it, as printed."""

import re
from collections.abc import Iterable
from dataclasses import replace

from newsspider.extraction.declared.metadata import Found, Metadata
from newsspider.extraction.fields.authors.agency_names import agency_named
from newsspider.extraction.fields.authors.author_elements import Byline
from newsspider.extraction.fields.authors.byline_words import PAPER_WORDS
from newsspider.extraction.fields.authors.bylines import find_byline
from newsspider.extraction.fields.authors.declared_authors import (
    Authors,
    as_authors,
    find_declared_authors,
    outlet_names,
    read_jsonld,
)
from newsspider.extraction.fields.authors.name_checks import (
    is_outlet,
    is_person,
    plain_name,
)
from newsspider.extraction.fields.authors.signatures import looks_like_person
from newsspider.extraction.fields.authors.state_authors import authors_in_state
from newsspider.extraction.fields.opening import Opening
from newsspider.pages.page import Page
from newsspider.text import read_words
from newsspider.urls import absolute_url

_TITLE = re.compile(r"^(?:(?:dr|prof|mr|mrs|ms)\.?\s+)+", re.I)

ACCOUNT = re.compile(r"[a-z\d]+(?:[._-][a-z\d]+)*|[^\W\d]*+\d\w*+")


def find_authors(
    page: Page, metadata: Metadata, opening: Opening, title: str | None = None
) -> Authors:
    """Return the authors: of JSON-LD, metas, microdata, entry hints, the byline.

    The byline is preferred to the declared names if it says more: see `_says_more`.
    """
    outlets = outlet_names(page, metadata)
    declared = find_declared_authors(page, metadata, outlets)
    says_publication = declared.names is None or _says_publication(declared, outlets)
    byline = find_byline(opening, outlets, near_only=not says_publication)

    if byline and (not declared.names or _says_more(byline, declared, outlets, opening)):
        return as_authors(
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

    return as_authors(
        read_jsonld(authors_in_state(page, opening.page, title), page, outlets)[0], "json-ld"
    )


def _addresses_shown(declared: Authors, byline: Byline, page: Page) -> Found | None:
    """Return the addresses that the byline has for the declared names."""
    known = {plain_name(name): absolute_url(url, page.url) for name, url in byline.addresses}
    urls = tuple(known.get(plain_name(name)) for name in declared.printed)
    return Found(urls, "text") if any(urls) else None


def _says_publication(declared: Authors, outlets: tuple[str, ...]) -> bool:
    """Whether the declared names are the publication's or other organisations'."""
    return declared.are_organisations or all(is_outlet(name, outlets) for name in declared.printed)


def _says_more(
    byline: Byline, declared: Authors, outlets: tuple[str, ...], opening: Opening
) -> bool:
    """Whether a byline is preferred to the declared names.

    It is if these are only the publication's, some of the byline's names, only a first name or an
    account of the byline's name, or names that the page doesn't show.
    """
    if not all(map(is_person, byline.names)) and not any(map(agency_named, byline.names)):
        return False

    if _says_publication(declared, outlets):
        return _names_writers(byline, declared, outlets)

    if byline.is_bare or not byline.is_near:
        return False

    return _corrects(byline, declared, outlets, opening)


def _corrects(
    byline: Byline, declared: Authors, outlets: tuple[str, ...], opening: Opening
) -> bool:
    """Whether a byline near the headline shows that the declared names are wrong or too few."""
    names = declared.printed
    in_markup = declared.names is not None and declared.names.provenance == "markup"

    if in_markup and set(byline.names) < set(names):
        # Microdata name the authors of readers' comments and of teasers like the article's.
        return True

    if _plain_names(names) < _plain_names(byline.names):
        return byline.is_one_line and _adds_person(byline.names, names)

    looks_right = all(looks_like_person(name, outlets) for name in byline.names)
    if looks_right and _are_strangers(names, byline.names):
        return in_markup or not _are_shown(names, opening)

    return len(names) == 1 == len(byline.names) and _stands_for(names[0], byline.names[0])


def _names_writers(byline: Byline, declared: Authors, outlets: tuple[str, ...]) -> bool:
    """Whether a byline surely names somebody else than the declared publication."""
    may_be_owners = any(map(_could_be_owner, declared.printed))
    if byline.is_bare and may_be_owners and not declared.are_organisations:
        return False

    return not all(is_outlet(name, outlets) for name in byline.names)


def _plain_names(names: Iterable[str]) -> set[str]:
    return {plain_name(_TITLE.sub("", name)) for name in names}


def _adds_person(names: Iterable[str], known: Iterable[str]) -> bool:
    """Whether names that are not among the known ones are not all wire services."""
    plain = _plain_names(known)
    others = (name for name in names if plain_name(_TITLE.sub("", name)) not in plain)

    return not all(map(agency_named, others))


def _could_be_owner(name: str) -> bool:
    """Whether a publication's name may be its writer's: blogs go under their writers' names."""
    words = name.lower().split()
    return len(words) > 1 and words[0] != "the" and words[-1] not in PAPER_WORDS


def _are_strangers(names: Iterable[str], others: Iterable[str]) -> bool:
    """Whether names don't share a word."""
    return set(read_words(" ".join(names))).isdisjoint(read_words(" ".join(others)))


def _are_shown(names: Iterable[str], opening: Opening) -> bool:
    """Whether a visible line of the page that isn't a heading has one of these names."""
    wanted = [name.lower() for name in names]
    shown = (block for block in opening.page.blocks if not (block.hidden or block.level))
    lines = (block.text.lower() for block in shown)
    return any(name in line for line in lines for name in wanted)


def _stands_for(declared: str, shown: str) -> bool:
    """Whether a declared word is a part of the shown name, or an account's name.

    >>> (_stands_for("Ann", "Ann Lee"), _stands_for("alee", "Ann Lee"),
    ...  _stands_for("Bo Ek", "Ann Lee"))
    (True, True, False)
    """
    if " " in declared or " " not in shown:
        return False

    return declared.lower() in shown.lower().split() or bool(ACCOUNT.fullmatch(declared))
