"""Read a page's metadata once: JSON-LD, microdata and RDFa, meta elements, hints of its entry."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from lxml.html import HtmlElement

from newsspider.extraction.declared.json_ld import (
    ARTICLE_TYPES,
    MAX_NODES,
    WORK_TYPES,
    JsonNode,
    as_line,
    as_list,
    as_text,
    choose_node,
    iter_nodes,
    resolve_references,
    types_of,
)
from newsspider.extraction.declared.microdata import Property, read_properties
from newsspider.pages.page import Page, canonical_link
from newsspider.pages.raw_page import EntryHint
from newsspider.urls import normalise_url

__all__ = [
    "ARTICLE_TYPES",
    "MAX_NODES",
    "Found",
    "JsonNode",
    "Metadata",
    "as_list",
    "as_text",
    "read_metadata",
    "types_of",
]


MAX_TITLE_CHARS = 2_000  # of the title element; the longest of the gold pages has 319
META_NAMES = ("name", "property", "itemprop")
MAX_META_NAME_CHARS = 300  # 260


class Found(NamedTuple):
    """A field's value and its origin: a word of the record's `provenance`."""

    value: Any
    provenance: str


@dataclass(frozen=True)
class Metadata:
    """A page's statements about itself.

    Attributes:
        nodes: all JSON-LD nodes in document order, nested ones after their parents.
        article: the node that describes this page's article; empty when there is none.
        meta: meta elements' contents by lower-case name, property or itemprop, in document order.
        work: the node of the page as another work, such as WebPage or Recipe; empty when there is
            none.
        properties: microdata and RDFa of the page's own item by our names (`microdata.PROPERTIES`).
        title: the title element's text, "" for none.
        entry: the page's entry in a feed or news sitemap; None for neither.
        canonical: the canonical link, made absolute; None for none.
    """

    nodes: tuple[JsonNode, ...]
    article: JsonNode
    meta: Mapping[str, tuple[str, ...]]
    work: JsonNode = field(default_factory=dict)
    properties: Mapping[str, tuple[Property, ...]] = field(default_factory=dict)
    title: str = ""
    entry: EntryHint | None = None
    canonical: str | None = None

    def first_meta(self, *names: str) -> str | None:
        """Return the first content of the first of these names that the page has."""
        for name in names:
            if name in self.meta:
                return self.meta[name][0]

        return None

    @cached_property
    def by_type(self) -> Mapping[str, Sequence[JsonNode]]:
        """All nodes by the names of their types, each list in document order."""
        found: dict[str, list[JsonNode]] = {}
        for node in self.nodes:
            for name in types_of(node):
                found.setdefault(name, []).append(node)

        return found

    def stated(self, name: str) -> tuple[str, ...]:
        """Return the values of a property of the page's own item."""
        return tuple(each.value for each in self.properties.get(name, ()) if each.value)


def read_metadata(page: Page) -> Metadata:
    """Read the page's statements about itself; broken JSON that can't be mended is passed over."""
    nodes = tuple(iter_nodes(page.elements["script"]))
    canonical = canonical_link(page)
    own = frozenset(normalise_url(address) for address in (page.url, canonical) if address)
    title = _title_of(page.elements["title"])

    return Metadata(
        nodes=nodes,
        article=resolve_references(choose_node(nodes, ARTICLE_TYPES, own, title), nodes),
        meta=_read_meta(page.elements["meta"]),
        work=resolve_references(choose_node(nodes, WORK_TYPES, own, title), nodes),
        properties=read_properties(page.tree, page.html),
        title=title,
        entry=page.entry,
        canonical=canonical,
    )


def _title_of(titles: Sequence[HtmlElement]) -> str:
    """Return the text of the title element in the head, or of the first one.

    Drawings have titles.
    """
    in_head = next(filter(_is_in_head, titles), None)
    chosen = (in_head, *titles[:1])
    texts = (title.text for title in chosen if title is not None)
    text = next(filter(None, texts), "")
    return as_line(text[:MAX_TITLE_CHARS])


def _is_in_head(element: HtmlElement) -> bool:
    above = element.getparent()
    return above is not None and above.tag == "head"


def _read_meta(elements: Iterable[HtmlElement]) -> dict[str, tuple[str, ...]]:
    """Return the contents of meta elements by name, property and itemprop."""
    found: dict[str, list[str]] = {}
    for element in elements:
        content = _content_of(element)
        if not content:
            continue

        for name in filter(None, map(element.get, META_NAMES)):
            key = name[:MAX_META_NAME_CHARS].strip().lower()
            found.setdefault(key, []).append(content)

    return {name: tuple(contents) for name, contents in found.items()}


def _content_of(element: HtmlElement) -> str:
    """Return a meta element's content, "" for none.

    Some templates write a `value` in place of `content`, as the first documentation of Twitter's
    cards did.
    """
    written = element.get("content") or element.get("value") or ""
    return as_line(written)
