"""Boosted trees as flat arrays, read with numpy alone."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

STOPPED_SCORE = -4.6  # log odds of 0.01, at most, for a row that the gate stops


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees laid end to end.

    A node's right child follows its left; a leaf is its own left child below an infinite threshold.
    After the trees numbered below `gate_trees`, rows with a sum under `gate` are read no further:
    sure boilerplate.
    """

    feature: Ints
    threshold: Floats
    left: Ints
    value: Floats
    roots: Ints
    depth: int
    base: float
    gate_trees: int
    gate: float

    def scores(self, table: Floats) -> NDArray[np.float64]:
        """Return the sum over all trees (log odds) for each row of features."""
        columns = np.ascontiguousarray(table.T)  # as the evidence is in memory
        scores = self._sums(columns, self.roots[: self.gate_trees]) + self.base
        passed = scores >= self.gate

        if self.gate_trees < len(self.roots) and (unsure := np.flatnonzero(passed)).size:
            later = self.roots[self.gate_trees :]
            scores[unsure] += self._sums(columns.take(unsure, axis=1), later)

        return np.where(passed, scores, np.minimum(scores, STOPPED_SCORE))

    def _sums(self, columns: Floats, roots: Ints) -> NDArray[np.float64]:
        """Return the sum over some trees for each row, given the values `[feature, row]`.

        All rows go down one tree before the next, since its few nodes then stay in the fastest
        memory: a third less time than row by row.
        """
        count = columns.shape[1]
        starts, rows = self.feature * np.int32(count), np.arange(count, dtype=np.int32)
        # All rows are at the same node, so that whole columns are compared.
        right = columns[self.feature[roots]] > self.threshold[roots][:, None]
        nodes = self.left[roots][:, None] + right
        flat = columns.ravel()

        for _ in range(self.depth - 1):
            places = _at(starts, nodes)
            places += rows
            right = _at(flat, places) > _at(self.threshold, nodes)
            nodes = _at(self.left, nodes)
            nodes += right

        by_row = np.ascontiguousarray(_at(self.value, nodes).T)  # its sums are rounded alike
        return np.asarray(by_row.sum(axis=1, dtype=np.float64))

    def shares(self, row: Floats) -> dict[int, float]:
        """Return each feature's part of one row's score, summed over its splits in the trees.

        Source:
            Saabas: Interpreting random forests, 2014. Inner nodes hold the mean of the leaves
                below.
        """
        shares: dict[int, float] = {}
        for root in self.roots.tolist():
            node = root
            while self.left[node] != node:
                feature = int(self.feature[node])
                child = int(self.left[node]) + int(row[feature] > self.threshold[node])
                shares[feature] = shares.get(feature, 0.0) + float(
                    self.value[child] - self.value[node]
                )
                node = child

        return shares


def _at(values: NDArray[Any], places: NDArray[np.int32]) -> NDArray[Any]:
    """Return the values at existing places.

    Not checking them (`mode`) saves a sixth of the time.
    """
    return values.take(places, mode="wrap")


def chances(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn log odds into probabilities."""
    return np.asarray(1.0 / (1.0 + np.exp(-scores)))
