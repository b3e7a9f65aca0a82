"""List everything that a page states for a field, by place, to explain a record's values."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from newsspider.extraction.declared.metadata import (
    JsonNode,
    Metadata,
    as_list,
    as_text,
    read_metadata,
)
from newsspider.extraction.fields.authors.declared_authors import AUTHOR_META
from newsspider.extraction.fields.dates.meta_names import MODIFIED_META, PUBLISHED_META
from newsspider.extraction.fields.dates.stated_dates import date_in_url
from newsspider.pages.page import Page
from newsspider.pages.raw_page import EntryHint
from newsspider.text import squash

MOST = 12  # statements of a field
MAX_CHARS = 300  # of a statement


class Statement(NamedTuple):
    """A value as the page writes it, and the place that has it, such as `og:title`."""

    place: str
    value: str


class Places(NamedTuple):
    """Where a field is stated: in JSON-LD, meta elements, microdata, entry hints."""

    json_ld: tuple[str, ...] = ()
    meta: tuple[str, ...] = ()
    microdata: str = ""
    entry: str = ""


PLACES = {
    "title": Places(
        ("headline", "name", "alternativeHeadline"),
        ("og:title", "twitter:title", "dc.title"),
        "",
        "title",
    ),
    "authors": Places(("author", "creator"), AUTHOR_META, "author", "authors"),
    "published": Places(("datePublished", "dateCreated"), PUBLISHED_META, "published", "published"),
    "modified": Places(("dateModified",), MODIFIED_META, "modified", "modified"),
    "description": Places(
        ("description",),
        ("description", "og:description", "twitter:description"),
        "",
        "description",
    ),
    "section": Places(("articleSection",), ("article:section", "section"), "", ""),
    "publisher": Places(
        ("publisher",), ("og:site_name", "application-name", "dc.publisher"), "", "publisher"
    ),
}


def find_statements(page: Page) -> dict[str, tuple[Statement, ...]]:
    """Return a page's statements by field, in the order of PLACES; no field without one."""
    metadata = read_metadata(page)
    found = {name: tuple(islice(_iter_statements(name, page, metadata), MOST)) for name in PLACES}

    return {name: statements for name, statements in found.items() if statements}


def _iter_statements(name: str, page: Page, metadata: Metadata) -> Iterator[Statement]:
    """Yield the statements of a field."""
    places = PLACES[name]
    if name == "title":
        yield from _state("<h1>", ("".join(heading.itertext()) for heading in page.elements["h1"]))

    for key in places.json_ld:
        yield from _state(f"JSON-LD {key}", _read_node(metadata.article, key))

    for meta in places.meta:
        yield from _state(f"meta {meta}", metadata.meta.get(meta, ()))

    yield from _state("microdata", metadata.stated(places.microdata))

    if name == "title":
        yield from _state("<title>", [metadata.title])

    yield from _in_entry(metadata.entry, places.entry)

    if name == "published":
        yield from _state("the address", filter(None, (date_in_url(page.url or ""),)))


def _in_entry(entry: EntryHint | None, name: str) -> Iterator[Statement]:
    """Yield the statements of the page's entry in a feed or news sitemap."""
    stated = getattr(entry, name, None) or ()
    values = (stated,) if isinstance(stated, str) else stated
    return _state(entry.origin if entry else "", values)


def _read_node(node: JsonNode, key: str) -> Iterator[str]:
    """Yield the texts of a key; a node's text is its name."""
    for value in as_list(node.get(key)):
        named: Any = value.get("name") if isinstance(value, dict) else value
        for each in as_list(named):
            if text := as_text(each):
                yield text


def _state(place: str, values: Iterable[str]) -> Iterator[Statement]:
    """Yield each different value of a place once."""
    shown = (squash(value)[:MAX_CHARS] for value in values)
    for value in dict.fromkeys(shown):
        if value:
            yield Statement(place, value)
