"""Boosting a forest from labelled blocks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from newsspider.extraction.evidence.gather import Evidence
from newsspider.extraction.model.forest import Forest
from newsspider.workshop.training.binning import bin_table, find_edges, flatten_trees

Floats = NDArray[np.float64]
_NO_ELEMENT: Any = None
FOLDS = 5
LEARNING_RATE = 0.05
BOOSTING = {
    "max_iter": 300,
    "max_leaf_nodes": 24,
    "learning_rate": LEARNING_RATE,
    "max_depth": 8,
    "min_samples_leaf": 60,
    "l2_regularization": 15.0,
    "max_features": 0.2,
    "early_stopping": False,
    "random_state": 0,
}
TEXT_BOOSTING = {
    **BOOSTING,
    "max_iter": 400,
    "max_leaf_nodes": 40,
    "max_depth": 10,
}  # without markup less is told
WORDS_POWER = 0.6  # a block weighs its words to this power: long ones decide the score, short ones how clean it reads
INNER_ODDS, OUTER_ODDS = (
    0.35,
    0.15,
)  # share of blocks kept for training far inside and far outside the body
INNER_REACH, OUTER_REACH = 4, 10  # how far, in blocks, is far
GATE_TREES = 30
GATE_MISS = 0.0005  # share of gold words that the gate may lose; on pages not trained on it is several times as much


@dataclass(frozen=True, slots=True)
class Sample:
    """A labelled page.

    Attributes:
        evidence: about its blocks.
        share: of each block's words that are gold, 0.0 to 1.0.
        words: of each block.
        trust: the weight of each block's label, 0.0 to 1.0, see `conventions`.
        fold: of its site.
        weight: the weight of the page.
    """

    evidence: Evidence
    share: Floats
    words: Floats
    trust: Floats
    fold: int
    weight: float = 1.0

    def without_elements(self) -> "Sample":
        """Return the sample without the page's elements, which can't leave their process."""
        page = self.evidence.page
        blocks = [block._replace(element=_NO_ELEMENT, pieces=()) for block in page.blocks]
        return replace(
            self,
            evidence=replace(self.evidence, page=replace(page, blocks=blocks, frames=[], shown=[])),
        )


def fold_of(site: str, folds: int) -> int:
    """Number the fold of a site, the same in every run."""
    return crc32(site.encode()) % folds


def columns_of(sample: Sample, names: tuple[str, ...]) -> NDArray[np.float32]:
    """Return the sample's table with the named columns."""
    place = {name: index for index, name in enumerate(sample.evidence.names)}
    return sample.evidence.table[:, [place[name] for name in names]]


def fit_forest(
    samples: Sequence[Sample], names: tuple[str, ...], boosting: Mapping[str, Any] = BOOSTING
) -> Forest:
    """Boost a forest on labelled blocks, with scikit-learn's settings for it, and set its gate."""
    tables = [columns_of(sample, names) for sample in samples]
    return _gated(_boost(samples, tables, boosting), samples, tables)


def _boost(
    samples: Sequence[Sample], tables: Sequence[NDArray[np.float32]], boosting: Mapping[str, Any]
) -> Forest:
    from sklearn.ensemble import HistGradientBoostingClassifier  # an extra: only training needs it

    rows, labels, weights = [], [], []
    for number, (sample, table) in enumerate(zip(samples, tables, strict=True)):
        odds = _odds(sample.share >= 0.5)
        kept = np.random.default_rng(number).random(len(odds)) < odds
        rows.append(table[kept])
        labels.append(sample.share[kept] >= 0.5)
        weights.append((_weights(sample) / odds)[kept])

    weight, table = np.concatenate(weights), np.concatenate(rows)
    edges = find_edges(table)
    learner = HistGradientBoostingClassifier(**boosting)
    learner.fit(
        bin_table(table, edges), np.concatenate(labels), sample_weight=weight / weight.mean()
    )
    return flatten_trees(learner, edges, LEARNING_RATE)


def _weights(sample: Sample) -> Floats:
    """Weigh blocks by words, doubtful labels and those that contradict the policy less, pages with long bodies less."""
    clear = np.maximum(np.abs(2 * sample.share - 1), 0.1)
    body = max(float((sample.share * sample.words).sum()), 200.0)
    return np.asarray(
        sample.weight * sample.trust * (sample.words + 3) ** WORDS_POWER * clear / body**0.5
    )


def _odds(labels: NDArray[np.bool_]) -> Floats:
    """Return each block's odds of being trained on: all near an edge of the body, few far from it."""
    edges = np.flatnonzero(np.diff(labels.astype(np.int8)))
    far = np.full(len(labels), np.inf)
    index = np.arange(len(labels))

    for edge in edges:
        far = np.minimum(far, np.where(index <= edge, edge - index, index - 1 - edge))

    return np.where(
        labels,
        np.where(far > INNER_REACH, INNER_ODDS, 1.0),
        np.where(far > OUTER_REACH, OUTER_ODDS, 1.0),
    )


def _gated(
    forest: Forest, samples: Sequence[Sample], tables: Sequence[NDArray[np.float32]]
) -> Forest:
    """Set the gate so low that hardly a gold word is stopped by it."""
    early = replace(forest, roots=forest.roots[:GATE_TREES], gate_trees=GATE_TREES, gate=-np.inf)
    scores, words = [], []
    for sample, table in zip(samples, tables, strict=True):
        gold = sample.share >= 0.5
        scores.append(early.scores(table[gold]))
        words.append(sample.words[gold])

    score, word = np.concatenate(scores), np.concatenate(words)
    order = np.argsort(score, kind="stable")
    passed = np.searchsorted(np.cumsum(word[order]), GATE_MISS * word.sum())
    gate = float(score[order[min(int(passed), len(order) - 1)]])
    return replace(forest, gate_trees=GATE_TREES, gate=gate)
