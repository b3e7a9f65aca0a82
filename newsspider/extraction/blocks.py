"""What a page is cut into: blocks of text in document order, and the elements they stand in."""

from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

Piece = tuple[str, etree._Element, bool]  # raw text, the element that holds it, True for an element's tail


class Block(NamedTuple):  # no dataclass: a frozen one takes 0.4 ms a page longer to make
    """A run of text that a reader sees as one: a paragraph, heading, item, table cell and so on.

    `number` is its place among the page's blocks, `scope` the number of the heading over it, -1 for none; `level` a
    heading's 1 to 6, else 0; `hrefs` the addresses of the links that start in it. `node` and `owner` number elements
    in `Nodes`: the deepest around all of it, and the block-level one it stands in, which is `element`. `pieces` are
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
    links: int
    hrefs: tuple[str, ...]
    node: int
    owner: int
    element: etree._Element
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Nodes:
    """The page's elements in document order as parallel lists; a parent comes before its children.

    `first` and `end` are the range of blocks inside the element, `key` its class, id and other naming attributes.
    """

    tag: list[str]
    parent: list[int]
    depth: list[int]
    key: list[str]
    kind: list[str]
    hidden: list[bool]
    first: list[int]
    end: list[int]
    element: list[etree._Element]


@dataclass(frozen=True, slots=True)
class CutPage:
    """A page cut into blocks, the elements they stand in, and before which blocks images stand."""

    blocks: list[Block]
    nodes: Nodes
    images: list[int]
