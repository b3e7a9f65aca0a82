"""Cut a parsed page once, in document order, into blocks of text; the tree is read and never written."""

from collections.abc import Sequence

from lxml import etree

from newsspider.extraction.cutting.blocks import BREAK, Block, CutPage, Image, Nodes, Piece
from newsspider.extraction.cutting.layout_tables import is_layout_table
from newsspider.extraction.cutting.naming_attributes import read_attributes
from newsspider.extraction.cutting.quotation_marks import find_marks
from newsspider.extraction.cutting.site_frame import MAX_CANDIDATES, is_frame, may_be_frame
from newsspider.extraction.cutting.tags import (
    BLOCK,
    BOLD,
    BREAKS,
    CONTENT,
    EMBED_CLASSES,
    HEADING_LEVEL,
    IMAGE,
    INLINE,
    KIND_OF_TAG,
    LANDMARK,
    LINK,
    QUOTED,
    SKIPPED,
    TRAITS,
)
from newsspider.extraction.cutting.unknown_tags import flows_in_line
from newsspider.text import drop_break_hints

NOT_IN_HEADINGS = frozenset({"p", "table"})  # where they stand in one, its end tag is missing
PICTURE_TAGS = frozenset({"img", "amp-img"})  # the images that have an address
# a <br> after a line this long ends a paragraph; shorter ones are verses, addresses, captions
LINE_CHARS = 100


def cut_page(tree: etree._Element) -> CutPage:
    """Cut a tree parsed with `lxml.html.HTMLParser(huge_tree=True)` into blocks and keep the elements around them."""
    return _Cutter().cut(tree)


def join_lines(raw: str, preformatted: bool) -> str:
    r"""Return a block's text: white space made single blanks but in preformatted text, each BREAK a new line.

    Soft hyphens and zero-width spaces, which only say where a line may be broken, are left out.

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


class _Cutter:
    """The walk's state: the elements and blocks so far, and the pieces of the block that is being gathered."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._rows: list[
            tuple[str, int, int, str, int]
        ] = []  # the columns of `Nodes` but for `end`
        self._ends: list[int] = []
        self._images: list[int] = []
        self._shown: list[Image] = []
        self._frames: list[tuple[int, etree._Element]] = []
        self._candidates = MAX_CANDIDATES
        self._headings: list[tuple[int, int]] = []  # (level, block number), levels ascending
        self._pieces: list[Piece] = []
        self._breaks = 0  # since the last text
        self._quotes: list[str] = []  # the closing marks of the open <q> elements

    def cut(self, tree: etree._Element) -> CutPage:
        self._walk(tree)
        tags, parents, depths, keys, firsts = zip(*self._rows, strict=True)
        nodes = Nodes(tags, parents, depths, keys, firsts, self._ends)

        return CutPage(self._blocks, nodes, self._images, self._frames, self._shown)

    def _walk(self, tree: etree._Element) -> None:
        """Read the tree: the one loop over a page's elements, kept in one piece since calls would double its cost."""
        rows, ends, blocks = self._rows, self._ends, self._blocks
        opened: list[tuple[int, etree._Element, int, str, bool, bool, int, int]] = []
        node, owner, owner_node, kind, hidden, in_content, links, bolds = (
            -1,
            tree,
            0,
            "paragraph",
            False,
            False,
            0,
            0,
        )
        walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))

        for event, element in walk:
            # only comments have none, told apart by the event
            tag: str = element.tag  # type: ignore[assignment]
            traits = TRAITS.get(tag, 0)
            if event == "start":
                if traits & (SKIPPED | BREAKS):
                    if traits & BREAKS:
                        self._break_line(owner, owner_node, kind)
                        continue

                    if traits & IMAGE:
                        self._note_image()

                    walk.skip_subtree()
                    continue

                opened.append((node, owner, owner_node, kind, hidden, in_content, links, bolds))
                parent, node = node, len(rows)
                key = ""

                if items := element.items():
                    key, hides = read_attributes(items)
                    hidden = hidden or hides

                if not traits & INLINE and (traits & BLOCK or not flows_in_line(element, owner)):
                    if self._pieces:
                        self._end_block(owner, owner_node, kind)

                    owner, owner_node, kind = element, node, _kind_of(element, tag, key, kind)
                elif traits & LINK:
                    links += 1
                elif traits & BOLD:
                    bolds += 1
                elif traits & QUOTED and (marks := self._open_quote(element)):
                    if self._breaks:
                        self._end_lines(marks, owner, owner_node, kind)

                    self._pieces.append(Piece(marks[0], element, False, node, hidden, links, bolds))

                rows.append((tag, parent, len(opened) - 1, key, len(blocks)))
                ends.append(0)
                if traits & IMAGE:
                    self._note_image()
                    if tag in PICTURE_TAGS and not hidden:
                        self._shown.append(Image(self._images[-1], node, element))

                text, is_tail = element.text, False
                if traits & CONTENT:
                    in_content = True
                elif (key or traits & LANDMARK) and self._is_frame(element, tag, key, in_content):
                    walk.skip_subtree()
                    text = None
            else:
                if event == "end" and not traits & (SKIPPED | BREAKS):
                    if owner is element:  # block-level, since it owns the text inside
                        if self._pieces:
                            self._end_block(owner, owner_node, kind)
                    elif traits & QUOTED and (mark := self._quotes.pop()) and self._pieces:
                        self._pieces.append(Piece(mark, element, False, node, hidden, links, bolds))

                    ends[node] = len(blocks) + bool(self._pieces)
                    node, owner, owner_node, kind, hidden, in_content, links, bolds = opened.pop()

                text, is_tail = element.tail, True

            if text and (self._pieces or not text.isspace()) and opened:
                if self._breaks:
                    self._end_lines(text, owner, owner_node, kind)

                self._pieces.append(Piece(text, element, is_tail, node, hidden, links, bolds))

    def _is_frame(self, element: etree._Element, tag: str, key: str, in_content: bool) -> bool:
        """Look at what calls itself a part of the frame around the content, and note it if it is."""
        claim = may_be_frame(tag, key, in_content)
        if not claim or not self._candidates:
            return False

        self._candidates -= 1
        found = is_frame(element, claim)
        if found:
            self._frames.append((len(self._blocks), element))

        return found

    def _open_quote(self, element: etree._Element) -> str:
        """Return the marks that a <q> is to have, and keep the closing one until it ends."""
        marks = find_marks(element, len(self._quotes))
        self._quotes.append(marks[1:])

        return marks

    def _note_image(self) -> None:
        self._images.append(len(self._blocks) + bool(self._pieces))

    def _break_line(self, owner: etree._Element, owner_node: int, kind: str) -> None:
        """Note a line break; it ends the block if the line is a long one."""
        if not self._pieces:
            return

        self._breaks += 1
        chars = 0
        for piece in reversed(self._pieces):
            if piece.text == BREAK:
                break

            chars += piece.chars

        if chars >= LINE_CHARS:
            self._end_block(owner, owner_node, kind)
        else:
            self._pieces.append(self._pieces[-1]._replace(text=BREAK, links=0, bolds=0))

    def _end_lines(self, text: str, owner: etree._Element, owner_node: int, kind: str) -> None:
        """Let two breaks before a text end the block."""
        if text.isspace():
            return

        if self._breaks > 1:
            self._end_block(owner, owner_node, kind)

        self._breaks = 0

    def _end_block(self, owner: etree._Element, owner_node: int, kind: str) -> None:
        """Make a block of what has been gathered; what is hidden inside a line that is seen becomes one of its own."""
        pieces, self._pieces, self._breaks = self._pieces, [], 0
        hidden = [piece for piece in pieces if piece.hidden]

        if not hidden or len(hidden) == len(pieces):
            self._add_block(pieces, owner, owner_node, kind)
            return

        self._add_block([piece for piece in pieces if not piece.hidden], owner, owner_node, kind)
        self._add_block(hidden, owner, owner_node, "paragraph")

    def _add_block(
        self, pieces: Sequence[Piece], owner: etree._Element, owner_node: int, kind: str
    ) -> None:
        text = join_lines("".join([piece.text for piece in pieces]), kind == "preformatted")
        if not text:
            return

        number = len(self._blocks)
        level = 0
        if kind == "heading":
            level = self._level(owner_node)

        while level and self._headings and self._headings[-1][0] >= level:
            self._headings.pop()

        link_chars = bold_chars = 0
        for piece in pieces:
            if piece.links:
                link_chars += piece.chars

            if piece.bolds:
                bold_chars += piece.chars

        self._blocks.append(
            Block(
                number=number,
                text=text,
                kind=kind,
                level=level,
                scope=self._headings[-1][1] if self._headings else -1,
                hidden=pieces[0].hidden,
                link_chars=min(link_chars, len(text)),
                bold_chars=min(bold_chars, len(text)),
                node=pieces[0].node if len(pieces) == 1 else self._common(pieces),
                owner=owner_node,
                element=owner,
                pieces=tuple(pieces),
            )
        )
        if level:
            self._headings.append((level, number))

    def _common(self, pieces: Sequence[Piece]) -> int:
        """Return the deepest element around pieces of text; a parent's number is smaller than its children's."""
        common, *others = {piece.node for piece in pieces if not piece.text.isspace()}
        for node in others:
            while node != common:
                if node > common:
                    node = self._rows[node][1]
                else:
                    common = self._rows[common][1]

        return common

    def _level(self, node: int) -> int:
        while node >= 0:
            tag, node = self._rows[node][:2]
            if tag in HEADING_LEVEL:
                return HEADING_LEVEL[tag]

        return 6


def _kind_of(element: etree._Element, tag: str, key: str, above: str) -> str:
    """Return the kind of the blocks in a block-level element, from its tag or else from the element around it."""
    if above == "embed":
        return above

    kind = KIND_OF_TAG.get(tag)
    if tag == "blockquote" and not EMBED_CLASSES.isdisjoint(key.split()):
        return "embed"

    if tag == "table" and is_layout_table(element):
        kind = None

    if kind is None and above == "heading" and tag in NOT_IN_HEADINGS:
        return "paragraph"

    return kind or above
