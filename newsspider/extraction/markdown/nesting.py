"""Find the lists, quotes and tables around each block: the outline that Markdown shows."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from lxml import etree

from newsspider.extraction.cutting.blocks import Block
from newsspider.extraction.markdown.table_columns import columns_of

MAX_DEPTH = 16  # containers in each other; deeper ones are not shown
MAX_NUMBER = 999_999_999  # CommonMark reads numbers of nine digits
LONE_ITEM_BLOCKS = 4  # a list with one item that holds more blocks lays out the page
SIBLINGS = 8  # before a list that is in a list without an item around it
_ITEMS = frozenset({"li", "dt", "dd"})
_LISTS = frozenset({"ul", "ol", "menu", "dl"})
_CELLS = frozenset({"td", "th"})


class Container(NamedTuple):
    """A list, an item, a quote, a table or a cell around a block.

    `number` is a numbered item's number or a cell's column; None for the others.
    """

    role: str
    element: etree._Element
    number: int | None = None


Path = tuple[Container, ...]


def read_paths(blocks: Sequence[Block]) -> list[Path]:
    """Return the containers around each block, the outermost first.

    A list's containers are ("list", "item"), a table's ("table", "cell"). Lists that lay out the
    page are left out.
    """
    outline = _Outline(blocks)
    paths = [outline.path_of(block.element) for block in blocks]
    layout = _layout_lists(blocks, paths)

    if layout:
        return [tuple(_without(path, layout)) for path in paths]

    return paths


def row_of(path: Path) -> etree._Element | None:
    """Return the row of a table that a block is in, None for a block in no table."""
    for each in path:
        if each.role == "cell":
            return each.element.getparent()

    return None


class _Outline:
    """The containers around the page's elements, each read once however many blocks are in it."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        cells = (block.element for block in blocks if block.kind == "cell")
        tables = dict.fromkeys(next(cell.iterancestors("table"), None) for cell in cells)
        self._columns = {table: columns_of(table) for table in tables if table is not None}
        self._numbers: dict[etree._Element, dict[etree._Element, int]] = {}
        self._paths: dict[etree._Element, Path] = {}

    def path_of(self, element: etree._Element) -> Path:
        """Return the containers around an element, itself included."""
        if element in self._paths:
            return self._paths[element]

        above: list[etree._Element] = []
        holder: etree._Element | None = element

        while holder is not None and holder not in self._paths:
            above.append(holder)
            holder = _holder(holder)

        if holder is not None:
            path = self._paths[holder]
        else:
            path = ()

        for inner in reversed(above):
            path = self._paths[inner] = path + self._containers(inner, path)

        return path

    def _containers(self, element: etree._Element, around: Path) -> Path:
        """Return the containers that an element adds to those around it.

        A table in a cell adds none.
        """
        if element.tag in _CELLS:
            table = next(element.iterancestors("table"), None)
            if (
                table is None
                or table not in self._columns
                or any(each.role == "cell" for each in around)
            ):
                return ()

            return Container("table", table), Container(
                "cell", element, self._columns[table].get(element, 0)
            )

        if len(around) >= MAX_DEPTH:
            return ()

        if element.tag in _ITEMS and (parent := element.getparent()) is not None:
            return Container("list", parent), Container(
                "item", element, self._number(parent, element)
            )

        if element.tag == "blockquote":
            return (Container("quote", element),)

        return ()

    def _number(self, parent: etree._Element, item: etree._Element) -> int | None:
        if parent.tag != "ol":
            return None

        if parent not in self._numbers:
            self._numbers[parent] = _number_items(parent)

        return self._numbers[parent].get(item)


def _holder(element: etree._Element) -> etree._Element | None:
    """Return the parent; for a list directly in a list, the item before it."""
    parent = element.getparent()
    if element.tag in _LISTS and parent is not None and parent.tag in _LISTS:
        before = islice(element.itersiblings(preceding=True), SIBLINGS)
        for sibling in before:
            if sibling.tag in _ITEMS:
                return sibling

        return parent

    return parent


def _number_items(numbered: etree._Element) -> dict[etree._Element, int]:
    """Return the number of each item of an `ol` as a browser shows it."""
    items = list(numbered.iterchildren("li"))
    step = 1

    if numbered.get("reversed") is not None:
        step = -1

    start = _read_number(numbered.get("start"))
    if start is not None:
        number = start
    elif step < 0:
        number = len(items)
    else:
        number = 1

    numbers = {}
    for item in items:
        value = _read_number(item.get("value"))
        if value is not None:
            number = value

        numbers[item] = min(max(number, 0), MAX_NUMBER)
        number += step

    return numbers


def _read_number(text: str | None) -> int | None:
    digits = (text or "").strip()
    if len(digits) < 10 and digits.removeprefix("-").isdecimal():
        return int(digits)

    return None


def _layout_lists(blocks: Sequence[Block], paths: Sequence[Path]) -> set[etree._Element]:
    """Return the lists whose items are sections of the page: with headings, or a whole text."""
    layout: set[etree._Element] = set()
    items: dict[etree._Element, set[etree._Element]] = {}
    counts: dict[etree._Element, int] = {}

    for block, path in zip(blocks, paths, strict=True):
        if not path:
            continue

        outer = path[
            : next((place for place, each in enumerate(path) if each.role == "table"), len(path))
        ]
        lists = [each.element for each in outer if each.role == "list"]
        if block.level:
            layout.update(lists)

        if outer and outer[-1].role == "item":
            items.setdefault(lists[-1], set()).add(outer[-1].element)
            counts[lists[-1]] = counts.get(lists[-1], 0) + 1

    return layout | {
        each for each, count in counts.items() if len(items[each]) == 1 and count > LONE_ITEM_BLOCKS
    }


def _without(path: Path, layout: set[etree._Element]) -> Iterator[Container]:
    """Yield a path's containers without these lists and their items."""
    in_layout = False
    for each in path:
        if each.role == "list":
            in_layout = each.element in layout

        if each.role not in ("list", "item") or not in_layout:
            yield each
