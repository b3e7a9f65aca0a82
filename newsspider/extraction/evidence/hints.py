"""The page's statements about its own article: titles, standfirst, JSON-LD body."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from newsspider.extraction.cutting.blocks import CutPage
from newsspider.extraction.declared.json_ld import as_list
from newsspider.extraction.declared.metadata import Metadata, types_of

# Besides h1: a live blog's JSON-LD has hundreds of headlines, and they head its entries
MAX_TITLES = 12
MAX_HEADINGS = 3  # h1 elements taken for titles; more of them head sections
TITLE_METAS = ("og:title", "twitter:title", "title", "dc.title")
DESCRIPTION_METAS = ("description", "og:description", "twitter:description", "dc.description")
_NOT_FREE = ("false", "0", "https://schema.org/false", "http://schema.org/false")
_SELECTED = re.compile(r"[.#]([\w-]+)\s*(?:,|$)")
_TAG = re.compile(r"<[^<>]{1,300}>")


@dataclass(frozen=True, slots=True)
class PageHints:
    """Titles, descriptions, authors, JSON-LD's articleBody ("" if none).

    `paid` are the classes and ids of the parts that JSON-LD declares as not free; `is_live`: it
    declares a live blog.
    """

    titles: tuple[str, ...]
    descriptions: tuple[str, ...]
    authors: tuple[str, ...]
    article_body: str
    paid: frozenset[str] = frozenset()
    is_live: bool = False


NO_HINTS = PageHints((), (), (), "")


def find_hints(metadata: Metadata, page: CutPage) -> PageHints:
    """Choose statements of the page about itself, and level-1 headings, that a block may repeat."""
    works = [node for node in metadata.nodes if "headline" in node]
    titles = [metadata.title, *_metas(metadata, TITLE_METAS), *(node["headline"] for node in works)]
    headings = [block.text for block in page.blocks if block.level == 1]

    descriptions: list[object] = []
    authors: list[object] = []
    bodies: list[str] = []
    parts: list[object] = []

    for node in works:
        descriptions += [node.get("description"), node.get("alternativeHeadline")]

    for node in metadata.nodes:
        authors += map(_name, as_list(node.get("author")))
        parts += as_list(node.get("hasPart"))
        if isinstance(body := node.get("articleBody"), str):
            bodies.append(_TAG.sub(" ", body))

    return PageHints(
        _distinct([*titles[:MAX_TITLES], *headings[:MAX_HEADINGS]]),
        _distinct([*_metas(metadata, DESCRIPTION_METAS), *descriptions]),
        _distinct([*_metas(metadata, ("author",)), *authors]),
        max(bodies, key=len, default=""),
        frozenset(chain.from_iterable(map(_paid_names, parts))),
        any("LiveBlogPosting" in types_of(node) for node in metadata.nodes),
    )


def _paid_names(part: object) -> list[str]:
    """Return the classes and ids that select a part of the page that isn't free."""
    if not isinstance(part, dict) or str(part.get("isAccessibleForFree")).lower() not in _NOT_FREE:
        return []

    names: list[str] = []
    for selector in as_list(part.get("cssSelector")):
        names += _SELECTED.findall(str(selector)[:500].lower())

    return names


def _metas(metadata: Metadata, names: Iterable[str]) -> list[str]:
    return [text for name in names for text in metadata.meta.get(name, ())]


def _name(author: object) -> object:
    if isinstance(author, dict):
        return author.get("name")

    return author


def _distinct(texts: Iterable[object]) -> tuple[str, ...]:
    cleaned = (" ".join(text.split()) for text in texts if isinstance(text, str))
    return tuple(dict.fromkeys(text for text in cleaned if text))
