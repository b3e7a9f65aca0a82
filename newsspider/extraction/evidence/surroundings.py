"""Evidence from a block's neighbours, its position on the page, and other blocks built like it."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from newsspider.extraction.cutting.blocks import CutPage
from newsspider.extraction.evidence.phrases import PHRASE_GROUPS
from newsspider.extraction.evidence.related_blocks import RelatedBlocks
from newsspider.extraction.evidence.shape import Shape
from newsspider.extraction.evidence.wording import Wording

Array = NDArray[np.float64]
REACH = (-3, -2, -1, 1, 2, 3)
NEAR = 2  # neighbours with more columns
_UNDER = tuple(f"under_{group}" for group in PHRASE_GROUPS)
WINDOW = 6  # blocks before and after whose prose is added up


def neighbours(values: Array) -> Callable[[int], Array]:
    """Return a function to the values of blocks so many blocks on (negative: back), -1 for none.

    Args:
        values: `[…, block]`.

    >>> neighbours(np.array([1.0, 2.0, 3.0]))(1).tolist()
    [2.0, 3.0, -1.0]
    """
    count = values.shape[-1]
    padded = np.full((*values.shape[:-1], count + 2 * REACH[-1]), -1.0)
    padded[..., REACH[-1] : -REACH[-1]] = values

    return lambda by: padded[..., REACH[-1] + by : REACH[-1] + by + count]


def surrounding_columns(
    page: CutPage, shape: Shape, wording: Wording, related: RelatedBlocks
) -> dict[str, Array]:
    """Return the columns that compare a block with others."""
    return {
        **_neighbour_columns(shape, wording, related),
        **_position_columns(page, wording),
        **_twin_columns(wording, related),
        **_heading_columns(wording, related),
    }


def _neighbour_columns(shape: Shape, wording: Wording, related: RelatedBlocks) -> dict[str, Array]:
    columns: dict[str, Array] = {}
    words = np.log1p(wording.words)
    parent = shape.parent[shape.owner]
    stops = np.minimum(wording.letters.counts["stop"], 5.0)
    beside = neighbours(np.array([words, wording.link_density, related.level, stops, parent]))

    for by in REACH:
        near_words, near_links, level, near_stops, near_parent = beside(by)
        columns[f"words_{by:+}"] = near_words
        columns[f"link_density_{by:+}"] = near_links
        if abs(by) <= NEAR:
            columns[f"level_{by:+}"] = level
            columns[f"stops_{by:+}"] = near_stops
            columns[f"sibling_{by:+}"] = (near_parent == parent).astype(float)

    total = np.concatenate([[0.0], np.cumsum(wording.prose)])
    index = np.arange(len(words))
    columns["prose_before"] = np.log1p(total[index] - total[np.maximum(index - WINDOW, 0)])
    columns["prose_after"] = np.log1p(
        total[np.minimum(index + 1 + WINDOW, len(words))] - total[index + 1]
    )

    return columns


def _position_columns(page: CutPage, wording: Wording) -> dict[str, Array]:
    count = len(page.blocks)
    index = np.arange(count, dtype=float)
    prose = np.concatenate([[0.0], np.cumsum(wording.prose)])
    total = max(float(prose[-1]), 1.0)
    long = np.flatnonzero(wording.prose > 0)
    first, last = (int(long[0]), int(long[-1])) if len(long) else (0, count - 1)
    h1 = next((block.number for block in page.blocks if block.level == 1), -1)
    images = np.array(sorted(set(page.images)), dtype=np.int64)
    after_image = np.searchsorted(images, index, side="right")
    previous = np.where(
        after_image > 0, images[np.maximum(after_image - 1, 0)] if len(images) else 0, -99
    )
    following = np.where(
        after_image < len(images),
        images[np.minimum(after_image, len(images) - 1)] if len(images) else 0,
        999,
    )

    return {
        "position": index / max(count - 1, 1),
        "index": np.log1p(index),
        "from_end": np.log1p(count - 1 - index),
        "blocks_on_page": np.full(count, np.log1p(count)),
        "prose_on_page": np.full(count, np.log1p(total)),
        "prose_passed": prose[:-1] / total,
        "own_prose": wording.prose / total,
        "from_first_prose": index - first,
        "to_last_prose": last - index,
        "from_h1": np.clip(index - h1, -50, 50) if h1 >= 0 else np.full(count, -99.0),
        "since_image": np.minimum(index - previous, 20.0),
        "until_image": np.minimum(following - index, 20.0),
    }


def _twin_columns(wording: Wording, related: RelatedBlocks) -> dict[str, Array]:
    """Count blocks with the same text or build, and runs that repeat earlier ones."""
    repeats = related.runs > 0
    count = np.bincount(related.builds).astype(float)

    return {
        "copies": np.bincount(related.twins)[related.twins].astype(float),
        "earlier_copies": _earlier(related.twins),
        "run_blocks": np.where(repeats, np.bincount(related.runs)[related.runs], 0),
        "run_words": np.where(
            repeats, np.log1p(np.bincount(related.runs, weights=wording.words)[related.runs]), 0.0
        ),
        "same_build": count[related.builds],
        "build_words": _mean_of(related.builds, count, np.log1p(wording.words)),
        "build_links": _mean_of(related.builds, count, wording.link_density),
        "build_prose": _mean_of(related.builds, count, (wording.prose > 0).astype(float)),
        "build_share": np.bincount(related.builds, weights=wording.prose)[related.builds]
        / max(float(wording.prose.sum()), 1.0),
    }


def _earlier(twins: NDArray[np.int64]) -> Array:
    """Return how many blocks with the same text are above each."""
    order = np.argsort(twins, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(twins))])
    earlier = np.empty(len(twins))
    earlier[order] = np.arange(len(twins)) - starts[twins[order]]

    return earlier


def _mean_of(build: NDArray[np.int64], count: Array, values: Array) -> Array:
    return np.asarray((np.bincount(build, weights=values) / count)[build])


def _heading_columns(wording: Wording, related: RelatedBlocks) -> dict[str, Array]:
    """Return columns about the heading over a block, and for a heading about its section."""
    count = len(related.scope)
    scope, over = related.scope, related.scope >= 0
    chars = wording.letters.chars
    passed = np.zeros((3, count + 1))
    np.cumsum([wording.prose, chars, wording.link_density * chars], axis=1, out=passed[:, 1:])
    headings = np.append(np.flatnonzero(related.level), count)
    index = np.arange(count)
    heads_to = headings[np.searchsorted(headings[:-1], index, side="right")]
    prose, section_chars, links = passed[:, heads_to] - passed[:, 1:]
    said = np.where(over, (wording.opening | wording.saying)[scope], 0)
    under = ((said >> np.arange(len(_UNDER))[:, None]) & 1).astype(float)

    return {
        **dict(zip(_UNDER, under, strict=True)),
        "scope_level": np.where(over, related.level[scope], 0.0),
        "since_heading": np.where(over, index - scope, -1.0),
        "until_heading": (heads_to - index).astype(float),
        "prose_until_heading": np.log1p(prose),
        "links_until_heading": links / np.maximum(section_chars, 1.0),
        "scope_links": np.where(over, wording.link_density[scope], -1.0),
        "scope_words": np.where(over, np.log1p(wording.words[scope]), -1.0),
    }
