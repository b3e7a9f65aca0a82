"""Write the text of one block as Markdown: links, line breaks, escaped markup."""

from collections.abc import Iterator
from itertools import groupby

from lxml import etree

from newsspider.extraction.cutting.blocks import BREAK, Block
from newsspider.markdown_text import escape, escape_closing, escape_openings
from newsspider.urls import absolute_url

# elements between a piece of text and the link around it; deeper nesting inside a line does not
# occur
MAX_CLIMB = 12
_IN_ADDRESS = str.maketrans(
    {" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C"}
)


def paragraph_text(block: Block, url: str | None) -> str:
    """Return a block's lines as the lines of a paragraph."""
    return escape_openings(inline_text(block, url))


def heading_text(block: Block, url: str | None) -> str:
    """Return a block's text in one line, for a heading."""
    return escape_closing(inline_text(block, url).replace("\n", " "))


def cell_text(block: Block, url: str | None) -> str:
    r"""Return a block's text for a cell of a pipe table: nothing in it ends the cell or the row."""
    return inline_text(block, url).replace("|", "\\|").replace("\n", "<br>")


def inline_text(block: Block, url: str | None) -> str:
    """Return a block's text with its links, their addresses made absolute with the page's own."""
    if not block.link_chars or block.kind == "preformatted":
        return escape(block.text)

    parts: list[str] = []
    for link, pieces in groupby(_linked_pieces(block), key=lambda piece: piece[1]):
        text = "".join(piece[0] for piece in pieces)
        words = " ".join(text.split())
        address = None

        if link is not None:
            address = absolute_url(link.get("href"), url)

        if address and words:
            before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
            if parts and not before and parts[-1].endswith("!"):  # it would make the link an image
                parts[-1] = f"{parts[-1][:-1]}\\!"

            parts.append(f"{before}[{escape(words)}]({address.translate(_IN_ADDRESS)}){after}")
        else:
            parts.append(escape(text))

    lines = (" ".join(line.split()) for line in "".join(parts).split(BREAK))
    return "\n".join(line for line in lines if line)


def _linked_pieces(block: Block) -> Iterator[tuple[str, etree._Element | None]]:
    """Yield a block's pieces of text, each with the link around it."""
    for piece in block.pieces:
        if piece.is_tail:
            holder = piece.element.getparent()
        else:
            holder = piece.element

        yield piece.text, _link_around(holder) if piece.links else None


def _link_around(element: etree._Element | None) -> etree._Element | None:
    """Return the element itself or the nearest one around it that is a link."""
    climb = MAX_CLIMB
    while element is not None and element.tag != "a" and climb:
        element, climb = element.getparent(), climb - 1

    if element is not None and element.tag == "a":
        return element

    return None
