"""Evidence from a block's place: tags, ancestors, their names and shares of the page's prose."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newsspider.extraction.cutting.blocks import CutPage
from newsspider.extraction.cutting.name_groups import GROUP_NAMES, naming_bits
from newsspider.extraction.cutting.tags import KIND_CODE, LANDMARK_TAGS, OTHER_TAG_CODE, TAG_CODE
from newsspider.extraction.evidence.wording import Wording

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
NAMED_ANCESTORS = 12  # how far up names and landmark tags are looked for
WIDER_ANCESTORS = 6  # how many ancestors, each holding more blocks than the one below, are measured
ALIKE_STEPS = frozenset({1, 3})  # ancestors whose likes are counted; the others add nothing
FAR = 99.0  # steps to an ancestor that does not exist
NOTICE_TERMS = 2  # terms of privacy law and cookies that make a block a notice
# The deepest element with such a share of the page's prose is a candidate for the body.
CORE_SHARES = (0.9, 0.7, 0.5)


@dataclass(frozen=True, slots=True)
class Shape:
    """The page's elements as arrays: parent, depth, blocks (first, end), next larger ancestor.

    `look` is the number in `looks` of an element's tag and names. `node` and `owner` are the
    blocks' own, see `Block`.
    """

    parent: Ints
    depth: Ints
    first: Ints
    end: Ints
    wider: Ints
    look: Ints
    node: Ints
    owner: Ints
    looks: tuple[tuple[str, str], ...]

    def sums(self, values: Array) -> Array:
        """Sum a column over the blocks inside each element."""
        total = np.concatenate([[0.0], np.cumsum(values)])
        return np.asarray(total[self.end] - total[self.first])

    def named(self, tells: Callable[[str], bool]) -> list[tuple[int, int]]:
        """Return the blocks inside (first, end) each element with meaningful naming attributes."""
        looks = np.array([bool(key) and tells(key) for _, key in self.looks])
        numbers = np.flatnonzero(looks[self.look])

        return list(zip(self.first[numbers].tolist(), self.end[numbers].tolist(), strict=True))


def shape_of(page: CutPage, keys: Sequence[str]) -> Shape:
    """Turn the nodes into arrays and find each element's next wider ancestor.

    Args:
        page: the cut page.
        keys: the names of each element's role.
    """
    nodes, blocks = page.nodes, page.blocks
    looks: dict[tuple[str, str], int] = {}
    columns = (
        nodes.parent,
        nodes.depth,
        nodes.first,
        nodes.end,
        [looks.setdefault(pair, len(looks)) for pair in zip(nodes.tag, keys, strict=True)],
        [block.node for block in blocks],
        [block.owner for block in blocks],
    )
    parent, depth, first, end, look, node, owner = (
        np.array(column, dtype=np.int64) for column in columns
    )
    wider, end = _wider(parent, first, end), np.minimum(end, len(blocks))

    return Shape(parent, depth, first, end, wider, look, node, owner, tuple(looks))


def _wider(parent: Ints, first: Ints, end: Ints) -> Ints:
    """Return each element's nearest ancestor with more blocks, 0 (the root) if there is none."""
    above = np.maximum(parent, 0)
    same = (first[above] == first) & (end[above] == end) & (parent >= 0)
    # Climbs, in doubling steps, as long as nothing is added.
    top = np.where(same, above, np.arange(len(parent)))

    while not np.array_equal(higher := top[top], top):
        top = higher

    return above[top]


def place_columns(page: CutPage, shape: Shape, wording: Wording) -> dict[str, Array]:
    """Return the columns about a block's ancestors."""
    return {
        **_tag_columns(page, shape),
        **name_columns(shape),
        **_wider_columns(page.images, shape, wording),
        **_core_columns(shape, wording),
    }


def _tag_columns(page: CutPage, shape: Shape) -> dict[str, Array]:
    codes = np.array([TAG_CODE.get(tag, OTHER_TAG_CODE) for tag in page.nodes.tag], dtype=float)
    up = np.maximum(shape.parent, 0)
    kind = np.array([KIND_CODE[block.kind] for block in page.blocks], dtype=float)
    columns = {"kind": kind, "level": np.array([block.level for block in page.blocks], dtype=float)}
    columns["node_tag"], columns["owner_tag"] = codes[shape.node], codes[shape.owner]
    columns["parent_tag"] = codes[up[shape.owner]]
    columns["grandparent_tag"] = codes[up[up[shape.owner]]]
    columns["depth"] = shape.depth[shape.owner].astype(float)
    columns["alone_in_parent"] = (shape.end - shape.first)[up[shape.owner]].astype(float)

    return columns


def name_columns(shape: Shape) -> dict[str, Array]:
    """Return how many steps up the nearest ancestor of each name group and landmark tag is."""
    groups, landmarks = len(GROUP_NAMES), len(LANDMARK_TAGS)
    landmark_bit = {tag: 1 << (groups + bit) for bit, tag in enumerate(LANDMARK_TAGS)}
    by_look = [
        (naming_bits(key) if key else 0) | landmark_bit.get(tag, 0) for tag, key in shape.looks
    ]
    bits = np.array(by_look, np.int64)[shape.look]
    bits[0] = 0  # the root's names say nothing about a block
    above = np.maximum(shape.parent, 0)
    place, seen = shape.node, np.zeros(len(shape.node), np.int64)
    steps = np.full((groups + landmarks, len(place)), FAR)
    shifts = np.arange(groups + landmarks, dtype=np.int64)[:, None]

    for step in range(NAMED_ANCESTORS):
        here = bits[place] & ~seen
        named = np.flatnonzero(here)
        if len(named):
            bit, block = np.nonzero((here[named] >> shifts) & 1)
            steps[bit, named[block]] = step
            seen |= here

        place = above[place]

    names = [f"in_{name}" for name in (*GROUP_NAMES, *(f"tag_{tag}" for tag in LANDMARK_TAGS))]
    return dict(zip(names, steps, strict=True))


def _wider_columns(images: list[int], shape: Shape, wording: Wording) -> dict[str, Array]:
    """Return share of prose, link density, size and repetition of ever larger ancestors."""
    chars = wording.letters.chars
    prose = shape.sums(wording.prose)
    link_density = shape.sums(wording.link_density * chars) / np.maximum(shape.sums(chars), 1.0)
    held = (shape.end - shape.first).astype(float)
    prose_blocks = shape.sums((wording.prose > 0).astype(float))
    total = max(float(wording.prose.sum()), 1.0)
    pictures = shape.sums(
        np.bincount([image for image in images if image < len(chars)], minlength=len(chars)).astype(
            float
        )
    )
    notices = shape.sums(
        np.where(wording.terms["consent"] >= NOTICE_TERMS, wording.words, 0.0)
    ) / np.maximum(shape.sums(wording.words), 1.0)
    alike = _alike(shape)
    columns: dict[str, Array] = {}
    place, index = shape.node, np.arange(len(shape.node))
    columns["alike_0"] = alike[shape.owner]

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
            columns[f"before_{step}"] = (index - shape.first[place]).astype(float)
            columns[f"after_{step}"] = (shape.end[place] - 1 - index).astype(float)

        if step in ALIKE_STEPS:
            columns[f"alike_{step}"] = alike[place]

    return columns


def _alike(shape: Shape) -> Array:
    """Count each element's siblings of the same tag and names, itself among them: teaser cards."""
    signatures = (shape.parent * (int(shape.look.max()) + 1) + shape.look).tolist()
    counts = Counter(signatures)

    return np.array([counts[each] for each in signatures], dtype=float)


def _core_columns(shape: Shape, wording: Wording) -> dict[str, Array]:
    """Return the distance of each block from the deepest element with most of the prose."""
    prose = shape.sums(wording.prose)
    total = float(wording.prose.sum())
    index = np.arange(len(shape.node))
    columns: dict[str, Array] = {}

    for share in CORE_SHARES:
        if total:
            holding = np.flatnonzero(prose >= share * total)
        else:
            holding = np.zeros(1, np.int64)

        sizes = (shape.end - shape.first)[holding]
        core = holding[np.flatnonzero(sizes == sizes.min())[-1]]
        first, end = int(shape.first[core]), int(shape.end[core])
        outside = np.maximum(first - index, 0) - np.maximum(index - end + 1, 0)
        columns[f"outside_{int(share * 100)}"] = outside.astype(float)
        columns[f"core_prose_{int(share * 100)}"] = np.full(
            len(index), prose[core] / max(float(end - first), 1.0)
        )
        columns[f"climb_{int(share * 100)}"] = _climb(shape, core)

    return columns


def _climb(shape: Shape, core: int) -> Array:
    """Return how many steps up from each block the nearest element around it and the core is."""
    around = [core]
    while shape.parent[around[-1]] >= 0:
        around.append(int(shape.parent[around[-1]]))

    index = np.arange(len(shape.node))
    # The elements around the core hold ever more blocks on both sides, so the first that holds a
    # block is counted out.
    firsts, ends = shape.first[around], shape.end[around]
    outside = np.maximum(
        len(around) - np.searchsorted(firsts[::-1], index, side="right"),
        np.searchsorted(ends, index, side="right"),
    )
    meeting = shape.depth[around][np.minimum(outside, len(around) - 1)]

    return np.asarray(np.clip(shape.depth[shape.node] - meeting, 0, NAMED_ANCESTORS), dtype=float)
