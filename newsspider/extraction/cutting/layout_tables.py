"""Layout tables: tables that place the parts of a page or text, instead of holding values."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from lxml import etree

from newsspider.extraction.cutting.tags import HEADING_LEVEL

LAYOUT_ROLES = frozenset({"presentation", "none"})
DATA_ROLES = frozenset({"table", "grid", "treegrid"})
HEADED_BY = ("caption", "thead")
PAGE_PARTS = ("h1", "article", "main")  # never inside a value
PART_TAGS = frozenset(HEADING_LEVEL) | frozenset("p ul ol dl blockquote pre".split())
WRAPPERS = frozenset({"div", "center"})  # they divide a text only if it is directly in them
UNREAD = ("script", "style", "noscript", "option", "textarea")
# of a text in a table's only row, such as the one beside a menu; as long as a line of its own
ROW_CHARS = 100
TEXT_CHARS = 200  # of a text among rows of values: two sentences; values are shorter
LONG_CHARS = 1_000  # a cell so long is text even without paragraphs
MAIN_SHARE = 0.5  # of the table's characters; a cell with more is the purpose of the table


def is_layout_table(table: etree._Element) -> bool:
    """Whether a table's cells are parts of a page or a text; cells of other tables are values.

    A layout table has the role of one, another table inside, a headline, a single column, or a cell
    that is a text of its own. A data table has a caption, header cells beside others, or several
    rows of values.

    Source:
        Firefox (HTMLTableAccessible::IsProbablyLayoutTable) and Readability.js (_markDataTables)
        ask the same questions, but count cells and pixels where this looks for text.
    """
    role = (table.get("role") or "").strip().lower()
    if role in LAYOUT_ROLES or table.get("datatable") == "0":
        return True

    if role in DATA_ROLES or next(table.iterchildren(*HEADED_BY), None) is not None:
        return False

    if next(table.iterdescendants("table"), None) is not None:
        return True

    parts = list(table.iter("td", "th", *PAGE_PARTS))
    return any(part.tag in PAGE_PARTS for part in parts) or _is_laid_out(parts)


def _is_laid_out(cells: Sequence[etree._Element]) -> bool:
    """Whether cells without nested tables are parts of a text, by place and length."""
    rows = [list(row) for _, row in groupby(cells, key=lambda cell: cell.getparent())]
    if _is_one_column(rows):
        return True  # most tables of old pages; their text need not be read

    chars = {cell: _count_chars([cell]) for cell in cells}
    if _has_headers_beside_others(chars):
        return False

    wide_rows = [row for row in rows if _is_wide(row, chars)]
    return not wide_rows or _has_text_cell(chars, in_one_row=len(wide_rows) == 1)


def _is_one_column(rows: Sequence[Sequence[etree._Element]]) -> bool:
    """Whether each row has one cell, and all cells have the same tag."""
    tags = {cell.tag for row in rows for cell in row}
    return len(tags) < 2 and all(len(row) == 1 for row in rows)


def _has_headers_beside_others(chars: Mapping[etree._Element, int]) -> bool:
    """Whether both header cells and others have text."""
    return len({cell.tag for cell, count in chars.items() if count}) == 2


def _has_text_cell(chars: Mapping[etree._Element, int], *, in_one_row: bool) -> bool:
    """Whether the longest cell is a text: by its length, its share of the table and its parts."""
    prose = {cell: count - _count_chars(cell.iter("a")) for cell, count in chars.items()}
    longest = max(prose, key=prose.__getitem__)

    if in_one_row:
        return prose[longest] >= ROW_CHARS or _has_parts(longest)

    if prose[longest] < TEXT_CHARS or prose[longest] <= MAIN_SHARE * sum(prose.values()):
        return False

    return prose[longest] >= LONG_CHARS or _has_parts(longest)


def _is_wide(row: Iterable[etree._Element], chars: Mapping[etree._Element, int]) -> bool:
    """Whether a row has text in two cells or more."""
    return sum(chars[cell] > 0 for cell in row) > 1


def _has_parts(cell: etree._Element) -> bool:
    """Whether a cell has paragraphs, headings or lists.

    Two line breaks in a row part a text as well.
    """
    parts = sum(map(_is_part, cell.iter(*PART_TAGS, *WRAPPERS)))
    return parts > 1 or any(map(_is_doubled, cell.iter("br")))


def _is_part(element: etree._Element) -> bool:
    return element.tag in PART_TAGS or not _is_blank(element.text)


def _is_doubled(line_break: etree._Element) -> bool:
    """Whether another line break follows, with no text between."""
    following = line_break.getnext()
    return _is_blank(line_break.tail) and following is not None and following.tag == "br"


def _count_chars(elements: Iterable[etree._Element]) -> int:
    """Count the characters of elements that are read, without white space at the ends of texts."""
    chars = 0
    for element in elements:
        chars += sum(map(len, map(str.strip, element.itertext())))
        for unread in element.iter(*UNREAD):
            chars -= len((unread.text or "").strip())

    return chars


def _is_blank(text: str | None) -> bool:
    return not text or text.isspace()
