"""Whether the model alone is sure enough of a page, so that trafilatura need not be asked."""

import numpy as np
from numpy.typing import NDArray

from newsspider.extraction.verdicts import best_bar

Floats = NDArray[np.float64]

# Of a block's probability from the bar for keeping it. Where trafilatura changes a body, it nearly
# always tips such a block; docs/explanation/speed.md has the gold pages' figures.
CLOSE = 0.1
# With fewer words kept, trafilatura's body may be taken instead, see `stripping.OUTWEIGHED_SHARE`.
FEW_WORDS = 60


def needs_witness(chance: Floats, words: Floats) -> bool:
    """Whether a block's probability is close to the bar for keeping it, or hardly anything is kept.

    Args:
        chance: of each block to be body, by the model alone.
        words: of each block.

    >>> needs_witness(np.array([0.9, 0.1]), np.array([200.0, 10.0]))
    False
    >>> needs_witness(np.array([0.9, 0.45]), np.array([200.0, 10.0]))
    True
    """
    bar = best_bar(chance, words)
    kept = float(words[chance >= bar].sum())
    return kept < FEW_WORDS or float(np.abs(chance - bar).min()) < CLOSE
