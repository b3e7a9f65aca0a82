"""What a page says about itself for machines: JSON-LD and meta elements, read once."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from lxml.html import HtmlElement

from newsspider.page import Page
from newsspider.text import squash
from newsspider.urls import is_web_url, normalise_url

ARTICLE_TYPES = frozenset(
    """Article NewsArticle ReportageNewsArticle AnalysisNewsArticle AskPublicNewsArticle BackgroundNewsArticle
    OpinionNewsArticle ReviewNewsArticle AdvertiserContentArticle SatiricalArticle BlogPosting LiveBlogPosting
    ScholarlyArticle TechArticle Report Review SocialMediaPosting""".split()
)
_CDATA = re.compile(r"^\s*(?://)?\s*(?:<!\[CDATA\[|<!--)|(?://)?\s*(?:\]\]>|-->)\s*;?\s*$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, from a broken escape: no store takes it
MAX_NODES = 5_000  # nodes read from one page's JSON-LD; real pages stay under 300

JsonNode = dict[str, Any]


class Found(NamedTuple):
    """A field's value and where it came from: `json-ld`, `meta`, `markup`, `url` or `text`."""

    value: Any
    provenance: str


@dataclass(frozen=True)
class Sources:
    """A page's statements about itself.

    Attributes:
        nodes: all JSON-LD nodes in document order, nested ones after their parents.
        article: the node that describes this page's article; empty when there is none.
        meta: meta elements' contents by lower-case name, property or itemprop, in document order.
    """

    nodes: tuple[JsonNode, ...]
    article: JsonNode
    meta: Mapping[str, tuple[str, ...]]

    def first_meta(self, *names: str) -> str | None:
        """Return the first content of the first of these names that the page has."""
        return next((self.meta[name][0] for name in names if name in self.meta), None)


def read_sources(page: Page) -> Sources:
    """Read the page's JSON-LD and meta elements; broken JSON that can't be mended is passed over."""
    nodes = tuple(_iter_nodes(page.tree))
    article = _resolve_references(_choose_article(nodes, page.url), nodes)
    return Sources(nodes, article, _read_meta(page.tree))


def types_of(node: JsonNode) -> frozenset[str]:
    """Return a node's schema.org types without their vocabulary's address."""
    return frozenset(str(name).rsplit("/", 1)[-1].rsplit(":", 1)[-1] for name in as_list(node.get("@type")))


def as_list(value: object) -> list[Any]:
    """Return JSON-LD's one-or-many as a list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def as_text(value: object) -> str | None:
    """Return a JSON-LD value's text, entities resolved: itself, its name or its first member's; None for none."""
    match value:
        case str():
            return squash(_SURROGATE.sub("\ufffd", html.unescape(value))) or None
        case {"name": named} | {"@value": named} | {"url": named} | {"@id": named}:
            return as_text(named)
        case [first, *_]:
            return as_text(first)
        case _:
            return None


def _iter_nodes(tree: HtmlElement) -> Iterator[JsonNode]:
    """Yield every object of the page's JSON-LD that has a type, parents first."""
    pending: list[Any] = []
    for script in tree.xpath("//script[contains(translate(@type, 'LDJSON', 'ldjson'), 'ld+json')]"):
        pending.append(_decode_json(script.text or ""))
    seen = 0
    while pending and seen < MAX_NODES:
        value = pending.pop(0)
        if isinstance(value, list):
            pending[:0] = value
        elif isinstance(value, dict):
            seen += 1
            if "@type" in value:
                yield value
            pending[:0] = [child for child in value.values() if isinstance(child, dict | list)]


def _decode_json(text: str) -> Any:
    """Return the decoded JSON, mended where that is unambiguous: comments around it, control characters, commas."""
    bare = _CDATA.sub("", _CDATA.sub("", text)).strip()
    for candidate in (bare, _TRAILING_COMMA.sub(r"\1", bare), html.unescape(bare)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _choose_article(nodes: tuple[JsonNode, ...], url: str | None) -> JsonNode:
    """Return the article node of this page and not of a teaser: the one with its address, else the fullest."""
    articles = [node for node in nodes if types_of(node) & ARTICLE_TYPES]
    if url:
        own = normalise_url(url)
        for node in articles:
            if any(own == normalise_url(address) for address in _addresses(node)):
                return node
    return max(articles, key=_fullness, default={})


def _resolve_references(node: JsonNode, nodes: tuple[JsonNode, ...]) -> JsonNode:
    """Return the node with the nodes that it names only by their `@id` put in their places."""
    named = {each["@id"]: each for each in nodes if isinstance(each.get("@id"), str) and "name" in each}

    def resolve(value: Any) -> Any:
        if isinstance(value, list):
            return [resolve(member) for member in value]
        return named.get(value["@id"], value) if isinstance(value, dict) and set(value) == {"@id"} else value

    return {name: resolve(value) for name, value in node.items()}


def _addresses(node: JsonNode) -> Iterator[str]:
    """Yield the addresses a node gives for itself."""
    for name in ("url", "@id", "mainEntityOfPage"):
        for value in as_list(node.get(name)):
            address = value.get("@id") or value.get("url") if isinstance(value, dict) else value
            if isinstance(address, str) and is_web_url(address) and not _SURROGATE.search(address):
                yield address


def _fullness(node: JsonNode) -> int:
    """Count what a full article node has and a teaser's lacks."""
    return sum(
        name in node for name in ("headline", "datePublished", "author", "articleBody", "publisher", "mainEntityOfPage")
    )


def _read_meta(tree: HtmlElement) -> dict[str, tuple[str, ...]]:
    """Return the contents of meta elements by name, property and itemprop."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = squash(element.get("content") or "")
        for attribute in ("name", "property", "itemprop"):
            if content and (name := element.get(attribute)):
                found.setdefault(name.strip().lower(), []).append(content)
    return {name: tuple(contents) for name, contents in found.items()}
