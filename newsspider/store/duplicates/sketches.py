"""The likeness of two texts, and the sketch of a text, by which similar texts are found.

A text is compared as the set of its pairs of neighbouring words. Words of fewer than four letters
are left out, because they make pairs that any two texts share. On 919 gold texts with 5 %, 10 % and
20 % of the words replaced, left out or inserted, the likeness is 0.90, 0.80 and 0.63 (median; 0.54
in the lowest hundredth of the last). Texts that share a quarter of their sentences, such as reports
that quote the same agency, have 0.25 (0.38 in the highest hundredth).
"""

import re
import struct
import zlib
from collections.abc import Sequence
from itertools import pairwise

from rensa import RMinHash

from newsspider.text import UNSPACED

MIN_LIKENESS = 0.5  # of near-duplicates; between the two figures above
MIN_WORDS = 40  # that are compared; shorter texts are captions, tickers and prompts, which repeat
MAX_CHARS = 50_000  # of a text that are compared, 8,000 words; a crawl's event loop waits for it, 5 ms a text
MIN_LETTERS = 4  # of a word that is compared; a character of a script without spaces is one at once
BANDS = 16  # of two values each: a text with 20 % of its words changed shares one with 98 % probability,
BAND_ROWS = 2  # two texts that have nothing to do with each other with one in 50,000
SEED = 11
SKETCH = struct.Struct(f">{BANDS * BAND_ROWS}I")
_COMPARED = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]{{{MIN_LETTERS},}}")
# Sketches of different versions of the algorithm must not meet: it is part of each band.
_VERSION = int(RMinHash.ALGORITHM_VERSION)


def pairs_of(body: str | None) -> frozenset[str]:
    """Return the pairs of neighbouring words of a text's beginning; none if it is too short to compare.

    >>> sorted(pairs_of("The ferry sails again " * 20))
    ['again ferry', 'ferry sails', 'sails again']
    """
    words = _COMPARED.findall((body or "")[:MAX_CHARS].lower())
    if len(words) < MIN_WORDS:
        return frozenset()
    return frozenset(map(" ".join, pairwise(words)))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the Dice coefficient of two texts, 0.0 to 1.0: twice the shared pairs over all pairs.

    >>> likeness(frozenset({"a b", "b c"}), frozenset({"b c", "c d"}))
    0.5
    """
    if not (one and other):
        return 0.0
    return 2 * len(one & other) / (len(one) + len(other))


def sketch_of(pairs: frozenset[str]) -> bytes:
    """Return the sketch of a text with pairs: its MinHash values."""
    sketch = RMinHash(BANDS * BAND_ROWS, SEED)
    sketch.update(pairs)
    return SKETCH.pack(*sketch.digest())


def bands_of(sketch: bytes) -> tuple[int, ...]:
    """Return the numbers by which sketches are looked up: texts that share one may be alike."""
    size = len(sketch) // BANDS
    parts = (sketch[place * size : (place + 1) * size] for place in range(BANDS))
    return tuple(
        zlib.crc32(part, place << 8 | _VERSION) - (1 << 31) for place, part in enumerate(parts)
    )


def estimate(one: bytes, other: bytes) -> float:
    """Return the likeness of two texts estimated from their sketches, with an error of 0.1."""
    same = sum(a == b for a, b in zip(SKETCH.unpack(one), SKETCH.unpack(other), strict=True))
    share: float = same / (BANDS * BAND_ROWS)  # estimates the Jaccard index
    return 2 * share / (1 + share)


def likest(sketch: bytes, others: Sequence[tuple[int, bytes]], limit: int) -> list[int]:
    """Return the numbers of the sketches that are likest, at most `limit`; texts that clearly differ are left out."""
    estimates = [(estimate(sketch, other), -number) for number, other in others]
    best = sorted(estimates, reverse=True)[:limit]
    return [-number for like, number in best if like >= MIN_LIKENESS / 2]
