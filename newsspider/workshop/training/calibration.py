"""Fitting the confidence to out-of-fold bodies, and showing that it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsspider.extraction.confidence import UNCALIBRATED, Calibration

RIGHT_F1 = 0.9  # word F1 from which a body counts as right
BINS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """A page's signs, the word F1 of its out-of-fold body, and its site's fold."""

    signs: Floats
    word_f1: float
    fold: int


def fit_calibration(judged: Sequence[Judged]) -> Calibration:
    """Fit a logistic regression from signs to "the body is right".

    The same pages give the same numbers.

    Without pages (too little gold to find any body) there is nothing to fit.
    """
    from sklearn.linear_model import LogisticRegression  # an extra: only training needs it

    if not judged:
        return UNCALIBRATED

    table = np.stack([page.signs for page in judged])
    right = np.array([page.word_f1 >= RIGHT_F1 for page in judged])
    if right.all() or not right.any():
        return Calibration(np.zeros(table.shape[1]), 4.0 if right.all() else -4.0)

    mean, spread = table.mean(axis=0), np.maximum(table.std(axis=0), 1e-9)
    learner: Any = LogisticRegression(C=1.0, max_iter=1000).fit((table - mean) / spread, right)
    weights = learner.coef_[0] / spread
    return Calibration(weights, float(learner.intercept_[0] - weights @ mean))


def reliability(judged: Sequence[Judged]) -> list[dict[str, float]]:
    """Return a row a bin of confidence, each page's by a calibration that has not seen its fold.

    A row has the bin's bounds, its pages, their mean confidence and the share of them whose body is
    right.
    """
    given = np.zeros(len(judged))
    folds = np.array([page.fold for page in judged])
    for fold in np.unique(folds):
        calibration = fit_calibration([page for page in judged if page.fold != fold])
        for index in np.flatnonzero(folds == fold).tolist():
            given[index] = calibration.confidence(judged[index].signs)

    right = np.array([page.word_f1 >= RIGHT_F1 for page in judged])
    rows = []
    for low, high in pairwise(BINS):
        inside = (given >= low) & ((given < high) | (high == BINS[-1]))
        if inside.any():
            rows.append(
                {
                    "from": low,
                    "to": high,
                    "pages": int(inside.sum()),
                    "confidence": round(float(given[inside].mean()), 3),
                    "right": round(float(right[inside].mean()), 3),
                }
            )

    return rows
