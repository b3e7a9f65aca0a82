"""Layout tables: tables that place the parts of a page or text, instead of holding values."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from lxml import etree

from newsspider.extraction.tags import HEADING_LEVEL, SKIPPED_TAGS

LAYOUT_ROLES = frozenset({"presentation", "none"})
DATA_ROLES = frozenset({"table", "grid", "treegrid"})
HEADED_BY = ("caption", "thead")
PAGE_PARTS = ("h1", "article", "main")  # never inside a value
PART_TAGS = frozenset(HEADING_LEVEL) | frozenset("p ul ol dl blockquote pre".split())
WRAPPERS = frozenset({"div", "center"})  # they part a text only where it stands in them directly
UNREAD_TAGS = SKIPPED_TAGS | {"option"}
TEXT_CHARS = 200  # two sentences; values are shorter
LONG_CHARS = 1_000  # a cell so long is text even without paragraphs
MAIN_SHARE = 0.5  # of the table's characters; a cell that holds more is what the table is there for


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: whether it is a header, its characters in and outside of links, its paragraphs and the like."""

    is_header: bool
    chars: int
    link_chars: int
    parts: int


def is_layout_table(table: etree._Element) -> bool:
    """Whether a table's cells are parts of a page or a text; the cells of all other tables are values.

    A layout table has the role of one, another table inside, a headline, a single column, or a cell that is a text of
    its own. A data table has a caption, header cells beside others, or several rows of values.

    Source:
        Firefox (HTMLTableAccessible::IsProbablyLayoutTable) and Readability.js (_markDataTables) ask the same
        questions, but count cells and pixels where this looks for text.
    """
    role = (table.get("role") or "").strip().lower()
    if role in LAYOUT_ROLES or table.get("datatable") == "0":
        return True
    if role in DATA_ROLES or any(table.find(tag) is not None for tag in HEADED_BY):
        return False
    if next(table.iterdescendants("table"), None) is not None:
        return True
    return next(table.iter(*PAGE_PARTS), None) is not None or _is_laid_out(_read_rows(table))


def _read_rows(table: etree._Element) -> list[list[Cell]]:
    """Return the cells that hold text, row by row, of a table without another one inside."""
    rows = groupby(table.iter("td", "th"), key=lambda cell: cell.getparent())
    read = ([cell for each in cells if (cell := _read_cell(each)).chars or cell.link_chars] for _, cells in rows)
    return [row for row in read if row]


def _is_laid_out(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether rows of cells are the parts of a text: judged by their number and length."""
    cells = [cell for row in rows for cell in row]
    if len({cell.is_header for cell in cells}) == 2:
        return False
    wide = sum(len(row) > 1 for row in rows)
    if wide < 2:
        return not wide or any(cell.chars >= TEXT_CHARS for cell in cells)
    longest = max(cells, key=lambda cell: cell.chars)
    is_text = longest.chars >= (TEXT_CHARS if longest.parts > 1 else LONG_CHARS)
    return is_text and longest.chars > MAIN_SHARE * sum(cell.chars for cell in cells)


def _read_cell(cell: etree._Element) -> Cell:
    """Count a cell's characters and parts; two line breaks in a row part a text as two paragraphs."""
    chars = parts = 0
    for node in cell.iter():
        tag = node.tag
        if isinstance(tag, str) and tag not in UNREAD_TAGS:
            chars += len((node.text or "").strip())
            parts += tag in PART_TAGS or (tag in WRAPPERS and not _is_blank(node.text))
            parts += 2 * (tag == "br" and _is_blank(node.tail) and _is_break(node.getnext()))
        if node is not cell:
            chars += len((node.tail or "").strip())
    link_chars = sum(len(text.strip()) for link in cell.iter("a") for text in link.itertext())
    return Cell(cell.tag == "th", max(chars - link_chars, 0), link_chars, parts)


def _is_break(node: etree._Element | None) -> bool:
    return node is not None and node.tag == "br"


def _is_blank(text: str | None) -> bool:
    return not text or text.isspace()
