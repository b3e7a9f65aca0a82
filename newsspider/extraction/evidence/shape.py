"""The page's elements as arrays: their places, blocks and names."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newsspider.extraction.cutting.blocks import CutPage

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
_NUL = "\0"  # after each look's names


@dataclass(frozen=True, slots=True)
class Shape:
    """The page's elements as arrays: parent, depth, blocks (first, end), next larger ancestor.

    `look` is the number in `looks` of an element's tag and names; `holding` tells the looks of
    elements that hold blocks, two thirds of all. `names` are their names, in lower case, with a NUL
    after those of each look. `node` and `owner` are the blocks' own, see `Block`.
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
    holding: list[bool]
    names: str

    def sums(self, values: Array) -> Array:
        """Sum columns over the blocks inside each element: […, block] to […, element]."""
        total = np.zeros((*values.shape[:-1], values.shape[-1] + 1))
        np.cumsum(values, axis=-1, out=total[..., 1:])
        return np.asarray(total[..., self.end] - total[..., self.first])

    def named(self, parts: Iterable[str], tells: Callable[[str], bool]) -> list[tuple[int, int]]:
        """Return the blocks inside (first, end) each element with meaningful naming attributes.

        Args:
            parts: in lower case; names without any of them mean nothing.
            tells: whether naming attributes have the meaning.
        """
        return self.ranges(look for look in self.looks_with(parts) if tells(self.looks[look][1]))

    def looks_with(self, parts: Iterable[str]) -> set[int]:
        """Return the looks around blocks whose names contain one of these parts, in lower case."""
        found = set()
        for part in parts:
            look = passed = 0
            at = self.names.find(part)
            while at >= 0:
                look += self.names.count(_NUL, passed, at)
                found.add(look)
                passed = self.names.index(_NUL, at)
                at = self.names.find(part, passed)

        return found

    def ranges(self, looks: Iterable[int]) -> list[tuple[int, int]]:
        """Return the blocks inside (first, end) each element with one of these looks."""
        if not (wanted := list(looks)):
            return []

        is_wanted = np.zeros(len(self.looks), dtype=bool)
        is_wanted[wanted] = True
        numbers = np.flatnonzero(is_wanted[self.look])
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

    holding = np.zeros(len(looks), dtype=bool)
    holding[look[end > first]] = True
    held = holding.tolist()
    names = [f"{key}{_NUL}" if holds else _NUL for (_, key), holds in zip(looks, held, strict=True)]

    return Shape(
        parent, depth, first, end, wider, look, node, owner,
        tuple(looks), held, "".join(names).lower(),
    )  # fmt: skip


def _wider(parent: Ints, first: Ints, end: Ints) -> Ints:
    """Return each element's nearest ancestor with more blocks, 0 (the root) if there is none."""
    above = np.maximum(parent, 0)
    same = (first[above] == first) & (end[above] == end) & (parent >= 0)
    # Climbs, in doubling steps, as long as nothing is added.
    top = np.where(same, above, np.arange(len(parent)))

    while not np.array_equal(higher := top[top], top):
        top = higher

    return above[top]
