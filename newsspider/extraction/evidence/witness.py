"""trafilatura's verdict on a page, as evidence about each block."""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newsspider.extraction.cutting.blocks import Block
from newsspider.extraction.evidence.related_blocks import RelatedBlocks
from newsspider.extraction.evidence.shape import Shape
from newsspider.extraction.evidence.surroundings import neighbours

Array = NDArray[np.float64]
PROBE_CHARS = 40  # without white space; a piece of text so long is hardly in a page twice by chance
# a shorter text is kept only if it is a whole line, since its words may be in any sentence
LINE_CHARS = 25
KEPT_SHARE = 0.5  # of a block from which trafilatura counts as keeping it
REACH = (-2, -1, 1, 2)
WINDOW = 4  # blocks on each side whose kept share is added up
CONTAINERS = 3  # ever larger ancestors with a column for their kept share
FAR = 20.0  # blocks from the first and last one kept, beyond which distance says nothing more
UNKNOWN = -1.0
PREFIX = "witness"  # of the columns' names

_BULLET = re.compile(r"\s*[-•*]\s*")


@dataclass(frozen=True, slots=True)
class Witness:
    """trafilatura's body, "" for none, and the share of each block that is in it, 0.0 to 1.0."""

    text: str
    shares: Array


def compare_with_blocks(text: str, blocks: list[Block]) -> Witness:
    """Find each block in trafilatura's body: as a line, or by its start, middle and end."""
    whole = _without_blanks(text)
    if whole:
        lines = {_without_blanks(part) for line in text.split("\n") for part in _parts_of(line)}
        shares = [_held(_without_blanks(block.text), lines, whole) for block in blocks]
    else:
        shares = [0.0] * len(blocks)

    return Witness(text, np.array(shares))


def witness_columns(
    witness: Witness, words: Array, shape: Shape, related: RelatedBlocks
) -> dict[str, Array]:
    """Return the shares that trafilatura keeps of a block, its neighbours, containers and page.

    Args:
        witness: the share of each block that trafilatura keeps.
        words: of each block.
        shape: the elements around the blocks.
        related: which blocks are built alike.
    """
    shares = witness.shares
    kept = shares * words
    total = max(float(kept.sum()), 1.0)
    known = bool(witness.text)

    return {
        "witness": shares if known else np.full(len(shares), UNKNOWN),
        "witness_of_page": np.full(len(shares), kept.sum() / max(float(words.sum()), 1.0)),
        "witness_words": np.full(len(shares), np.log1p(kept.sum())),
        "witness_above": (np.cumsum(kept) - kept) / total,
        **_nearby(shares, kept, words),
        **_containers(kept, words, shape),
        "witness_alike": _share_without(
            kept, words, _sum_by(related.builds, kept), _sum_by(related.builds, words)
        ),
    }


def _without_blanks(text: str) -> str:
    return "".join(text.split())  # a tenth of the time of a regular expression


def _parts_of(line: str) -> tuple[str, ...]:
    """Return a line, the same without a list item's mark, and a row's cells."""
    return (line, _without_bullet(line), *line.split("|"))


def _without_bullet(line: str) -> str:
    bullet = _BULLET.match(line)
    if bullet:
        return line[bullet.end() :]

    return line


def _held(text: str, lines: set[str], whole: str) -> float:
    if text in lines:
        return 1.0

    if len(text) < LINE_CHARS:
        return 0.0

    if len(text) < PROBE_CHARS:
        return float(text in whole)

    middle = (len(text) - PROBE_CHARS) // 2
    probes = (text[:PROBE_CHARS], text[middle : middle + PROBE_CHARS], text[-PROBE_CHARS:])
    return ((probes[0] in whole) + (probes[1] in whole) + (probes[2] in whole)) / len(probes)


def _nearby(shares: Array, kept: Array, words: Array) -> dict[str, Array]:
    count = len(shares)
    index = np.arange(count)
    back, ahead = np.maximum(index - WINDOW, 0), np.minimum(index + WINDOW + 1, count)
    kept_to, words_to = (np.concatenate([[0.0], np.cumsum(column)]) for column in (kept, words))
    places = np.flatnonzero(shares >= KEPT_SHARE)
    first, last = (int(places[0]), int(places[-1])) if len(places) else (0, count - 1)

    return {
        **{f"witness_{by:+}": neighbours(shares)(by) for by in REACH},
        "witness_near": (kept_to[ahead] - kept_to[back])
        / np.maximum(words_to[ahead] - words_to[back], 1.0),
        "witness_from_first": np.clip(index - first, -FAR, FAR),
        "witness_to_last": np.clip(last - index, -FAR, FAR),
    }


def _containers(kept: Array, words: Array, shape: Shape) -> dict[str, Array]:
    kept_in, words_in = shape.sums(kept), shape.sums(words)
    columns: dict[str, Array] = {}
    place = shape.node

    for step in range(1, CONTAINERS + 1):
        place = shape.wider[place]
        columns[f"witness_in_{step}"] = _share_without(kept, words, kept_in[place], words_in[place])

    return columns


def _sum_by(groups: NDArray[np.int64], values: Array) -> Array:
    return np.asarray(np.bincount(groups, weights=values)[groups])


def _share_without(kept: Array, words: Array, kept_around: Array, words_around: Array) -> Array:
    """Return the kept share of the text around each block, without the block itself."""
    return (kept_around - kept) / np.maximum(words_around - words, 1.0)
