"""Elements that state a date in an attribute: time, abbr, data, and named ones."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from newsspider.extraction.cutting.blocks import Block, Nodes
from newsspider.extraction.fields.dates.date_roles import LABEL_CHARS, names_date
from newsspider.extraction.fields.dates.written_dates import read_date
from newsspider.extraction.fields.dates.written_days import Reading
from newsspider.extraction.fields.opening import holder_of
from newsspider.text import squash

DATED_TAGS = frozenset("time abbr data time-ago relative-time local-time".split())
ATTRIBUTES = (
    "datetime", "title", "value", "data-datetime", "data-date", "data-time", "data-timestamp",
    "data-published", "data-utc", "data-original-title",
)  # fmt: skip
MAX_LEVELS = 4  # elements from a text up to a time element around it
MAX_OWN_LEVELS = 2  # up to another element that states the text's date


class DatedElement(NamedTuple):
    """A date that an element states in ISO 8601, its class names, and the text before it."""

    names: str
    label: str
    iso: str


def iter_dated_elements(block: Block, nodes: Nodes, reading: Reading) -> Iterator[DatedElement]:
    """Yield the dates that elements in or around a block state, in document order."""
    seen = set[etree._Element]()
    before = ""

    for piece in block.pieces:
        element, iso = None, None
        if _may_state_date(nodes, piece.node):
            element, iso = _statement(holder_of(piece), reading)

        if element is None:
            before += piece.text
        elif element not in seen:
            seen.add(element)
            names = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
            if iso:
                own = re.split(r"\d", _text_of(element), maxsplit=1)[0]
                yield DatedElement(names, squash(f"{before} {own}")[-LABEL_CHARS:], iso)

            before = ""


def _may_state_date(nodes: Nodes, node: int) -> bool:
    """Whether the tags and names around a text allow that an element states its date.

    They are known from the cut: most texts need no look at their elements.
    """
    for level in range(MAX_LEVELS):
        if node < 0:
            return False

        tag = nodes.tag[node]
        if tag == "time":
            return True

        if level < MAX_OWN_LEVELS and (tag in DATED_TAGS or names_date(nodes.key[node])):
            return True

        node = nodes.parent[node]

    return False


def _statement(
    element: etree._Element | None, reading: Reading
) -> tuple[etree._Element | None, str | None]:
    """Return the element around a text that states its date, and the date if it can be read."""
    for level in range(MAX_LEVELS):
        if element is None:
            break

        if element.tag == "time":
            return element, read_date(element.get("datetime"), reading) or read_date(
                _text_of(element), reading
            )

        if level < MAX_OWN_LEVELS and element.attrib and (iso := _stated_date(element, reading)):
            return element, iso

        element = element.getparent()

    return None, None


def _stated_date(element: etree._Element, reading: Reading) -> str | None:
    if element.tag not in DATED_TAGS and not names_date(element.get("class") or ""):
        return None

    values = (value for name in ATTRIBUTES if (value := element.get(name)) and value[-1:].isalnum())
    return next(filter(None, (read_date(value, reading) for value in values)), None)


def _text_of(element: etree._Element) -> str:
    return "".join(element.itertext())
