"""Cut a parsed page once, in document order, into blocks of text; the tree is not changed."""

from lxml import etree

from newsspider.extraction.cutting.block_builder import BlockBuilder, NodeRow
from newsspider.extraction.cutting.blocks import BREAK, CutPage, Image, Nodes, Piece
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

# Inside a heading, they show that its end tag is missing.
NOT_IN_HEADINGS = frozenset({"p", "table"})
PICTURE_TAGS = frozenset({"img", "amp-img"})  # the images that have an address
PASSED_OVER = SKIPPED | BREAKS
# A <br> after a line this long ends a paragraph; shorter lines are verses, addresses, captions.
LINE_CHARS = 100

# Where the walk is: node, owner, its node, kind of block, hidden, in content, open links and bolds.
# The owner is the block-level element of the text. A plain tuple: it is built for each element.
_Context = tuple[int, etree._Element, int, str, bool, bool, int, int]


def cut_page(tree: etree._Element) -> CutPage:
    """Cut a page into blocks and keep the elements around them.

    Args:
        tree: parsed with `lxml.html.HTMLParser(huge_tree=True)`.
    """
    return _Cutter(tree).cut(tree)


class _Cutter:
    """The walk's state: the elements and blocks so far, and the pieces of the current block."""

    def __init__(self, tree: etree._Element) -> None:
        self._rows: list[NodeRow] = []
        self._ends: list[int] = []
        self._builder = BlockBuilder(self._rows)
        self._blocks = self._builder.blocks
        self._images: list[int] = []
        self._shown: list[Image] = []
        self._frames: list[tuple[int, etree._Element]] = []
        self._candidates = MAX_CANDIDATES
        self._context: _Context = (-1, tree, 0, "paragraph", False, False, 0, 0)
        self._opened: list[_Context] = []  # the contexts around the open elements
        self._pieces: list[Piece] = []
        self._breaks = 0  # since the last text
        self._quotes: list[str] = []  # the closing marks of the open <q> elements

    def cut(self, tree: etree._Element) -> CutPage:
        self._walk(tree)
        tags, parents, depths, keys, firsts = zip(*self._rows, strict=True)
        nodes = Nodes(tags, parents, depths, keys, firsts, self._ends)

        return CutPage(self._blocks, nodes, self._images, self._frames, self._shown)

    def _walk(self, tree: etree._Element) -> None:
        """Read the tree: the one loop over a page's elements."""
        walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            if event == "start":
                if not self._enter(element):
                    walk.skip_subtree()
                    continue

                text, is_tail = element.text, False
            else:
                if event == "end":
                    self._leave(element)

                text, is_tail = element.tail, True

            if text and (self._pieces or not text.isspace()) and self._opened:
                if self._breaks:
                    self._end_lines(text)

                node, _, _, _, hidden, _, links, bolds = self._context
                self._pieces.append(Piece(text, element, is_tail, node, hidden, links, bolds))

    def _enter(self, element: etree._Element) -> bool:
        """Open an element, and return whether its content is to be read."""
        tag: str = element.tag  # type: ignore[assignment]  # comments have other events
        traits = TRAITS.get(tag, 0)

        if traits & PASSED_OVER:
            self._pass_over(traits)
            return False

        context = self._context
        self._opened.append(context)
        above, owner, owner_node, kind, hidden, in_content, links, bolds = context
        node = len(self._rows)
        key = ""

        if items := element.items():
            key, hides = read_attributes(items)
            hidden = hidden or hides

        if not traits & INLINE and (traits & BLOCK or not flows_in_line(element, owner)):
            self._end_block()
            owner, owner_node, kind = element, node, _kind_of(element, tag, key, kind)
        elif traits & LINK:
            links += 1
        elif traits & BOLD:
            bolds += 1
        elif traits & QUOTED:
            self._open_quote(element, node, hidden)

        self._rows.append((tag, above, len(self._opened) - 1, key, len(self._blocks)))
        self._ends.append(0)
        if traits & IMAGE:
            self._note_image(element, node, hidden)

        is_content = bool(traits & CONTENT)
        self._context = (
            node, owner, owner_node, kind, hidden, in_content or is_content, links, bolds,
        )  # fmt: skip
        if is_content or not (key or traits & LANDMARK):
            return True

        return not self._is_frame(element, tag, key, in_content)

    def _leave(self, element: etree._Element) -> None:
        """Close an element."""
        traits = TRAITS.get(element.tag, 0)  # type: ignore[arg-type]  # comments have other events
        if traits & PASSED_OVER:
            return

        node, owner = self._context[:2]
        if owner is element:  # block-level, since it owns the text inside
            self._end_block()
        elif traits & QUOTED:
            self._close_quote(element)

        self._ends[node] = len(self._blocks) + bool(self._pieces)
        self._context = self._opened.pop()

    def _pass_over(self, traits: int) -> None:
        """Note a line break, or an element whose content is not read."""
        if traits & BREAKS:
            self._break_line()
        elif traits & IMAGE:
            self._images.append(len(self._blocks) + bool(self._pieces))

    def _is_frame(self, element: etree._Element, tag: str, key: str, in_content: bool) -> bool:
        """Whether an element is a part of the frame around the content; it is noted if so."""
        claim = may_be_frame(tag, key, in_content)
        if not claim or not self._candidates:
            return False

        self._candidates -= 1
        found = is_frame(element, claim)
        if found:
            self._frames.append((len(self._blocks), element))

        return found

    def _note_image(self, element: etree._Element, node: int, hidden: bool) -> None:
        before = len(self._blocks) + bool(self._pieces)
        self._images.append(before)
        if element.tag in PICTURE_TAGS and not hidden:
            self._shown.append(Image(before, node, element))

    def _open_quote(self, element: etree._Element, node: int, hidden: bool) -> None:
        """Add the opening mark of a <q>, and keep the closing one until it ends."""
        marks = find_marks(element, len(self._quotes))
        self._quotes.append(marks[1:])

        if marks:
            if self._breaks:
                self._end_lines(marks)

            links, bolds = self._context[-2:]
            self._pieces.append(Piece(marks[0], element, False, node, hidden, links, bolds))

    def _close_quote(self, element: etree._Element) -> None:
        mark = self._quotes.pop()
        if mark and self._pieces:
            node, _, _, _, hidden, _, links, bolds = self._context
            self._pieces.append(Piece(mark, element, False, node, hidden, links, bolds))

    def _break_line(self) -> None:
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
            self._end_block()
        else:
            self._pieces.append(self._pieces[-1]._replace(text=BREAK, links=0, bolds=0))

    def _end_lines(self, text: str) -> None:
        """End the block if two breaks or more precede a text."""
        if text.isspace():
            return

        if self._breaks > 1:
            self._end_block()

        self._breaks = 0

    def _end_block(self) -> None:
        """Make a block of the pieces, if there are any."""
        if not self._pieces:
            return

        pieces, self._pieces, self._breaks = self._pieces, [], 0
        _, owner, owner_node, kind = self._context[:4]
        self._builder.add(pieces, owner, owner_node, kind)


def _kind_of(element: etree._Element, tag: str, key: str, above: str) -> str:
    """Return the kind of blocks in a block-level element, by its tag or its surroundings."""
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
