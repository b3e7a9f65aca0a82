"""Write the kept blocks as Markdown: CommonMark with pipe tables."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from newsspider.extraction.cutting.blocks import Block
from newsspider.extraction.markdown.inline import cell_text, heading_text, paragraph_text
from newsspider.extraction.markdown.nesting import Container, Path, read_paths, row_of

MIN_HEADING_LEVEL = 2  # the title is level 1 and has its own field
_TICKS = re.compile(r"`{3,}")
# Lists that may follow a paragraph's line without an empty one.
_INTERRUPTING = ("- ", "1. ", "1) ")


class _Placed(NamedTuple):
    """A block with the containers around it."""

    block: Block
    path: Path

    def at(self, depth: int) -> Container | None:
        """Return the container at a depth, None if the block is in no container there."""
        if len(self.path) > depth:
            return self.path[depth]

        return None


class _Part(NamedTuple):
    """A rendered part of a text: its role (that of a container, or "leaf") and its lines."""

    role: str
    text: str


class _Item(NamedTuple):
    """A rendered list item: its number, None for a bullet, and its parts."""

    number: int | None
    parts: list[_Part]


def join_markdown(blocks: Iterable[Block], url: str | None) -> str:
    """Return blocks as one Markdown text, addresses of links made absolute with the page's own."""
    kept = list(blocks)
    placed = list(map(_Placed, kept, read_paths(kept)))

    return "\n\n".join(part.text for part in _render(placed, 0, url))


def _render(placed: Sequence[_Placed], depth: int, url: str | None) -> Iterator[_Part]:
    """Yield the parts of a text whose blocks share the containers above a depth."""
    for role, group in groupby(
        placed, key=lambda each: container.role if (container := each.at(depth)) else "leaf"
    ):
        members = list(group)
        if role == "leaf":
            for each in members:
                yield _Part(role, _leaf(each.block, url))
        elif role == "list":
            for text in _lists(members, depth, url):
                yield _Part(role, text)
        else:
            for _, same in groupby(members, key=lambda each: each.at(depth)):
                yield _Part(role, (_quote if role == "quote" else _table)(list(same), depth, url))


def _leaf(block: Block, url: str | None) -> str:
    """Render a block that is in no further container."""
    if block.kind == "heading":
        return f"{'#' * max(block.level, MIN_HEADING_LEVEL)} {heading_text(block, url)}"

    if block.kind == "preformatted":
        fence = "`" * max((len(ticks) + 1 for ticks in _TICKS.findall(block.text)), default=3)
        return f"{fence}\n{block.text}\n{fence}"

    return paragraph_text(block, url)


def _quote(members: Sequence[_Placed], depth: int, url: str | None) -> str:
    text = "\n\n".join(part.text for part in _render(members, depth + 1, url))
    return "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))


def _lists(members: Sequence[_Placed], depth: int, url: str | None) -> Iterator[str]:
    """Yield neighbouring lists: bullets join, numbered lists join if the numbers continue."""
    run: list[_Item] = []
    marks = ".)"  # of numbered lists; another mark keeps a list apart from its neighbour

    for _, same in groupby(members, key=lambda each: each.at(depth)):
        items = list(_items(list(same), depth + 1, url))
        if run and not _goes_on(run[-1].number, items[0].number):
            yield _list(run, marks[0])
            if run[-1].number is not None and items[0].number is not None:
                marks = marks[::-1]

            run = []

        run += items

    yield _list(run, marks[0])


def _items(members: Sequence[_Placed], depth: int, url: str | None) -> Iterator[_Item]:
    for item, same in groupby(members, key=lambda each: each.at(depth)):
        yield _Item(item.number if item else None, list(_render(list(same), depth + 1, url)))


def _goes_on(number: int | None, following: int | None) -> bool:
    """Whether an item belongs to the list of the item before it, which is in another element."""
    if number is None:
        return following is None

    return following == number + 1


def _list(items: Sequence[_Item], mark: str) -> str:
    """Render a list, its items parted by empty lines where one of them holds some itself."""
    texts = [_joined(item.parts) for item in items]
    loose = any("\n\n" in map(_parted, item.parts, item.parts[1:]) for item in items)
    markers = ["-" if item.number is None else f"{item.number}{mark}" for item in items]

    return ("\n\n" if loose else "\n").join(map(_indented, markers, texts))


def _joined(parts: Sequence[_Part]) -> str:
    text = parts[0].text
    for before, after in pairwise(parts):
        text += _parted(before, after) + after.text

    return text


def _parted(before: _Part, after: _Part) -> str:
    """Return the separator between two parts of an item; no empty line before its inner list."""
    tight = before.role == "leaf" and after.role == "list" and after.text.startswith(_INTERRUPTING)
    if tight:
        return "\n"

    return "\n\n"


def _indented(marker: str, text: str) -> str:
    """Return an item with its lines indented by the marker's width."""
    first, *others = text.split("\n")
    indent = " " * (len(marker) + 1)

    return "\n".join([f"{marker} {first}", *(f"{indent}{line}" if line else "" for line in others)])


def _table(members: Sequence[_Placed], depth: int, url: str | None) -> str:
    """Render a table: one line per row, a rule under the first, columns without text left out."""
    rows = []
    for _, same in groupby(members, key=lambda each: row_of(each.path[depth:])):
        row: dict[int, str] = {}
        for cell, parts in groupby(same, key=lambda each: each.at(depth + 1)):
            column = 0
            if cell:
                column = cell.number or 0

            if column in row:
                texts = [row[column]]
            else:
                texts = []

            row[column] = "<br>".join([*texts, *_cell_lines(list(parts), depth + 2, url)])

        rows.append(row)

    columns = sorted({column for row in rows for column in row})
    lines = [f"| {' | '.join(row.get(column, '') for column in columns)} |" for row in rows]
    return "\n".join([lines[0], f"|{' --- |' * len(columns)}", *lines[1:]])


def _cell_lines(parts: Sequence[_Placed], depth: int, url: str | None) -> Iterator[str]:
    """Yield the lines of a cell; items of numbered lists keep their numbers."""
    item = None
    for each in parts:
        inner = None
        if len(each.path) > depth:
            inner = each.path[-1]

        is_first = (
            inner is not None
            and inner != item
            and inner.role == "item"
            and inner.number is not None
        )
        item = inner
        text = cell_text(each.block, url)
        yield f"{inner.number}. {text}" if is_first and inner else text
