"""Bin features for training, and turn scikit-learn's trees over bins into trees over the features themselves."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsspider.extraction.model.forest import Forest

BINS = 120  # more gain nothing on the gold pages and slow the training


def find_edges(table: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """Return each column's edges: values of it that part the rows evenly, ascending, none twice."""
    places = np.linspace(0, len(table) - 1, BINS + 1).round().astype(np.int64)[1:-1]
    return [np.unique(np.sort(column)[places]) for column in table.T]


def bin_table(table: NDArray[np.float32], edges: list[NDArray[np.float32]]) -> NDArray[np.uint8]:
    """Return how many edges of its column each value is above."""
    columns = [
        np.searchsorted(edge, column, side="left")
        for column, edge in zip(table.T, edges, strict=True)
    ]
    return np.column_stack(columns).astype(np.uint8)


def flatten_trees(learner: Any, edges: list[NDArray[np.float32]], rate: float) -> Forest:
    """Lay a gradient-boosting learner's trees end to end, siblings side by side.

    Thresholds are in the features' own values, not in bins.
    """
    rows: list[tuple[int, float, int, float]] = []
    roots, depth = [], 0
    for (tree,) in learner._predictors:
        nodes = tree.nodes
        depth = max(depth, int(nodes["depth"].max()))
        roots.append(len(rows))
        rows.append((0, 0.0, 0, 0.0))
        waiting = [(0, roots[-1])]

        while waiting:
            node, place = waiting.pop()
            if nodes["is_leaf"][node]:
                rows[place] = (0, np.inf, place, float(nodes["value"][node]))
                continue

            feature, child = int(nodes["feature_idx"][node]), len(rows)
            threshold = float(edges[feature][int(nodes["num_threshold"][node])])
            rows[place] = (feature, threshold, child, float(nodes["value"][node]) * rate)
            rows += [rows[place], rows[place]]
            waiting += [(int(nodes["left"][node]), child), (int(nodes["right"][node]), child + 1)]

    feature_of, threshold_of, left_of, value_of = zip(*rows, strict=True)

    return Forest(
        feature=np.array(feature_of, np.int32),
        threshold=np.array(threshold_of, np.float32),
        left=np.array(left_of, np.int32),
        value=np.array(value_of, np.float32),
        roots=np.array(roots, np.int32),
        depth=depth,
        base=float(learner._baseline_prediction.ravel()[0]),
        gate_trees=len(roots),
        gate=-np.inf,
    )
