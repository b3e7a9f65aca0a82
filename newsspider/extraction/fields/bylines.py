"""The byline that the page shows: names near the headline, or the only author that the page names elsewhere."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml.html import HtmlElement

from newsspider.extraction.blocks import CutPage
from newsspider.extraction.fields.names import BY_WORDS, clean_names, is_name, is_role
from newsspider.extraction.fields.opening import Opening, is_foreign
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
    r"(?:(?<![A-Za-z])|(?<=[a-z])(?=[A-Z]))(?i:authors?|by-?line|by_line|writer|writers|contributor|contributors|autor|autores|autore|autorin|auteur|"
    r"journalist|reporter|redakteur|forfatter|skribent|yazar|penulis|kirjoittaja|creator|rel=author)(?![a-z])"
)
_NOT_AUTHOR = re.compile(
    r"(?i)bio(?![a-z])|biograph|avatar|image|photo|picture|thumb|title(?![a-z])|role|position|job|desc|social|follow|twitter|e-?mail|"
    r"date(?![a-z])|time(?![a-z])|publish|share|read|count|review|edit(?:ed|or)-?by|fact"
)
_AUTHOR_PATH = re.compile(
    r"/(?:authors?|autor(?:en|es|in)?|autori|autore|auteurs?|by|profiles?|people|persons?|writers?|contributors?|staff|team|journalists?|reporters?|"
    r"columnists?|redaktion|skribent|yazar|penulis|personas|firmas|signataires)/[^/?#]+",
    re.I,
)
_BY_LINE = re.compile(
    r"^(?:(?:written|posted|story|words|text|report|reported|article|published)\s+)?(?:by|von|par|por|door|av|af|oleh|автор|作者|文|מאת|بقلم|di|escrito por|"
    r"scritto da|a cura di|författare|autor(?:in)?|auteur|author)\b\s*(?:[:：]\s*|\s)(?=\S)",
    re.I,
)
_BY_INSIDE = re.compile(r"(?<=[\s|•·,\d])by:?\s+(?=[^\W\d_])")
_WRITTEN_BY = re.compile(
    r"^(?:(?:this |the )?(?:article |post |story |blog )?(?:was )?(?:written|authored|contributed|posted) by|verfasst von|geschrieben von|"
    r"rédigé par|écrit par|escrito por|scritto da|geschreven door|skrevet a[vf]|skriven av|ditulis oleh)\s*[:：]?\s*(?=\S)",
    re.I,
)
_LABEL = re.compile(r"^(?:" + "|".join(re.escape(word) for word in sorted(BY_WORDS, key=len, reverse=True)) + r")\s*[:：]?$", re.I)


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
        if key and _names_author(key) and 0 < nodes.end[node] - nodes.first[node] <= MAX_AUTHOR_BLOCKS:
            if not nodes.hidden[node]:
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
    element = page.nodes.element[node]
    links = []
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
        if len(line) <= MAX_BYLINE_CHARS and not _LABEL.match(line) and not is_role(line.split(",")[0]):
            if names := clean_names(_SECTION.split(line.split("\n")[0])[:1], publications):
                yield from ((name, "") for name in names)
                return


def _is_authors(link: HtmlElement, holder: HtmlElement) -> bool:
    """Whether a link leads to an author's page, or is the author element itself."""
    return link is holder or link.get("rel") == "author" or bool(_AUTHOR_PATH.search(link.get("href") or ""))


def _text_of(element: HtmlElement) -> str:
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
        if tag == "a" and page.nodes.first[node] in near and not page.nodes.hidden[node]:
            element = page.nodes.element[node]
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
            inside = _BY_INSIDE.split(text, maxsplit=1)
            said = text if label or _BY_LINE.match(text) else inside[-1] if len(inside) > 1 else _name_with_role(text)
            names = [name for name in clean_names(_SECTION.split(said)[:1], publications) if len(name) > 2 and not is_role(name)]
            if names:
                return _as_byline([(name, "") for name in names])
        label = bool(_LABEL.match(text)) and len(text) < MAX_LABEL_CHARS
    return None


def _name_with_role(text: str) -> str:
    """Return the name in "Ann Lee | Senior Writer | July 2", "" where no role follows."""
    parts = [part.strip() for part in _STROKES.split(text)]
    named = len(parts) > 1 and is_role(parts[1]) and 1 < len(parts[0].split()) < MAX_PERSON_WORDS and not is_role(parts[0])
    return parts[0] if named else ""


def _only_written(page: CutPage, publications: tuple[str, ...]) -> Byline | None:
    """Return whom the page's only "Written by" outside of foreign parts names."""
    named = {}
    for block in page.blocks:
        if len(block.text) <= MAX_BYLINE_CHARS and _WRITTEN_BY.match(block.text) and not block.hidden:
            if not _is_inside_foreign(page, block.node):
                byline = _as_byline([(name, "") for name in clean_names([block.text.split("\n")[0]], publications)])
                if byline:
                    named.setdefault(byline.names, byline)
    return next(iter(named.values())) if len(named) == 1 else None


def _only_named(page: CutPage, nodes: list[int], publications: tuple[str, ...]) -> Byline | None:
    """Return the author whom the page names outside of foreign parts, if all elements there name the same."""
    named = {}
    for node in nodes:
        if not _is_inside_foreign(page, node):
            if byline := _as_byline(list(_names_in(page, node, publications))):
                named.setdefault(byline.names, byline)
    return next(iter(named.values())) if len(named) == 1 else None


def _is_inside_foreign(page: CutPage, node: int) -> bool:
    while node >= 0 and page.nodes.end[node] - page.nodes.first[node] < len(page.blocks) / 2:
        if is_foreign(page, node):
            return True
        node = page.nodes.parent[node]
    return False


def _as_byline(found: list[tuple[str, str]]) -> Byline | None:
    """Return names each once, with the addresses that they have."""
    addresses: dict[str, str] = {}
    for name, address in found:
        addresses[name] = addresses.get(name) or address
    if not 0 < len(addresses) <= MAX_AUTHORS:
        return None
    return Byline(tuple(addresses), tuple(filter(None, addresses.values())))
