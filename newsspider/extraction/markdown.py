"""The kept blocks as Markdown (CommonMark with pipe tables): headings, lists, quotes, tables, links."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from lxml import etree

from newsspider.extraction.blocks import BREAK, Block
from newsspider.urls import absolute_url

MIN_HEADING_LEVEL = 2  # the title is level 1 and has its own field
MAX_CLIMB = 12  # elements between a piece of text and the link around it; deeper nesting inside a line does not occur
_SPECIAL = re.compile(r"([\\`*_\[\]<])")
_OPENING = re.compile(r"^(\s*)(#{1,6}\s|[-+>]|\d+(?=[.)]\s)|=+$|-+$)")


def join_markdown(blocks: Iterable[Block], url: str | None) -> str:
    """Return blocks as one Markdown text, addresses of links made absolute with the page's own.

    Neighbouring list items, quotes and table cells are joined to one list, quote or table.
    """
    groups = groupby(blocks, key=_group_of)
    return "\n\n".join(text for kind, members in groups if (text := _RENDERERS[kind](list(members), url)))


def _group_of(block: Block) -> str:
    return block.kind if block.kind in _RENDERERS else "paragraph"


def _paragraphs(blocks: Sequence[Block], url: str | None) -> str:
    return "\n\n".join(_OPENING.sub(_escaped_opening, _inline(block, url)) for block in blocks)


def _headings(blocks: Sequence[Block], url: str | None) -> str:
    return "\n\n".join(f"{'#' * max(block.level, MIN_HEADING_LEVEL)} {_inline(block, url)}" for block in blocks)


def _items(blocks: Sequence[Block], url: str | None) -> str:
    lines, number = [], 0
    for block in blocks:
        number = number + 1 if _is_numbered(block) else 0
        lines.append(f"{f'{number}.' if number else '-'} {_inline(block, url)}")
    return "\n".join(lines)


def _quotes(blocks: Sequence[Block], url: str | None) -> str:
    return "\n>\n".join("\n".join(f"> {line}" for line in _inline(block, url).split("\n")) for block in blocks)


def _tables(blocks: Sequence[Block], url: str | None) -> str:
    """Render neighbouring cells as tables: a line a row, a rule under each table's first."""
    tables = []
    for _, table in groupby(blocks, key=lambda block: _ancestor(block.element, "table")):
        rows = [
            [_inline(block, url).replace("|", "\\|").replace("\n", " ") for block in cells]
            for _, cells in groupby(table, key=lambda block: _ancestor(block.element, "tr"))
        ]
        width = max(map(len, rows))
        lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
        tables.append("\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]]))
    return "\n\n".join(tables)


def _code(blocks: Sequence[Block], url: str | None) -> str:
    return "\n\n".join(f"```\n{block.text}\n```" for block in blocks)


_RENDERERS = {
    "paragraph": _paragraphs,
    "heading": _headings,
    "item": _items,
    "quote": _quotes,
    "embed": _quotes,
    "cell": _tables,
    "preformatted": _code,
}


def _inline(block: Block, url: str | None) -> str:
    """Return a block's text with its links; the lines of a block with line breaks stay lines, without links."""
    if "\n" in block.text or not block.link_chars:
        return _escape(block.text)
    parts = []
    for link, pieces in groupby(_linked_pieces(block), key=lambda piece: piece[1]):
        text = "".join(piece[0] for piece in pieces)
        words = " ".join(text.split())
        address = absolute_url(link.get("href"), url) if link is not None else None
        if address and words:
            before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
            parts.append(f"{before}[{_escape(words)}]({_escape_address(address)}){after}")
        else:
            parts.append(_escape(text))
    return " ".join("".join(parts).split())


def _linked_pieces(block: Block) -> Iterator[tuple[str, etree._Element | None]]:
    """Yield a block's pieces of text, each with the link around it."""
    for piece in block.pieces:
        if piece.text != BREAK:
            holder = piece.element.getparent() if piece.is_tail else piece.element
            yield piece.text, _ancestor(holder, "a", MAX_CLIMB) if piece.links else None


def _ancestor(element: etree._Element | None, tag: str, climb: int = 1_000) -> etree._Element | None:
    """Return the element itself or the nearest one around it that has the tag."""
    while element is not None and element.tag != tag and climb:
        element, climb = element.getparent(), climb - 1
    return element if element is not None and element.tag == tag else None


def _is_numbered(block: Block) -> bool:
    item = _ancestor(block.element, "li")
    return item is not None and (parent := item.getparent()) is not None and parent.tag == "ol"


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _escape_address(address: str) -> str:
    return address.replace(" ", "%20").replace("(", "%28").replace(")", "%29")


def _escaped_opening(match: re.Match[str]) -> str:
    """Keep a paragraph that begins like a heading, list or rule a paragraph."""
    opening = match[2]
    return f"{match[1]}{opening}\\" if opening[0].isdigit() else f"{match[1]}\\{opening}"
