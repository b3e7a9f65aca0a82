"""Evidence from where a block stands: tags, ancestors, their names, and how much of the page's prose each holds."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newsspider.extraction.blocks import CutPage, Nodes
from newsspider.extraction.evidence.naming import GROUP_NAMES, naming_bits
from newsspider.extraction.evidence.wording import Wording
from newsspider.extraction.tags import KINDS, LANDMARK_TAGS, OTHER_TAG_CODE, TAG_CODE

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
NAMED_ANCESTORS = 12  # how far up names and landmark tags are looked for
WIDER_ANCESTORS = 6  # how many ancestors, each holding more blocks than the one below, are measured
FAR = 99.0  # steps to an ancestor that does not exist
NOTICE_TERMS = 2  # terms of privacy law and cookies that make a block a notice
CORE_SHARES = (0.9, 0.7, 0.5)  # the deepest element with such a share of the page's prose is a candidate for the body


@dataclass(frozen=True, slots=True)
class Shape:
    """The page's elements as arrays: parent, blocks inside (first, end), the next ancestor that holds more blocks.

    `node` and `owner` are the blocks' own, see `Block`.
    """

    parent: Ints
    first: Ints
    end: Ints
    wider: Ints
    node: Ints
    owner: Ints

    def sums(self, values: Array) -> Array:
        """Sum a column over the blocks inside each element."""
        total = np.concatenate([[0.0], np.cumsum(values)])
        return np.asarray(total[self.end] - total[self.first])


def shape_of(page: CutPage) -> Shape:
    """Turn the node lists into arrays and find each element's next wider ancestor."""
    nodes, blocks = page.nodes, page.blocks
    wider: list[int] = []
    for parent, first, end in zip(nodes.parent, nodes.first, nodes.end, strict=True):
        if parent < 0:
            wider.append(0)
        elif nodes.first[parent] == first and nodes.end[parent] == end:
            wider.append(wider[parent])
        else:
            wider.append(parent)
    columns = (
        nodes.parent,
        nodes.first,
        nodes.end,
        wider,
        [block.node for block in blocks],
        [block.owner for block in blocks],
    )
    parents, firsts, ends, widers, node, owner = (np.array(column, dtype=np.int64) for column in columns)
    return Shape(parents, firsts, np.minimum(ends, len(blocks)), widers, node, owner)


def place_columns(page: CutPage, shape: Shape, wording: Wording) -> dict[str, Array]:
    """Return the columns about a block's ancestors."""
    return {
        **_tag_columns(page, shape),
        **_name_columns(page.nodes, shape),
        **_wider_columns(page.nodes, page.images, shape, wording),
        **_core_columns(shape, wording),
    }


def _tag_columns(page: CutPage, shape: Shape) -> dict[str, Array]:
    codes = np.array([TAG_CODE.get(tag, OTHER_TAG_CODE) for tag in page.nodes.tag], dtype=float)
    up = np.maximum(shape.parent, 0)
    kind = np.array([KINDS.index(block.kind) for block in page.blocks], dtype=float)
    columns = {"kind": kind, "level": np.array([block.level for block in page.blocks], dtype=float)}
    columns["node_tag"], columns["owner_tag"] = codes[shape.node], codes[shape.owner]
    columns["parent_tag"] = codes[up[shape.owner]]
    columns["grandparent_tag"] = codes[up[up[shape.owner]]]
    columns["depth"] = np.array(page.nodes.depth, dtype=float)[shape.owner]
    columns["alone_in_parent"] = (shape.end - shape.first)[up[shape.owner]].astype(float)
    return columns


def _name_columns(nodes: Nodes, shape: Shape) -> dict[str, Array]:
    """Return how many steps up the nearest ancestor of each name group and landmark tag stands."""
    groups, landmarks = len(GROUP_NAMES), len(LANDMARK_TAGS)
    landmark_bit = {tag: 1 << (groups + bit) for bit, tag in enumerate(LANDMARK_TAGS)}
    bits = np.array(
        [
            (naming_bits(key) if key else 0) | landmark_bit.get(tag, 0)
            for key, tag in zip(nodes.key, nodes.tag, strict=True)
        ],
        np.int64,
    )
    place, seen = shape.node.copy(), np.zeros(len(shape.node), np.int64)
    steps = np.full((groups + landmarks, len(place)), FAR)
    shifts = np.arange(groups + landmarks, dtype=np.int64)[:, None]
    for step in range(NAMED_ANCESTORS):
        here = np.where(place > 0, bits[place], 0) & ~seen
        if here.any():
            steps[((here >> shifts) & 1) == 1] = step
        seen |= here
        place = np.where(place > 0, shape.parent[place], 0)
    names = [f"in_{name}" for name in (*GROUP_NAMES, *(f"tag_{tag}" for tag in LANDMARK_TAGS))]
    return dict(zip(names, steps, strict=True))


def _wider_columns(nodes: Nodes, images: list[int], shape: Shape, wording: Wording) -> dict[str, Array]:
    """Return share of prose, link density, size and repetition of the ancestors that hold ever more blocks."""
    chars = wording.letters.chars
    prose = shape.sums(wording.prose)
    link_density = shape.sums(wording.link_density * chars) / np.maximum(shape.sums(chars), 1.0)
    held = (shape.end - shape.first).astype(float)
    prose_blocks = shape.sums((wording.prose > 0).astype(float))
    total = max(float(wording.prose.sum()), 1.0)
    pictures = shape.sums(
        np.bincount([image for image in images if image < len(chars)], minlength=len(chars)).astype(float)
    )
    notices = shape.sums(np.where(wording.terms["consent"] >= NOTICE_TERMS, wording.words, 0.0)) / np.maximum(
        shape.sums(wording.words), 1.0
    )
    alike, rank = _alike(nodes)
    columns: dict[str, Array] = {}
    place = shape.node
    columns["alike_0"], columns["rank_0"] = alike[shape.owner], rank[shape.owner]
    for step in range(1, WIDER_ANCESTORS + 1):
        place = shape.wider[place]
        columns[f"prose_{step}"] = prose[place] / total
        columns[f"link_density_{step}"] = link_density[place]
        columns[f"held_{step}"] = held[place]
        columns[f"pictures_{step}"] = pictures[place] / np.maximum(held[place], 1.0)
        columns[f"prose_blocks_{step}"] = prose_blocks[place] / np.maximum(held[place], 1.0)
        if step <= 3:
            columns[f"notice_{step}"] = notices[place]
        if step <= 4:
            columns[f"alike_{step}"], columns[f"rank_{step}"] = alike[place], rank[place]
            columns[f"before_{step}"] = (np.arange(len(place)) - shape.first[place]).astype(float)
            columns[f"after_{step}"] = (shape.end[place] - 1 - np.arange(len(place))).astype(float)
    return columns


def _alike(nodes: Nodes) -> tuple[Array, Array]:
    """Count each element's siblings of the same tag and names (teaser cards), and how many of them stand before it."""
    counts: dict[tuple[int, str, str], int] = {}
    signatures = list(zip(nodes.parent, nodes.tag, nodes.key, strict=True))
    rank = []
    for signature in signatures:
        before = counts.get(signature, 0)
        rank.append(before)
        counts[signature] = before + 1
    return np.array([counts[signature] for signature in signatures], dtype=float), np.array(rank, dtype=float)


def _core_columns(shape: Shape, wording: Wording) -> dict[str, Array]:
    """Return whether a block stands in the deepest element that holds most of the page's prose, and how far from it."""
    prose = shape.sums(wording.prose)
    total = float(wording.prose.sum())
    index = np.arange(len(shape.node))
    columns: dict[str, Array] = {}
    for share in CORE_SHARES:
        holding = np.flatnonzero(prose >= share * total) if total else np.zeros(1, np.int64)
        sizes = (shape.end - shape.first)[holding]
        core = holding[np.flatnonzero(sizes == sizes.min())[-1]]
        first, end = int(shape.first[core]), int(shape.end[core])
        outside = np.maximum(first - index, 0) - np.maximum(index - end + 1, 0)
        columns[f"outside_{int(share * 100)}"] = outside.astype(float)
        columns[f"core_prose_{int(share * 100)}"] = np.full(len(index), prose[core] / max(float(end - first), 1.0))
        climb, steps = shape.node, np.zeros(len(index))
        for _ in range(NAMED_ANCESTORS):
            inside = (climb <= core) & (shape.end[climb] >= end) & (shape.first[climb] <= first)
            steps += ~inside
            climb = np.where(inside, climb, np.maximum(shape.parent[climb], 0))
        columns[f"climb_{int(share * 100)}"] = steps
    return columns
