"""Names in elements that are named as the author's."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from lxml.etree import _Element

from newsspider.extraction.cutting.blocks import CutPage
from newsspider.extraction.fields.authors.agency_names import agency_named
from newsspider.extraction.fields.authors.author_links import (
    is_others,
    iter_near,
    linked_names,
    text_of,
)
from newsspider.extraction.fields.authors.byline_lines import (
    LABEL,
    MAX_BYLINE_CHARS,
    STROKES,
)
from newsspider.extraction.fields.authors.name_checks import (
    is_only_role,
    is_person,
)
from newsspider.extraction.fields.authors.names_beside_dates import (
    SECTION,
    is_credit,
)
from newsspider.extraction.fields.authors.person_names import clean_names
from newsspider.extraction.fields.authors.signatures import looks_like_person
from newsspider.extraction.fields.opening import is_inside_foreign, seen_element
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

# In lower case; an eighth of the other's time, and most names have none.
_MAY_BE_AUTHOR = re.compile(_AUTHOR_WORDS)

_NOT_AUTHOR = re.compile(
    r"(?i)bio(?![a-z])|biograph|avatar|image|photo|picture|thumb|title(?![a-z])|role|position|"
    r"job(?![a-z])|desc|brand|logo|topic|categor|alias|social|follow|twitter|e-?mail|date(?![a-z])|"
    r"time(?![a-z])|publish|share|read|count|review|edit(?:ed|or)-?by|fact"
)


@dataclass(frozen=True, slots=True)
class Byline:
    """Names in order, each with the address of its own page, "" for none.

    Attributes:
        addresses: (name, address) pairs.
        is_near: whether they are near the headline.
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


def author_nodes(page: CutPage, near: frozenset[int] | None) -> Iterator[int]:
    """Yield the small elements that are named as an author's; only in `near` blocks, if given."""
    nodes = page.nodes
    chosen = range(len(nodes.key)) if near is None else iter_near(page, near)
    small = (
        node for node in chosen if 0 < nodes.end[node] - nodes.first[node] <= MAX_AUTHOR_BLOCKS
    )
    named = (node for node in small if nodes.key[node] and _names_author(nodes.key[node]))
    return (node for node in named if seen_element(page, node) is not None)


@lru_cache(maxsize=8192)
def _names_author(key: str) -> bool:
    may_be = _MAY_BE_AUTHOR.search(key.lower()) is not None
    return may_be and _AUTHOR.search(key) is not None and not _NOT_AUTHOR.search(key)


def named_near(
    page: CutPage, nodes: list[int], publications: tuple[str, ...]
) -> list[tuple[str, str]]:
    """Return the names of the first author element that has some, and of those named like it.

    They have all of its classes, and maybe others: "author-box", "author-box expert".
    """
    found: list[tuple[str, str]] = []
    first: frozenset[str] = frozenset()

    for node in nodes:
        words = frozenset(page.nodes.key[node].split())
        if first <= words:
            names = list(_names_in(page, node, publications))
            if names and not first:
                first = words

            found += names

    return found


def _names_in(page: CutPage, node: int, publications: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the (name, address) pairs in an author element.

    They are those of its links, else those of its first line that has a name.
    """
    element = seen_element(page, node)
    if element is None or is_credit(page, node):
        return

    links, others = linked_names(element, publications)
    if links or others:
        yield from links
        return

    names = _in_card(element, publications) or _side_by_side(element, publications)
    if not names:
        names = _in_first_line(_lines_of(page, node, element), publications)

    for name in names:
        yield (name, "")


def _lines_of(page: CutPage, node: int, element: _Element) -> list[str]:
    """Return the lines of an author element, without labels such as the author's role."""
    first, end = page.nodes.first[node], page.nodes.end[node]
    if end - first == 1:
        return [text_of(element)]

    blocks = page.blocks[first:end]
    return [block.text for block in blocks if not _is_label(page, block.node, node)]


def _in_first_line(lines: Iterable[str], publications: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names in the first line that has some; none if they are of editors."""
    for line in lines:
        if len(line) > MAX_BYLINE_CHARS or LABEL.match(line) or is_only_role(line):
            continue

        if is_others(STROKES.split(line)[0]):
            return ()

        if names := clean_names(SECTION.split(line.split("\n")[0])[:1], publications):
            return names

    return ()


def _in_card(element: _Element, publications: tuple[str, ...]) -> tuple[str, ...]:
    """Return the name in an hCard: the text of the element in it that has the class fn.

    Source:
        microformats.org/wiki/hcard: "fn" is the formatted name.
    """
    named = filter(_is_formatted_name, islice(element.iter(), MAX_CARD_ELEMENTS))
    texts = (squash("".join(each.itertext())) for each in islice(named, 1))
    return clean_names(texts, publications)


def _is_formatted_name(element: _Element) -> bool:
    return "fn" in (element.get("class") or "").split()


def _side_by_side(element: _Element, publications: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names in neighbouring elements of one kind that have nothing but a name each."""
    children = list(islice(element, MAX_AUTHORS))
    texts = [squash("".join(child.itertext())) for child in children if not callable(child.tag)]
    are_alike = len({child.tag for child in children}) == 1 and len(texts) > 1
    if are_alike and all(looks_like_person(text, publications) for text in texts):
        return clean_names(texts, publications)

    return ()


def _is_label(page: CutPage, inner: int, node: int) -> bool:
    """Whether an element inside an author's is named as a brand, a topic, a role."""
    while inner > node:
        if page.nodes.key[inner] and _NOT_AUTHOR.search(page.nodes.key[inner]):
            return True

        inner = page.nodes.parent[inner]

    return False


def only_named(page: CutPage, nodes: list[int], publications: tuple[str, ...]) -> Byline | None:
    """Return the author that all elements outside of foreign parts name; None if they differ."""
    named: dict[tuple[str, ...], Byline] = {}
    for node in nodes:
        byline = (
            None
            if is_inside_foreign(page, node)
            else as_byline(list(_names_in(page, node, publications)))
        )
        if byline:
            named.setdefault(byline.names, byline)

    if len(named) == 1:
        return next(iter(named.values()))

    return None


def as_byline(found: list[tuple[str, str]]) -> Byline | None:
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
    are_small_letters = name.isascii() and name.isalpha() and name.islower()
    return are_small_letters and len(name) <= MAX_INITIALS and not agency_named(name)
