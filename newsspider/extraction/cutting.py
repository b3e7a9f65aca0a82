"""Cut a parsed page once, in document order, into blocks of text; the tree is read and never written."""

from lxml import etree

from newsspider.extraction.blocks import Block, CutPage, Nodes, Piece
from newsspider.extraction.tags import (
    BOLD_TAGS,
    BREAK_TAG,
    EMBED_CLASSES,
    HEADING_LEVEL,
    IMAGE_TAGS,
    INLINE_TAGS,
    KIND_OF_TAG,
    LINK_TAG,
    SKIPPED_TAGS,
)

LINE_CHARS = 100  # a <br> after a line this long ends a paragraph; shorter ones are verses, addresses, captions
MAX_DATA_CHARS = 40  # longer data attributes hold settings, not names
STREAMED_ID = "S:"  # React's mark of a part that its script unhides
BREAK = "\0"  # stands for <br> until a block's text is joined; libxml2 never yields it in a text
WATCHED_ATTRIBUTES = frozenset("id role itemprop rel aria-label aria-hidden itemtype property name".split())


def cut_page(tree: etree._Element) -> CutPage:
    """Cut a tree parsed with `lxml.html.HTMLParser(huge_tree=True)` into blocks and keep the elements around them."""
    return _Cutter().cut(tree)


def read_attributes(items: list[tuple[str, str]]) -> tuple[str, bool]:
    """Return the values that name an element's role, joined, and whether its attributes hide it.

    Its role is named by class, id, role, itemprop, data-… React streams late parts of a page in
    `<div hidden id="S:1">` and moves them to their place: those are seen.
    """
    names: list[str] = []
    hidden = False
    for name, value in items:
        if name == "class":
            names.append(value)
        elif name in WATCHED_ATTRIBUTES or (name.startswith("data-") and 2 < len(value) < MAX_DATA_CHARS):
            names.append(f"{name}={value}")
        elif name == "style":
            hidden = hidden or ("none" in value.lower() and "display:none" in value.replace(" ", "").lower())
        elif name == "hidden":
            hidden = value != "until-found" and not any(n == "id" and v.startswith(STREAMED_ID) for n, v in items)
    return " ".join(names), hidden


def join_lines(raw: str, preformatted: bool) -> str:
    r"""Return a block's text: white space made single blanks but in preformatted text, each BREAK a new line.

    >>> join_lines(f" Main  Street 1{BREAK}\n{BREAK} Berlin ", preformatted=False)
    'Main Street 1\nBerlin'
    """
    if preformatted:
        return raw.replace(BREAK, "\n").strip("\n")
    if BREAK in raw:
        lines = (" ".join(line.split()) for line in raw.split(BREAK))
        return "\n".join(line for line in lines if line)
    return " ".join(raw.split())


class _Cutter:
    """The walk's state: the open nodes, and the pieces of the block that is being gathered."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.nodes = Nodes([], [], [], [], [], [], [], [], [])
        self.images: list[int] = []
        self._open: list[int] = []  # nodes from the root to the present element
        self._owners: list[int] = []  # the block-level ones among them
        self._headings: list[tuple[int, int]] = []  # (level, block index), levels ascending
        self._links = self._bolds = 0  # how many of them are open
        self._buffer: list[str] = []
        self._pieces: list[Piece] = []
        self._hrefs: list[str] = []
        self._unseen: list[tuple[Piece, int]] = []  # hidden pieces inside a line that is seen, and their nodes
        self._node = -1
        self._chars = self._link_chars = self._bold_chars = 0
        self._breaks = 0  # since the last text
        self._line_start = 0

    def cut(self, tree: etree._Element) -> CutPage:
        walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            tag: str = element.tag  # type: ignore[assignment]  # comments are told apart by the event
            if event == "start":
                if tag in SKIPPED_TAGS:
                    if tag in IMAGE_TAGS:
                        self._note_image()
                    walk.skip_subtree()
                else:
                    self._enter(element, tag)
                continue
            if event == "end" and tag not in SKIPPED_TAGS:
                self._leave(tag)
            tail = element.tail
            if tail and self._open:
                self._add_text(tail, element, True)
        self._flush()
        return CutPage(self.blocks, self.nodes, self.images)

    def _enter(self, element: etree._Element, tag: str) -> None:
        inline = tag in INLINE_TAGS
        if not inline:
            if tag == BREAK_TAG:
                self._break_line()
            else:
                self._flush()
                self._owners.append(len(self.nodes.tag))
        elif tag == LINK_TAG:
            self._links += 1
            self._hrefs.append(element.get("href") or "")
        elif tag in BOLD_TAGS:
            self._bolds += 1
        self._add_node(element, tag)
        if tag in IMAGE_TAGS:
            self._note_image()
        text = element.text
        if text:
            self._add_text(text, element, False)

    def _leave(self, tag: str) -> None:
        if tag not in INLINE_TAGS:
            if tag != BREAK_TAG:
                self._flush()
                self._owners.pop()
        elif tag == LINK_TAG:
            self._links -= 1
        elif tag in BOLD_TAGS:
            self._bolds -= 1
        self.nodes.end[self._open.pop()] = len(self.blocks) + bool(self._chars)

    def _add_node(self, element: etree._Element, tag: str) -> None:
        nodes = self.nodes
        key, hidden, above, parent = "", False, "paragraph", -1
        items = element.items()
        if items:
            key, hidden = read_attributes(items)
        if self._open:
            parent = self._open[-1]
            hidden, above = hidden or nodes.hidden[parent], nodes.kind[parent]
        if above == "embed" or (tag == "blockquote" and not EMBED_CLASSES.isdisjoint(key.split())):
            kind = "embed"
        elif tag == "p" and above == "heading":
            kind = "paragraph"
        else:
            kind = KIND_OF_TAG.get(tag, above)
        self._open.append(len(nodes.tag))
        nodes.tag.append(tag)
        nodes.parent.append(parent)
        nodes.depth.append(len(self._open) - 1)
        nodes.key.append(key)
        nodes.kind.append(kind)
        nodes.hidden.append(hidden)
        nodes.first.append(len(self.blocks))
        nodes.end.append(0)
        nodes.element.append(element)

    def _note_image(self) -> None:
        self.images.append(len(self.blocks) + bool(self._chars))

    def _break_line(self) -> None:
        self._breaks += 1
        self._buffer.append(BREAK)
        if self._chars - self._line_start >= LINE_CHARS:
            self._flush()
        self._line_start = self._chars

    def _add_text(self, text: str, element: etree._Element, is_tail: bool) -> None:
        chars = len(text)
        if text[0].isspace():
            chars = len(text.strip())
            if not chars:
                if self._chars:
                    self._buffer.append(" ")
                    before, holder, in_tail = self._pieces[-1]
                    self._pieces[-1] = (before + " ", holder, in_tail)
                return
        if self._breaks > 1 and self._chars:
            self._flush()
        self._breaks = 0
        node = self._open[-1]
        if self.nodes.hidden[node] and self._owners and not self.nodes.hidden[self._owners[-1]]:
            self._unseen.append(((text, element, is_tail), node))  # a hover text
            return
        self._node = node if self._node < 0 else self._common(self._node, node)
        self._chars += chars
        self._link_chars += chars if self._links else 0
        self._bold_chars += chars if self._bolds else 0
        self._buffer.append(text)
        self._pieces.append((text, element, is_tail))

    def _common(self, held: int, new: int) -> int:
        """Return the deepest node around both; the block's owner ends the climb."""
        owner = self._owners[-1] if self._owners else 0
        if held == owner:
            return held
        parent, depth = self.nodes.parent, self.nodes.depth
        while held != new:
            if depth[held] >= depth[new]:
                held = parent[held]
            else:
                new = parent[new]
        return held

    def _start_block(self) -> None:
        self._buffer, self._pieces, self._hrefs, self._unseen = [], [], [], []
        self._node = -1
        self._chars = self._link_chars = self._bold_chars = 0
        self._breaks = self._line_start = 0

    def _flush(self) -> None:
        if not self._chars:
            if self._buffer:
                self._buffer = []
            self._breaks = 0
            if self._unseen:
                self._add_unseen(self._owners[-1] if self._owners else 0)
                self._unseen = []
            if not self._links:
                self._hrefs = []
            return
        owner = self._owners[-1] if self._owners else 0
        kind = self.nodes.kind[self._node]
        text = join_lines("".join(self._buffer), kind == "preformatted")
        level = self._level(owner) if kind == "heading" else 0
        self._close_headings(level)
        self.blocks.append(
            Block(
                number=len(self.blocks),
                text=text,
                kind=kind,
                level=level,
                scope=self._headings[-1][1] if self._headings else -1,
                hidden=self.nodes.hidden[self._node],
                link_chars=min(self._link_chars, len(text)),
                bold_chars=min(self._bold_chars, len(text)),
                links=max(len(self._hrefs), int(self._link_chars > 0)),
                hrefs=tuple(self._hrefs),
                node=self._node,
                owner=owner,
                element=self.nodes.element[owner],
                pieces=tuple(self._pieces),
            )
        )
        if level:
            self._headings.append((level, len(self.blocks) - 1))
        self._add_unseen(owner)
        self._start_block()

    def _add_unseen(self, owner: int) -> None:
        """Add what is hidden inside the line just added as a block of its own."""
        text = " ".join("".join(piece[0] for piece, _ in self._unseen).split())
        if text:
            self.blocks.append(
                Block(
                    number=len(self.blocks),
                    text=text,
                    kind="paragraph",
                    level=0,
                    scope=self._headings[-1][1] if self._headings else -1,
                    hidden=True,
                    link_chars=0,
                    bold_chars=0,
                    links=0,
                    hrefs=(),
                    node=self._unseen[0][1],
                    owner=owner,
                    element=self.nodes.element[owner],
                    pieces=tuple(piece for piece, _ in self._unseen),
                )
            )

    def _level(self, owner: int) -> int:
        while owner >= 0:
            tag, owner = self.nodes.tag[owner], self.nodes.parent[owner]
            if tag in HEADING_LEVEL:
                return HEADING_LEVEL[tag]
        return 6

    def _close_headings(self, level: int) -> None:
        while level and self._headings and self._headings[-1][0] >= level:
            self._headings.pop()
