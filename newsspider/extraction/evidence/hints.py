"""What the page says about its own article: titles, standfirst, JSON-LD body."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from newsspider.extraction.blocks import CutPage

MAX_TITLES = 12  # besides h1: a live blog's JSON-LD has hundreds of headlines, and they head its entries
MAX_JSON_CHARS = 2_000_000  # longer scripts are application state, not a description of the article
MAX_JSON_NODES = 20_000
_META = etree.XPath("//meta[@content and (@property or @name)]")
_JSON = etree.XPath('//script[@type="application/ld+json"]')
_TITLE = etree.XPath("//title")
TITLE_METAS = frozenset({"og:title", "twitter:title", "title", "dc.title"})
DESCRIPTION_METAS = frozenset({"description", "og:description", "twitter:description", "dc.description"})
_BARE_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # tabs and line breaks inside strings are taken as they are
_TAG = re.compile(r"<[^<>]{1,300}>")


@dataclass(frozen=True, slots=True)
class PageHints:
    """Titles (title, og:title, headline, h1), descriptions, authors as printed; JSON-LD's articleBody, "" if none."""

    titles: tuple[str, ...]
    descriptions: tuple[str, ...]
    authors: tuple[str, ...]
    article_body: str


def find_hints(tree: etree._Element, page: CutPage) -> PageHints:
    """Read the page's own statements from title, meta, h1 and JSON-LD."""
    titles = [element.text or "" for element in _TITLE(tree)[:2]]
    descriptions, authors, bodies = [], [], [""]
    for element in _META(tree):
        name = (element.get("property") or element.get("name") or "").lower()
        if name in TITLE_METAS:
            titles.append(element.get("content") or "")
        elif name in DESCRIPTION_METAS:
            descriptions.append(element.get("content") or "")
        elif name == "author":
            authors.append(element.get("content") or "")
    for item in iter_json_ld(tree):
        titles.append(_text(item.get("headline")))
        descriptions += (
            [_text(item.get("description")), _text(item.get("alternativeHeadline"))] if "headline" in item else []
        )
        bodies.append(_TAG.sub(" ", _text(item.get("articleBody"))))
        authors += [_text(name) for name in _names(item.get("author"))]
    titles[MAX_TITLES:] = [block.text for block in page.blocks if block.level == 1][:3]
    return PageHints(_distinct(titles), _distinct(descriptions), _distinct(authors), max(bodies, key=len))


def iter_json_ld(tree: etree._Element) -> Iterator[dict[str, Any]]:
    """Yield every object of the page's JSON-LD scripts, nested ones too, breadth first."""
    for script in _JSON(tree):
        text = script.text or ""
        if len(text) > MAX_JSON_CHARS or (
            '"headline"' not in text and '"articleBody"' not in text and '"author"' not in text
        ):
            continue
        try:
            waiting = [json.loads(_BARE_CONTROL.sub(" ", text), strict=False)]
        except (ValueError, RecursionError):
            continue
        for seen in range(MAX_JSON_NODES):
            if seen >= len(waiting):
                break
            item = waiting[seen]
            if isinstance(item, dict):
                yield item
                waiting.extend(value for value in item.values() if isinstance(value, dict | list))
            elif isinstance(item, list):
                waiting.extend(item)


def _names(author: object) -> list[object]:
    entries = author if isinstance(author, list) else [author]
    return [entry.get("name") if isinstance(entry, dict) else entry for entry in entries]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _distinct(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cleaned for text in texts if (cleaned := " ".join(text.split()))))
