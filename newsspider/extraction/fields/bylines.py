"""The byline that the page shows: names near the headline, or the only author that the page names elsewhere."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml.etree import _Element

from newsspider.extraction.blocks import CutPage
from newsspider.extraction.fields.byline_words import BY_LABELS, BY_WORDS, any_of
from newsspider.extraction.fields.names import clean_names, is_name, is_role
from newsspider.extraction.fields.opening import Opening, is_inside_foreign, seen_element
from newsspider.text import squash

MAX_AUTHOR_BLOCKS = 8  # an element that holds more is the article or a box of posts
MAX_BYLINE_CHARS = 140
MAX_AUTHORS = 12
MAX_LABEL_CHARS = 20
_SECTION = re.compile(r",?\s+(?:in|on)\s+")  # "Ann Lee in Travel", "Ann Lee on Tuesday"
MAX_PERSON_WORDS = 5
_STROKES = re.compile(r"\s*[|•·]\s*|\s+[–—-]\s+|,\s+")
# Names of elements that hold an author, and of those beside it that hold none.
_AUTHOR = re.compile(
    r"(?:(?<![A-Za-z])|(?<=[a-z])(?=[A-Z]))(?i:authors?|by[-_]?line|writers?|contributors?|autor|autores|"
    r"autore|autorin|auteur|journalist|reporter|redakteur|forfatter|skribent|yazar|penulis|kirjoittaja|creator|rel=author)(?![a-z])"
)
_NOT_AUTHOR = re.compile(
    r"(?i)bio(?![a-z])|biograph|avatar|image|photo|picture|thumb|title(?![a-z])|role|position|job|desc|social|follow|"
    r"twitter|e-?mail|date(?![a-z])|time(?![a-z])|publish|share|read|count|review|edit(?:ed|or)-?by|fact"
)
_AUTHOR_PATH = re.compile(
    r"/(?:authors?|autor(?:en|es|in)?|autori|autore|auteurs?|by|profiles?|people|persons?|writers?|contributors?|"
    r"staff|team|journalists?|reporters?|columnists?|redaktion|skribent|yazar|penulis|personas|firmas|signataires)/[^/?#]+",
    re.I,
)
_BY_LINE = re.compile(
    r"^(?:(?:written|posted|story|words|text|report|reported|article|published)\s+)?"
    r"(?:by|von|par|por|door|av|af|oleh|автор|作者|文|מאת|بقلم|di|escrito por|"
    r"scritto da|a cura di|författare|autor(?:in)?|auteur|author)\b\s*(?:[:：]\s*|\s)(?=\S)",
    re.I,
)
_BY_INSIDE = re.compile(r"(?<=[\s|•·,\d])by:?\s+(?=[^\W\d_])")
_WRITTEN_BY = re.compile(
    r"^(?:(?:this |the )?(?:article |post |story |blog )?(?:was )?(?:written|authored|contributed|posted) by|"
    r"verfasst von|geschrieben von|rédigé par|écrit par|escrito por|scritto da|geschreven door|skrevet a[vf]|"
    r"skriven av|ditulis oleh)\s*[:：]?\s*(?=\S)",
    re.I,
)
_LABEL = re.compile(rf"^(?:{any_of((*BY_WORDS, *BY_LABELS))})\s*[:：]?$", re.I)


@dataclass(frozen=True, slots=True)
class Byline:
    """The names in order, and the addresses of their own pages where they are links."""

    names: tuple[str, ...]
    urls: tuple[str, ...]


def find_byline(opening: Opening, outlets: Iterable[str]) -> Byline | None:
    """Return the page's byline; None for none.

    Near the headline: elements named as the author's, links to authors' pages, lines that begin with "By". Elsewhere,
    outside comments, teasers and such: the only author that an element names.
    """
    page, publications = opening.page, tuple(outlets)
    near = frozenset(line.block.number for line in opening.lines)
    nodes = list(_author_nodes(page))
    return (
        _named_near(page, [node for node in nodes if page.nodes.first[node] in near], publications)
        or _linked_near(page, near, publications)
        or _written_near(opening, publications)
        or _only_named(page, nodes, publications)
        or _only_written(page, publications)
    )


def _author_nodes(page: CutPage) -> Iterator[int]:
    """Yield the elements that are named as an author's, and hold few blocks."""
    nodes = page.nodes
    for node, key in enumerate(nodes.key):
        small = 0 < nodes.end[node] - nodes.first[node] <= MAX_AUTHOR_BLOCKS
        if small and key and _names_author(key) and seen_element(page, node) is not None:
            yield node


@lru_cache(maxsize=8192)
def _names_author(key: str) -> bool:
    return bool(_AUTHOR.search(key)) and not _NOT_AUTHOR.search(key)


def _named_near(page: CutPage, nodes: list[int], publications: tuple[str, ...]) -> Byline | None:
    """Return the names of the first author element that has some, and of those named like it."""
    found: list[tuple[str, str]] = []
    key = None
    for node in nodes:
        if key is None or page.nodes.key[node] == key:
            names = list(_names_in(page, node, publications))
            if names and key is None:
                key = page.nodes.key[node]
            found += names
    return _as_byline(found)


def _names_in(page: CutPage, node: int, publications: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the (name, address) pairs in an author element: of its links, else of its first line that has a name."""
    element = seen_element(page, node)
    links = []
    if element is None:
        return
    for link in [element] if element.tag == "a" else element.iter("a"):
        text, href = _text_of(link), link.get("href") or ""
        if text and len(text) <= MAX_BYLINE_CHARS and not is_role(text) and _is_authors(link, element):
            links += [(name, href) for name in clean_names([text], publications)]
    if links:
        yield from links
        return
    first, end = page.nodes.first[node], page.nodes.end[node]
    lines = [block.text for block in page.blocks[first:end]]
    if end - first == 1:
        lines = [_text_of(element)]
    for line in lines:
        if len(line) > MAX_BYLINE_CHARS or _LABEL.match(line) or is_role(_STROKES.split(line)[0]):
            continue
        if names := clean_names(_SECTION.split(line.split("\n")[0])[:1], publications):
            yield from ((name, "") for name in names)
            return


def _is_authors(link: _Element, holder: _Element) -> bool:
    """Whether a link leads to an author's page, or is the author element itself."""
    return link is holder or link.get("rel") == "author" or bool(_AUTHOR_PATH.search(link.get("href") or ""))


def _text_of(element: _Element) -> str:
    """Return an element's text, a stroke where two elements meet without a blank: a name and what follows it."""
    text = ""
    for piece in element.itertext():
        meets = text[-1:].isalnum() and piece[:1].isupper()
        text += (" | " if meets else "") + piece
    return squash(text)


def _linked_near(page: CutPage, near: frozenset[int], publications: tuple[str, ...]) -> Byline | None:
    """Return the names that link to an author's page near the headline."""
    found = []
    for node, tag in enumerate(page.nodes.tag):
        element = seen_element(page, node) if tag == "a" and page.nodes.first[node] in near else None
        if element is not None:
            href = element.get("href") or ""
            text = _text_of(element)
            if _AUTHOR_PATH.search(href) and len(text.split()) > 1 and is_name(text) and not is_role(text):
                found += [(name, href) for name in clean_names([text], publications)]
    return _as_byline(found)


def _written_near(opening: Opening, publications: tuple[str, ...]) -> Byline | None:
    """Return the names in the first short line near the headline that begins with "By", or has a role behind a name."""
    label = False
    for line in opening.lines:
        text = line.block.text.split("\n")[0]
        if len(text) <= MAX_BYLINE_CHARS:
            said = text if label else _said_in(text)
            names = [
                name
                for name in clean_names(_SECTION.split(said)[:1], publications)
                if len(name) > 2 and not is_role(name)
            ]
            if names:
                return _as_byline([(name, "") for name in names])
        label = bool(_LABEL.match(text)) and len(text) < MAX_LABEL_CHARS
    return None


def _said_in(text: str) -> str:
    """Return the part of a line that says who wrote, "" for none."""
    for part in _STROKES.split(text):
        if _BY_LINE.match(part):
            return text[text.index(part) :]
    inside = _BY_INSIDE.split(text, maxsplit=1)
    return inside[1] if len(inside) > 1 else _name_with_role(text)


def _name_with_role(text: str) -> str:
    """Return the name in "Ann Lee | Senior Writer | July 2", "" where no role follows."""
    parts = [part.strip() for part in _STROKES.split(text)]
    named = (
        len(parts) > 1 and is_role(parts[1]) and 1 < len(parts[0].split()) < MAX_PERSON_WORDS and not is_role(parts[0])
    )
    return parts[0] if named else ""


def _only_written(page: CutPage, publications: tuple[str, ...]) -> Byline | None:
    """Return whom the page's only "Written by" outside of foreign parts names."""
    named: dict[tuple[str, ...], Byline] = {}
    for block in page.blocks:
        said = len(block.text) <= MAX_BYLINE_CHARS and _WRITTEN_BY.match(block.text) and not block.hidden
        if not said or is_inside_foreign(page, block.node):
            continue
        if byline := _as_byline([(name, "") for name in clean_names([block.text.split("\n")[0]], publications)]):
            named.setdefault(byline.names, byline)
    return next(iter(named.values())) if len(named) == 1 else None


def _only_named(page: CutPage, nodes: list[int], publications: tuple[str, ...]) -> Byline | None:
    """Return the author whom the page names outside of foreign parts, if all elements there name the same."""
    named: dict[tuple[str, ...], Byline] = {}
    for node in nodes:
        byline = None if is_inside_foreign(page, node) else _as_byline(list(_names_in(page, node, publications)))
        if byline:
            named.setdefault(byline.names, byline)
    return next(iter(named.values())) if len(named) == 1 else None


def _as_byline(found: list[tuple[str, str]]) -> Byline | None:
    """Return names each once, with the addresses that they have."""
    addresses: dict[str, str] = {}
    for name, address in found:
        addresses[name] = addresses.get(name) or address
    if not 0 < len(addresses) <= MAX_AUTHORS:
        return None
    return Byline(tuple(addresses), tuple(filter(None, addresses.values())))
