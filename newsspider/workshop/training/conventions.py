"""Where a gold folder's convention contradicts the body policy, its labels hardly count.

The policy keeps lists, quotes, tables and embedded posts inside the article and drops captions. A
folder whose gold is what a publisher's own selectors give lacks the former, and one that was marked
up by hand has some of the latter.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newsspider.extraction.evidence.gather import Evidence

# The weight of a label that contradicts the policy; 0 is not better on unseen sets
CONTRADICTING = 0.1
IN_FIGURE = 2  # steps up to the <figure> around a caption


@dataclass(frozen=True, slots=True)
class Convention:
    """Differences of a folder's gold: the kinds of blocks that it lacks, and whether it has captions."""

    lacks: frozenset[str] = frozenset()
    has_captions: bool = False


_SELECTORS = Convention(lacks=frozenset({"item", "quote", "cell", "embed"}))
_BY_HAND = Convention(lacks=frozenset({"embed"}), has_captions=True)
CONVENTIONS = {
    "fundus": _SELECTORS,
    "fundus-old": _SELECTORS,
    "fundus-eval": Convention(lacks=frozenset({"embed"})),
    "wcxb-articles": _BY_HAND,
    "waddle": _BY_HAND,
}
POLICY = (
    Convention()
)  # of all other gold, such as the corrections that `newsspider why --html` saves


def trust_labels(
    folder: str, evidence: Evidence, share: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the weight of each block's label: 1.0, or CONTRADICTING if convention and policy differ."""
    return np.where(find_contradictions(folder, evidence, share), CONTRADICTING, 1.0)


def find_contradictions(
    folder: str, evidence: Evidence, share: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Return on which blocks a folder's gold contradicts the policy.

    Args:
        folder: the gold folder's name.
        evidence: about the page's blocks.
        share: of each block's words that are gold.
    """
    convention = CONVENTIONS.get(folder, POLICY)
    gold = share >= 0.5
    blocks = evidence.page.blocks
    lacked = np.array([block.kind in convention.lacks for block in blocks]) & ~gold & _between(gold)
    captions = np.array([block.kind == "caption" for block in blocks]) | (
        evidence.column("in_tag_figure") <= IN_FIGURE
    )
    return np.asarray(lacked | (captions & gold & convention.has_captions))


def _between(gold: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which blocks stand between the first and the last gold one."""
    return np.asarray(np.logical_or.accumulate(gold) & np.logical_or.accumulate(gold[::-1])[::-1])
