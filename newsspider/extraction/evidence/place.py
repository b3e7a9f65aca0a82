"""Evidence from a block's place: tags, ancestors, their names and shares of the page's prose."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from newsspider.extraction.cutting.blocks import CutPage
from newsspider.extraction.cutting.name_groups import GROUP_NAMES, naming_bits
from newsspider.extraction.cutting.tags import KIND_CODE, LANDMARK_TAGS, OTHER_TAG_CODE, TAG_CODE
from newsspider.extraction.evidence.shape import Shape
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
_SHARES = ("prose", "link_density", "held", "pictures", "prose_blocks")  # measured in ancestors
_LANDMARK_BIT = {tag: 1 << bit for bit, tag in enumerate(LANDMARK_TAGS, start=len(GROUP_NAMES))}
_NAME_COLUMNS = tuple(f"in_{name}" for name in GROUP_NAMES) + tuple(
    f"in_tag_{tag}" for tag in LANDMARK_TAGS
)


def place_columns(page: CutPage, shape: Shape, wording: Wording) -> dict[str, Array]:
    """Return the columns about a block's ancestors."""
    prose = shape.sums(wording.prose)

    return {
        **_tag_columns(page, shape),
        **name_columns(shape),
        **_wider_columns(page.images, shape, wording, prose),
        **_core_columns(page.nodes.parent, shape, prose, float(wording.prose.sum())),
    }


def _tag_columns(page: CutPage, shape: Shape) -> dict[str, Array]:
    by_look = [TAG_CODE.get(tag, OTHER_TAG_CODE) for tag, _ in shape.looks]
    codes = np.array(by_look, dtype=float)[shape.look]
    up = np.maximum(shape.parent, 0)
    parent = up[shape.owner]
    levels = [block.level for block in page.blocks]

    return {
        "kind": np.array([KIND_CODE[block.kind] for block in page.blocks], dtype=float),
        "level": np.array(levels, dtype=float),
        "node_tag": codes[shape.node],
        "owner_tag": codes[shape.owner],
        "parent_tag": codes[parent],
        "grandparent_tag": codes[up[parent]],
        "depth": shape.depth[shape.owner].astype(float),
        "alone_in_parent": (shape.end - shape.first)[parent].astype(float),
    }


def name_columns(shape: Shape) -> dict[str, Array]:
    """Return how many steps up the nearest ancestor of each name group and landmark tag is."""
    by_look = [
        naming_bits(key) | _LANDMARK_BIT.get(tag, 0) if holds else 0
        for (tag, key), holds in zip(shape.looks, shape.holding, strict=True)
    ]
    bits = np.array(by_look, "<i8")[shape.look]
    bits[0] = 0  # the root's names say nothing about a block
    ancestors = _climb_from(shape.node, np.maximum(shape.parent, 0), NAMED_ANCESTORS)
    met = np.bitwise_or.accumulate(bits[ancestors], axis=0)
    # A name that is met at a step is met at all later ones, so counting gives the first.
    flags = np.unpackbits(met.view(np.uint8), axis=1, bitorder="little")
    counts = flags.reshape(NAMED_ANCESTORS, len(shape.node), -1).sum(axis=0, dtype=np.uint8)
    counts = counts.T[: len(_NAME_COLUMNS)]
    steps = np.where(counts, NAMED_ANCESTORS - counts, FAR)

    return dict(zip(_NAME_COLUMNS, steps, strict=True))


def _climb_from(start: Ints, above: Ints, steps: int) -> Ints:
    """Return the elements on the way up from each block's start, `[step, block]`."""
    way = np.empty((steps, len(start)), dtype=np.int64)
    place = start
    for row in way:
        row[:] = place
        place = above[place]

    return way


def _wider_columns(
    images: list[int], shape: Shape, wording: Wording, prose: Array
) -> dict[str, Array]:
    """Return share of prose, link density, size and repetition of ever larger ancestors."""
    index = np.arange(len(shape.node))
    ancestors = _climb_from(shape.wider[shape.node], shape.wider, WIDER_ANCESTORS)
    before = (index - shape.first[ancestors]).astype(float)
    after = (shape.end[ancestors] - 1 - index).astype(float)
    alike = _alike(shape)
    measures = _measure_elements(images, shape, wording, prose)[:, ancestors]
    columns = {"alike_0": alike[shape.owner]}

    for step in range(1, WIDER_ANCESTORS + 1):
        *shares, notices = measures[:, step - 1]
        for name, values in zip(_SHARES, shares, strict=True):
            columns[f"{name}_{step}"] = values

        if step <= 3:
            columns[f"notice_{step}"] = notices

        if step <= 4:
            columns[f"before_{step}"] = before[step - 1]
            columns[f"after_{step}"] = after[step - 1]

        if step in ALIKE_STEPS:
            columns[f"alike_{step}"] = alike[ancestors[step - 1]]

    return columns


def _measure_elements(images: list[int], shape: Shape, wording: Wording, prose: Array) -> Array:
    """Return the shares of _SHARES and that of notices, `[share, element]`."""
    chars, words = wording.letters.chars, wording.words
    pictured = np.bincount([image for image in images if image < len(chars)], minlength=len(chars))
    noticed = np.where(wording.terms["consent"] >= NOTICE_TERMS, words, 0.0)
    linked, in_chars, in_words, notices, pictures, prose_blocks = shape.sums(
        np.array([wording.link_density * chars, chars, words, noticed, pictured, wording.prose > 0])
    )
    held = (shape.end - shape.first).astype(float)
    divisor = np.maximum(held, 1.0)

    return np.array(
        [
            prose / max(float(wording.prose.sum()), 1.0),
            linked / np.maximum(in_chars, 1.0),
            held,
            pictures / divisor,
            prose_blocks / divisor,
            notices / np.maximum(in_words, 1.0),
        ]
    )


def _alike(shape: Shape) -> Array:
    """Count each element's siblings of the same tag and names, itself among them: teaser cards."""
    signatures = (shape.parent * (int(shape.look.max()) + 1) + shape.look).tolist()
    counts = Counter(signatures)  # np.unique takes longer

    return np.array([counts[each] for each in signatures], dtype=float)


def _core_columns(
    parents: Sequence[int], shape: Shape, prose: Array, total: float
) -> dict[str, Array]:
    """Return the distance of each block from the deepest element with most of the prose."""
    sizes = shape.end - shape.first
    found: dict[int, tuple[Array, Array, Array]] = {}  # mostly one element for all shares
    columns: dict[str, Array] = {}

    for share in CORE_SHARES:
        core = _find_core(sizes, prose, share * total)
        if core not in found:
            found[core] = _measure_core(parents, shape, core, float(prose[core]))

        for name, values in zip(("outside", "core_prose", "climb"), found[core], strict=True):
            columns[f"{name}_{int(share * 100)}"] = values

    return columns


def _find_core(sizes: Ints, prose: Array, needed: float) -> int:
    """Return the deepest of the smallest elements with so much prose, the root without any."""
    if not needed:
        return 0

    holding = np.flatnonzero(prose >= needed)
    held = sizes[holding]
    return int(holding[np.flatnonzero(held == held.min())[-1]])


def _measure_core(
    parents: Sequence[int], shape: Shape, core: int, prose: float
) -> tuple[Array, Array, Array]:
    """Return each block's distance from an element, its prose a block, and the way up to it."""
    first, end = int(shape.first[core]), int(shape.end[core])
    index = np.arange(len(shape.node))
    outside = np.maximum(first - index, 0) - np.maximum(index - end + 1, 0)
    density = np.full(len(index), prose / max(float(end - first), 1.0))

    return outside.astype(float), density, _climb(parents, shape, core)


def _climb(parents: Sequence[int], shape: Shape, core: int) -> Array:
    """Return how many steps up from each block the nearest element around it and the core is."""
    around = [core]
    while parents[around[-1]] >= 0:
        around.append(parents[around[-1]])

    index = np.arange(len(shape.node))
    # The elements around the core hold ever more blocks on both sides, so the first that holds a
    # block is counted out.
    firsts, ends = shape.first[around], shape.end[around]
    outside = np.maximum(
        len(around) - np.searchsorted(firsts[::-1], index, side="right"),
        np.searchsorted(ends, index, side="right"),
    )
    meeting = shape.depth[around][np.minimum(outside, len(around) - 1)]
    steps = (shape.depth[shape.node] - meeting).astype(float)

    return np.asarray(np.minimum(np.maximum(steps, 0.0), NAMED_ANCESTORS))
