"""The byline that the page shows: names near the headline, or the only author that the page names elsewhere."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from lxml.etree import _Element

from newsspider.extraction.cutting.blocks import CutPage
from newsspider.extraction.fields.authors.agency_names import agency_named
from newsspider.extraction.fields.authors.byline_lines import (
    AUTHOR_PATH,
    LABEL,
    MAX_BYLINE_CHARS,
    SECTION,
    STROKES,
    is_credit,
    looks_like_person,
    names_beside_date,
    names_written_near,
    only_names_written,
    signed_names,
)
from newsspider.extraction.fields.authors.person_names import (
    clean_names,
    is_name,
    is_only_role,
    is_outlet,
    is_person,
    is_role,
)
from newsspider.extraction.fields.opening import Opening, is_inside_foreign, seen_element
from newsspider.text import squash

MAX_AUTHOR_BLOCKS = 8  # an element that holds more is the article or a box of posts
MAX_AUTHORS = 12
MAX_INITIALS = 4
MAX_CARD_ELEMENTS = 20  # in an author's element, among which its card's name is
# Names of elements that hold an author, and of those beside it that hold none.
_AUTHOR_WORDS = (
    r"authors?|by[-_]?line|writers?|contributors?|autor|autores|autore|autorin|auteur|journalist|"
    r"reporter|redakteur|forfatter|skribent|yazar|penulis|kirjoittaja|creator|rel=author"
)
_AUTHOR = re.compile(rf"(?:(?<![A-Za-z])|(?<=[a-z])(?=[A-Z]))(?i:{_AUTHOR_WORDS})(?![a-z])")
_MAY_BE_AUTHOR = re.compile(
    _AUTHOR_WORDS
)  # in lower case; an eighth of the other's time, and most names have none
_NOT_AUTHOR = re.compile(
    r"(?i)bio(?![a-z])|biograph|avatar|image|photo|picture|thumb|title(?![a-z])|role|position|"
    r"job(?![a-z])|desc|brand|logo|topic|categor|alias|social|follow|twitter|e-?mail|date(?![a-z])|"
    r"time(?![a-z])|publish|share|read|count|review|edit(?:ed|or)-?by|fact"
)
# What comes before the names of those who did something else than write.
_OTHERS_WORK = re.compile(
    r"(?:\b(?:edited|reviewed|checked|photograph(?:s|ed|y)?|photos?|pictures?|illustrat\w+|"
    r"translated|produced|curated|approved|verified|tested) by|\bcontributions? (?:from|by)|"
    r"\b(?:editor|reviewer|fotos?|photos?|bilder?|redigiert von|geprüft von|übersetzt von)\s*:)",
    re.I,
)
_WORK = re.compile(r"\b(?:by|von|par|por|text)\b", re.I)
_AND = re.compile(r"\b(?:and|und|et|y)\b", re.I)
_LETTERS = re.compile(r"[^\W\d_]")
MAX_LEAD_CHARS = 60  # before a link, in which these stand
MAX_LEAD_STEPS = 6  # elements before and around it


@dataclass(frozen=True, slots=True)
class Byline:
    """Names in order, each with the address of its own page, "" for none.

    Attributes:
        addresses: (name, address) pairs.
        is_near: whether they stand near the headline.
        is_one_line: whether one line near the headline has them all.
        is_bare: whether they are known by their place only: beside the date, below the text.
    """

    addresses: tuple[tuple[str, str], ...]
    is_near: bool = False
    is_one_line: bool = False
    is_bare: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names in order."""
        return tuple(name for name, _ in self.addresses)


def find_byline(
    opening: Opening, outlets: Iterable[str], *, near_only: bool = False
) -> Byline | None:
    """Return the page's byline; None for none.

    Near the headline: elements named as the author's, links to authors' pages, lines that begin
    with "By", a name beside the date. Elsewhere, outside comments, teasers and such: the only
    author that an element or a line names, and the signature at the end.
    """
    page, publications = opening.page, tuple(outlets)
    near = frozenset(line.block.number for line in opening.lines)
    nodes = list(_author_nodes(page, near if near_only else None))
    found = (
        _named_near(page, [node for node in nodes if page.nodes.first[node] in near], publications)
        or _linked_near(page, near, publications)
        or _without_addresses(names_written_near(opening, publications))
    )
    byline = None

    if found:
        byline = _as_byline(found)

    if byline and (near_only or not _names_outlets(byline, publications)):
        return replace(byline, is_near=True, is_one_line=_is_one_line(opening, byline.names))

    if beside := _as_byline(_without_addresses(names_beside_date(opening, publications))):
        return replace(beside, is_near=True, is_bare=True)

    if near_only:
        return None

    named = _only_named(page, nodes, publications)
    if named and not _names_outlets(named, publications):
        return named

    if elsewhere := _as_byline(_without_addresses(only_names_written(page, publications))) or named:
        return elsewhere

    signed = _as_byline(_without_addresses(signed_names(opening, publications)))
    if signed:
        return replace(signed, is_bare=True)

    return byline and replace(byline, is_near=True)


def _names_outlets(byline: Byline, publications: tuple[str, ...]) -> bool:
    """Whether a byline names nobody but the publication."""
    return all(is_outlet(name, publications) for name in byline.names)


def _without_addresses(names: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(name, "") for name in names]


def _is_one_line(opening: Opening, names: tuple[str, ...]) -> bool:
    """Whether a line near the headline has all these names."""
    lines = (line.block.text.split("\n")[0] for line in opening.lines)
    return any(
        all(name in line for name in names) for line in lines if len(line) <= 2 * MAX_BYLINE_CHARS
    )


def _author_nodes(page: CutPage, near: frozenset[int] | None) -> Iterator[int]:
    """Yield the elements that are named as an author's and hold few blocks; only those near, if that is given."""
    nodes = page.nodes
    for node in range(len(nodes.key)) if near is None else _iter_near(page, near):
        key = nodes.key[node]
        small = 0 < nodes.end[node] - nodes.first[node] <= MAX_AUTHOR_BLOCKS
        if small and _names_author(key) and seen_element(page, node) is not None:
            yield node


def _iter_near(page: CutPage, near: frozenset[int]) -> Iterator[int]:
    """Yield the elements that begin in these blocks; elements are in the order of their first blocks."""
    firsts = page.nodes.first
    start, end = (
        (bisect_left(firsts, min(near)), bisect_right(firsts, max(near))) if near else (0, 0)
    )

    for node in range(start, end):
        if firsts[node] in near:
            yield node


@lru_cache(maxsize=8192)
def _names_author(key: str) -> bool:
    may_be = _MAY_BE_AUTHOR.search(key.lower()) is not None
    return may_be and _AUTHOR.search(key) is not None and not _NOT_AUTHOR.search(key)


def _named_near(
    page: CutPage, nodes: list[int], publications: tuple[str, ...]
) -> list[tuple[str, str]]:
    """Return the names of the first author element that has some, and of those named like it."""
    found: list[tuple[str, str]] = []
    key = None

    for node in nodes:
        if key is None or page.nodes.key[node] == key:
            names = list(_names_in(page, node, publications))
            if names and key is None:
                key = page.nodes.key[node]

            found += names

    return found


def _names_in(page: CutPage, node: int, publications: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the (name, address) pairs in an author element: of its links, else of its first line that has a name."""
    element = seen_element(page, node)
    if element is None or is_credit(page, node):
        return

    links, others = _linked_names(element, publications)
    if links or others:
        yield from links
        return

    if names := _in_card(element, publications) or _side_by_side(element, publications):
        for name in names:
            yield (name, "")

        return

    first, end = page.nodes.first[node], page.nodes.end[node]
    lines = [
        block.text for block in page.blocks[first:end] if not _is_label(page, block.node, node)
    ]
    if end - first == 1:
        lines = [_text_of(element)]

    for line in lines:
        if len(line) > MAX_BYLINE_CHARS or LABEL.match(line) or is_only_role(line):
            continue

        if _is_others(STROKES.split(line)[0]):
            return

        if names := clean_names(SECTION.split(line.split("\n")[0])[:1], publications):
            for name in names:
                yield (name, "")

            return


def _in_card(element: _Element, publications: tuple[str, ...]) -> tuple[str, ...]:
    """Return the name in an hCard: the text of the element in it that has the class fn.

    Source:
        microformats.org/wiki/hcard: "fn" is the formatted name.
    """
    named = (
        each
        for each in islice(element.iter(), MAX_CARD_ELEMENTS)
        if "fn" in (each.get("class") or "").split()
    )
    return clean_names(
        [squash("".join(each.itertext())) for each in islice(named, 1)], publications
    )


def _side_by_side(element: _Element, publications: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names that elements of one kind hold next to each other, nothing but a name in each."""
    children = list(islice(element, MAX_AUTHORS))
    texts = [squash("".join(child.itertext())) for child in children if not callable(child.tag)]
    alike = len({child.tag for child in children}) == 1 and len(texts) > 1

    if alike and all(looks_like_person(t, publications) for t in texts):
        return clean_names(texts, publications)

    return ()


def _is_label(page: CutPage, inner: int, node: int) -> bool:
    """Whether an element inside an author's is named as something else than the name: a brand, a topic, a role."""
    while inner > node:
        if page.nodes.key[inner] and _NOT_AUTHOR.search(page.nodes.key[inner]):
            return True

        inner = page.nodes.parent[inner]

    return False


def _linked_names(
    element: _Element, publications: tuple[str, ...]
) -> tuple[list[tuple[str, str]], bool]:
    """Return the names of an element's links to authors, and whether there are others': editors', reviewers'."""
    links: list[tuple[str, str]] = []
    others = any_others = False

    for link in [element] if element.tag == "a" else element.iter("a"):
        text, href = _text_of(link), link.get("href") or ""
        if (
            not text
            or len(text) > MAX_BYLINE_CHARS
            or is_only_role(text)
            or not _is_authors(link, element)
        ):
            continue

        lead = _lead_of(link, element)
        if _is_others(lead) or (others and not _LETTERS.search(_AND.sub("", lead))):
            others = any_others = True
        else:
            others = False
            links += [(name, href) for name in clean_names([text], publications)]

    return links, any_others


def _is_others(lead: str) -> bool:
    """Whether the text before a name says that its bearer did something else than write."""
    near = lead[-MAX_BYLINE_CHARS:]
    ends = [found.end() for found in _OTHERS_WORK.finditer(near)]

    return bool(ends) and not _WORK.search(near, ends[-1])


def _lead_of(link: _Element, holder: _Element | None) -> str:
    """Return the end of the text before a link, up to the link before it or the element that holds both."""
    lead = ""
    for _ in range(MAX_LEAD_STEPS):
        if link is holder or len(lead) >= MAX_LEAD_CHARS:
            break

        before, above = link.getprevious(), link.getparent()
        if before is not None:
            lead = (before.tail or "") + lead
            if before.tag == "a" or next(before.iter("a"), None) is not None:
                break

            lead = ("" if callable(before.tag) else "".join(before.itertext())) + lead
            link = before
        elif above is not None:
            lead = (above.text or "") + " " + lead
            link = above
        else:
            break

    return lead[-MAX_LEAD_CHARS:]


def _is_authors(link: _Element, holder: _Element) -> bool:
    """Whether a link leads to an author's page, or is the author element itself."""
    return (
        link is holder
        or link.get("rel") == "author"
        or bool(AUTHOR_PATH.search(link.get("href") or ""))
    )


def _text_of(element: _Element) -> str:
    """Return an element's text, a stroke where two elements meet without a blank: a name and what follows it."""
    text = ""
    for piece in element.itertext():
        meets = text[-1:].isalnum() and piece[:1].isupper()
        text += (" | " if meets else "") + piece

    return squash(text)


def _linked_near(
    page: CutPage, near: frozenset[int], publications: tuple[str, ...]
) -> list[tuple[str, str]]:
    """Return the names that link to an author's page near the headline."""
    found = []
    for node in _iter_near(page, near):
        element = None
        if page.nodes.tag[node] == "a":
            element = seen_element(page, node)

        if element is not None:
            href = element.get("href") or ""
            text = _text_of(element)
            named = (
                AUTHOR_PATH.search(href)
                and len(text.split()) > 1
                and is_name(text)
                and not is_role(text)
            )
            lead = ""

            if named:
                lead = (
                    page.blocks[page.nodes.first[node]].text[:MAX_BYLINE_CHARS].partition(text)[0]
                )

            if named and not _is_others(lead) and not _is_others(_lead_of(element, None)):
                found += [(name, href) for name in clean_names([text], publications)]

    return found


def _only_named(page: CutPage, nodes: list[int], publications: tuple[str, ...]) -> Byline | None:
    """Return the author whom the page names outside of foreign parts, if all elements there name the same."""
    named: dict[tuple[str, ...], Byline] = {}
    for node in nodes:
        byline = (
            None
            if is_inside_foreign(page, node)
            else _as_byline(list(_names_in(page, node, publications)))
        )
        if byline:
            named.setdefault(byline.names, byline)

    if len(named) == 1:
        return next(iter(named.values()))

    return None


def _as_byline(found: list[tuple[str, str]]) -> Byline | None:
    """Return names each once, with the addresses that they have."""
    addresses: dict[str, str] = {}
    for name, address in found:
        addresses[name] = addresses.get(name) or address

    if any(map(is_person, addresses)):
        addresses = {
            name: address for name, address in addresses.items() if not _are_initials(name)
        }

    if 0 < len(addresses) <= MAX_AUTHORS:
        return Byline(tuple(addresses.items()))

    return None


def _are_initials(name: str) -> bool:
    """Whether a name is the small letters with which an editor signs beside the writer."""
    return (
        name.isalpha()
        and name.islower()
        and name.isascii()
        and len(name) <= MAX_INITIALS
        and not agency_named(name)
    )
