"""In which column of its table each cell is."""

from collections.abc import Iterator

from lxml import etree

# cells beyond them are put in the last one, so that one long row can't widen a thousand others
MAX_COLUMNS = 60
_SECTIONS = frozenset({"thead", "tbody", "tfoot"})


def columns_of(table: etree._Element) -> dict[etree._Element, int]:
    """Return the column of each cell, from 0; cells may span columns or rows."""
    columns: dict[etree._Element, int] = {}
    spanned: dict[int, int] = {}  # column -> rows below that a cell above still covers

    for row in _rows(table):
        below = {column: rows - 1 for column, rows in spanned.items() if rows > 1}
        column = 0
        for cell in row.iterchildren("td", "th"):
            while column in spanned:
                column += 1

            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            columns[cell] = min(column, MAX_COLUMNS - 1)
            if height > 1:
                below.update(
                    dict.fromkeys(range(column, min(column + width, MAX_COLUMNS)), height - 1)
                )

            column += width

        spanned = below

    return columns


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """Yield the table's own rows, not those of tables in its cells."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in _SECTIONS:
            yield from child.iterchildren("tr")


def _span(cell: etree._Element, name: str) -> int:
    value = (cell.get(name) or "").strip()
    if value.isdecimal() and len(value) <= 4:
        return min(max(int(value), 1), 1000)

    return 1
