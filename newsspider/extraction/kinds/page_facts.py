"""The facts that decide a page's kind: its metadata, its words and their places."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from urllib.parse import unquote, urlsplit

import numpy as np
from numpy.typing import NDArray

from newsspider.extraction.cutting.blocks import Block
from newsspider.extraction.declared.metadata import (
    ARTICLE_TYPES,
    Found,
    JsonNode,
    Metadata,
    types_of,
)
from newsspider.extraction.kinds.matching import plain
from newsspider.extraction.stripping import Stripped
from newsspider.pages.page import Page
from newsspider.text import read_words, squash
from newsspider.urls import absolute_url, normalise_url

# Separators between a headline and a label or the site's name.
TITLE_PART = re.compile(r"\s+[|–—\-·•»«:]+\s+|\s*[|｜:：】\]]\s*|,\s")
# Of a page's visible text: walls and error pages identify themselves within so many
TEXT_CHARS = 6_000
FIRST_HEADINGS = 3  # of a page, that may be its label
# Attribute → its pattern: most pages have neither.
_ITEM_TYPES = {
    "itemtype=": re.compile(r"itemtype=[\"']?https?://(?:www\.)?schema\.org/(\w+)"),
    "typeof=": re.compile(r"typeof=[\"']?(?:schema:)?([A-Z]\w+)"),
}
_ADDRESSES = ("url", "@id", "mainEntityOfPage")
# Article nodes with addresses of their own that a page must have to be a list of them
LISTED_ARTICLES = 3


OF_BLOCKS = ("model", "wrapper")  # sources of a body that consists of the page's blocks

Flags = NDArray[np.bool_]
Words = NDArray[np.float64]


@dataclass(frozen=True)
class PageFacts:
    """The facts about a page for its kind; costly ones are read when first asked for.

    `found` has the record's fields by their names.
    """

    page: Page
    metadata: Metadata
    stripped: Stripped
    found: Mapping[str, Found] = field(default_factory=dict)

    @cached_property
    def blocks(self) -> list[Block]:
        """The page's blocks in document order."""
        return [verdict.block for verdict in self.stripped.verdicts]

    @cached_property
    def kept(self) -> Flags:
        """Which blocks are body."""
        return np.array([verdict.kept for verdict in self.stripped.verdicts], dtype=bool)

    @cached_property
    def told(self) -> Flags:
        """The blocks that show the page's subject: the body, or all visible ones without a body."""
        if self.kept.any():
            return self.kept

        return self.seen

    @cached_property
    def seen(self) -> Flags:
        """Which blocks a reader sees before any script has run."""
        return np.array([not block.hidden for block in self.blocks], dtype=bool)

    @cached_property
    def words(self) -> Words:
        """The words of each block."""
        evidence = self.stripped.evidence
        if evidence:
            return evidence.wording.words

        return np.zeros(0)

    @cached_property
    def prose(self) -> Words:
        """The words of each block that are in sentences."""
        evidence = self.stripped.evidence
        if evidence:
            return evidence.wording.prose

        return np.zeros(0)

    def steps_to(self, group: str) -> Words:
        """Return how many elements above each block have a name of a group of `name_groups`."""
        evidence = self.stripped.evidence
        if evidence:
            return evidence.column(f"in_{group}").astype(np.float64)

        return np.zeros(0)

    @cached_property
    def page_words(self) -> float:
        """The words that a reader sees."""
        return float(self.words[self.seen].sum())

    @cached_property
    def page_prose(self) -> float:
        """The words in sentences that a reader sees."""
        return float(self.prose[self.seen].sum())

    @cached_property
    def told_texts(self) -> list[str]:
        """The texts of the blocks that show the page's subject."""
        return [self.blocks[number].text for number in self.told.nonzero()[0].tolist()]

    @cached_property
    def kept_prose(self) -> float:
        """The words in sentences of the body."""
        return self._prose_of(self.kept)

    @cached_property
    def told_prose(self) -> float:
        """The words in sentences of the blocks that show the page's subject."""
        return self._prose_of(self.told)

    def _prose_of(self, chosen: Flags) -> float:
        if self.blocks:
            return float(self.prose[chosen].sum())

        return 0.0

    @cached_property
    def body_words(self) -> int:
        """The words of the body."""
        if self.stripped.source in OF_BLOCKS:
            return int(self.words[self.kept].sum())

        return len(read_words(self.stripped.body or ""))

    @cached_property
    def text(self) -> str:
        """The start of the visible text in lower case, typographic apostrophes made plain."""
        shown = (block.text for block in self.blocks if not block.hidden)
        return plain("\n".join(shown)[:TEXT_CHARS])

    @cached_property
    def unscripted(self) -> str:
        """The page's text for readers without scripts."""
        elements = self.page.elements["noscript"]
        texts = (squash(" ".join(element.itertext())) for element in elements)
        return plain(" ".join(texts)[:TEXT_CHARS])

    @cached_property
    def title(self) -> str:
        """The title element's text in lower case."""
        return plain(self.metadata.title)

    @cached_property
    def shown_headings(self) -> list[Block]:
        """The headings that a reader sees."""
        return [block for block in self.blocks if block.level and not block.hidden]

    @cached_property
    def main_heading(self) -> str:
        """The text of the first heading of the highest level, "" for none."""
        return next((block.text for block in self.shown_headings if block.level == 1), "")

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The parts of the title and the page's first headings, in lower case."""
        first = (plain(block.text) for block in self.shown_headings[:FIRST_HEADINGS])
        parts = chain.from_iterable(map(_parts_of_heading, (self.title, *first)))
        return tuple(dict.fromkeys(filter(None, map(str.strip, parts))))

    @cached_property
    def field_types(self) -> tuple[str, ...]:
        """The types of the fields in the page's forms, in lower case, "" for none."""
        fields = self.page.tree.iter("input", "select")
        return tuple((field.get("type") or "").lower() for field in fields)

    def iter_buttons(self, *, links: bool = True) -> Iterator[str]:
        """Yield the texts of the page's buttons, and of links if wanted: many look like buttons."""
        tags = ("button", "input", "a") if links else ("button", "input")
        for element in self.page.tree.iter(*tags):
            if element.tag == "input":
                yield element.get("value") or ""
            else:
                yield "".join(element.itertext())

    @cached_property
    def path(self) -> str:
        """The address's path and query in lower case, decoded."""
        parts = urlsplit(self.page.url or "")
        return unquote(f"{parts.path}?{parts.query}" if parts.query else parts.path).lower()

    @cached_property
    def types(self) -> frozenset[str]:
        """The schema.org types of all the page's JSON-LD."""
        return frozenset(self.metadata.by_type)

    @cached_property
    def item_types(self) -> frozenset[str]:
        """The schema.org types in the page's microdata and RDFa."""
        html = self.page.html
        patterns = (pattern for mark, pattern in _ITEM_TYPES.items() if mark in html)
        return frozenset(name for pattern in patterns for name in pattern.findall(html))

    @cached_property
    def og_type(self) -> str:
        """The declared og:type, in lower case."""
        return (self.metadata.first_meta("og:type") or "").lower()

    @cached_property
    def article(self) -> JsonNode:
        """The node that describes this page as one article; empty for none or for a list's."""
        node = self.metadata.article
        if node and self._is_of_list(node):
            return {}

        return node

    def _is_of_list(self, node: JsonNode) -> bool:
        """Whether a node is one of many articles, and not the page's own."""
        listed = sum(map(_is_article_elsewhere, self.metadata.nodes))
        return listed >= LISTED_ARTICLES and not self._is_own(node)

    @cached_property
    def declares_article(self) -> bool:
        """Whether the page says of itself that it is one article."""
        return bool(self.article or self.metadata.first_meta("article:published_time"))

    @cached_property
    def is_signed(self) -> bool:
        """Whether the page has a date of publication or an author."""
        return bool(self.found.get("published") or self.found.get("authors"))

    def _is_own(self, node: JsonNode) -> bool:
        """Whether a node has the page's own address."""
        own = normalise_url(self.page.url or "")
        written = filter(None, map(_address_of, map(node.get, _ADDRESSES)))
        addresses = (absolute_url(address, self.page.url) for address in written)
        return own in map(normalise_url, filter(None, addresses))


def _is_article_elsewhere(node: JsonNode) -> bool:
    """Whether a node is an article with an address of its own."""
    return bool(node.get("url")) and not ARTICLE_TYPES.isdisjoint(types_of(node))


def _address_of(value: object) -> str | None:
    """Return an address in a node, or that of the node in its place."""
    match value:
        case {"@id": str(address)} | str(address):
            return address
        case _:
            return None


def _parts_of_heading(text: str) -> tuple[str, ...]:
    """Return a heading, the parts between its separators, and the label before it."""
    return (text, *TITLE_PART.split(text), _first_word(text))


def _first_word(text: str) -> str:
    """Return the label before a headline: its first word where a full stop follows."""
    label, stop, _ = text.partition(". ")
    if stop and " " not in label:
        return label

    return ""
