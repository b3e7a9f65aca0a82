"""Values of a cut page: blocks of text in document order, and the elements around them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

BREAK = "\0"  # the text of a piece for <br>; libxml2 never yields it in a text


class Piece(NamedTuple):
    """A run of characters between two tags, as it stands in the page.

    `element` holds it, as its text or its tail; `node` is the number of the element around it;
    `links` and `bolds` are how many open links and bold elements it stands in.
    """

    text: str
    element: etree._Element
    is_tail: bool
    node: int
    hidden: bool
    links: int
    bolds: int

    @property
    def chars(self) -> int:
        """How many characters it has, without white space at its ends if it begins with some."""
        if self.text[0].isspace():
            return len(self.text.strip())

        return len(self.text)


class Block(NamedTuple):  # no dataclass: a frozen one takes 0.4 ms a page longer to make
    """A run of text that a reader sees as one: a paragraph, heading, item, table cell and so on.

    `number` is its place among the page's blocks, `scope` the number of the heading over it, -1 for
    none; `level` a heading's 1 to 6, else 0. `node` and `owner` number elements in `Nodes`: the
    deepest around all of it, and the block-level one it stands in, which is `element`. `pieces` are
    its parts; the holder of an element's tail is the element's parent.
    """

    number: int
    text: str
    kind: str
    level: int
    scope: int
    hidden: bool
    link_chars: int
    bold_chars: int
    node: int
    owner: int
    element: etree._Element
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Nodes:
    """The page's elements in document order as parallel sequences; parents precede their children.

    `first` and `end` are the range of blocks inside the element, `key` its class, id and other
    naming attributes.
    """

    tag: Sequence[str]
    parent: Sequence[int]
    depth: Sequence[int]
    key: Sequence[str]
    first: Sequence[int]
    end: Sequence[int]


class Image(NamedTuple):
    """An img element: the numbers of the next block, and of the element in `Nodes`."""

    before: int
    node: int
    element: etree._Element


@dataclass(frozen=True, slots=True)
class CutPage:
    """A page cut into blocks, the elements around them, and the places of images.

    `images` counts pictures, figures and videos too; `shown` has the img elements alone. `frames`
    are the parts of the frame around the content, which are not cut, each with the number of the
    block that follows it.
    """

    blocks: list[Block]
    nodes: Nodes
    images: list[int]
    frames: list[tuple[int, etree._Element]]
    shown: list[Image] = field(default_factory=list)
