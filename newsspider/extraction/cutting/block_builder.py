"""Build blocks from the pieces of text that a walk over the page gathers."""

from collections.abc import Sequence

from lxml import etree

from newsspider.extraction.cutting.blocks import BREAK, Block, Piece
from newsspider.extraction.cutting.tags import HEADING_LEVEL
from newsspider.text import drop_break_hints

LOWEST_LEVEL = 6  # of a heading without a heading element

# The columns of `Nodes` but for `end`: tag, parent, depth, key, first block.
NodeRow = tuple[str, int, int, str, int]


def join_lines(raw: str, preformatted: bool) -> str:
    r"""Return a block's text: each BREAK is a new line, other white space is one blank.

    Preformatted text keeps its white space. Soft hyphens and zero-width spaces are removed, since
    they only mark where a line may be broken.

    >>> join_lines(f" Main  Street 1{BREAK}\n{BREAK} Berlin ", preformatted=False)
    'Main Street 1\nBerlin'
    """
    if not raw.isascii():
        raw = drop_break_hints(raw)

    if preformatted:
        return raw.replace("\r\n", "\n").replace("\r", "\n").replace(BREAK, "\n").strip("\n")

    if BREAK in raw:
        lines = (" ".join(line.split()) for line in raw.split(BREAK))
        return "\n".join(line for line in lines if line)

    return " ".join(raw.split())


class BlockBuilder:
    """The blocks so far, and the headings that are open at the end of them."""

    def __init__(self, rows: Sequence[NodeRow]) -> None:
        """Build blocks for a walk that appends each element to `rows`."""
        self.blocks: list[Block] = []
        self._rows = rows
        self._headings: list[tuple[int, int]] = []  # (level, block number), levels ascending

    def add(self, pieces: list[Piece], owner: etree._Element, owner_node: int, kind: str) -> None:
        """Add the pieces of a block.

        Hidden pieces inside a visible line become a block of their own.
        """
        hidden = [piece for piece in pieces if piece.hidden]
        if not hidden or len(hidden) == len(pieces):
            self._add_block(pieces, owner, owner_node, kind)
            return

        visible = [piece for piece in pieces if not piece.hidden]
        self._add_block(visible, owner, owner_node, kind)
        self._add_block(hidden, owner, owner_node, "paragraph")

    def _add_block(
        self, pieces: list[Piece], owner: etree._Element, owner_node: int, kind: str
    ) -> None:
        text = join_lines("".join([piece.text for piece in pieces]), kind == "preformatted")
        if not text:
            return

        number = len(self.blocks)
        level = 0
        if kind == "heading":
            level = self._level_of(owner_node)
            self._close_headings(level)

        link_chars = bold_chars = 0
        for piece in pieces:
            if piece.links:
                link_chars += piece.chars

            if piece.bolds:
                bold_chars += piece.chars

        self.blocks.append(
            Block(
                number=number,
                text=text,
                kind=kind,
                level=level,
                scope=self._headings[-1][1] if self._headings else -1,
                hidden=pieces[0].hidden,
                link_chars=min(link_chars, len(text)),
                bold_chars=min(bold_chars, len(text)),
                node=self._node_around(pieces),
                owner=owner_node,
                element=owner,
                pieces=tuple(pieces),
            )
        )
        if level:
            self._headings.append((level, number))

    def _level_of(self, node: int) -> int:
        """Return the level of the heading element that a node is in."""
        while node >= 0:
            tag, node = self._rows[node][:2]
            if tag in HEADING_LEVEL:
                return HEADING_LEVEL[tag]

        return LOWEST_LEVEL

    def _close_headings(self, level: int) -> None:
        """Close the sections that end where a heading of this level begins."""
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()

    def _node_around(self, pieces: Sequence[Piece]) -> int:
        """Return the deepest element around pieces of text.

        A parent's number is smaller than its children's.
        """
        if len(pieces) == 1:
            return pieces[0].node

        common, *others = {piece.node for piece in pieces if not piece.text.isspace()}
        for node in others:
            while node != common:
                if node > common:
                    node = self._rows[node][1]
                else:
                    common = self._rows[common][1]

        return common
