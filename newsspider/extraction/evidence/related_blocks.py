"""Which blocks of a page are alike, and which heading is over which."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newsspider.extraction.cutting.blocks import CutPage
from newsspider.extraction.evidence.shape import Shape

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class RelatedBlocks:
    """Which blocks are alike: `builds` numbers blocks of the same build, `twins` of the same text.

    A build is the tags and names of the two nearest elements; `scope` is the heading over a block
    (-1 none), `level` a heading's level. `earlier` is the nearest block above with the same text
    (-1 none); blocks that repeat earlier ones in the same order have the same number in `runs`, and
    those that repeat none have 0.
    """

    builds: Ints
    twins: Ints
    scope: Ints
    level: Ints
    earlier: Ints
    runs: Ints


def relate_blocks(page: CutPage, shape: Shape) -> RelatedBlocks:
    """Number the blocks by build and by text."""
    texts: dict[str, int] = {}
    columns = (
        [texts.setdefault(block.text, len(texts)) for block in page.blocks],
        [block.scope for block in page.blocks],
        [block.level for block in page.blocks],
    )
    twins, scope, level = (np.array(column, dtype=np.int64) for column in columns)
    parents = np.maximum(shape.parent[shape.owner], 0)
    pairs: dict[int, int] = {}
    seen = (shape.look[shape.owner] * len(shape.looks) + shape.look[parents]).tolist()
    builds = np.array([pairs.setdefault(pair, len(pairs)) for pair in seen], dtype=np.int64)
    earlier = _earlier(twins)
    repeats = earlier >= 0
    goes_on = repeats & np.append(False, repeats[:-1]) & (np.diff(earlier, prepend=-1) == 1)
    runs = np.where(repeats, np.cumsum(repeats & ~goes_on), 0)

    return RelatedBlocks(builds, twins, scope, level, earlier, runs)


def _earlier(twins: Ints) -> Ints:
    """Return the number of the nearest block above each with the same text, -1 for none."""
    order = np.argsort(twins, kind="stable")
    same = np.diff(twins[order], prepend=-1) == 0
    earlier = np.full(len(twins), -1)
    earlier[order[same]] = order[np.flatnonzero(same) - 1]

    return earlier
