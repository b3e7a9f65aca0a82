"""Calibration: what confidence says comes true out of fold."""

from itertools import pairwise

import numpy as np
import pytest

from newsspider.extraction.confidence import SIGN_NAMES, UNCALIBRATED
from newsspider.workshop.training.calibration import BINS, RIGHT_F1, Judged, fit_calibration, reliability

FOLDS = 5


def make_judged(pages: int = 2_000, seed: int = 0) -> list[Judged]:
    """Return pages whose first sign tells the odds that they are right, the others nothing."""
    random = np.random.default_rng(seed)
    signs = random.normal(size=(pages, len(SIGN_NAMES)))
    right = random.random(pages) < 1 / (1 + np.exp(-(2 * signs[:, 0] + 1)))
    f1 = np.where(right, 0.97, 0.5)
    return [Judged(signs[page], float(f1[page]), page % FOLDS) for page in range(pages)]


def test_calibration_finds_the_sign_that_tells() -> None:
    calibration = fit_calibration(make_judged())
    assert calibration.weights[0] == pytest.approx(2, abs=0.3)
    assert calibration.bias == pytest.approx(1, abs=0.2)
    assert np.abs(calibration.weights[1:]).max() < 0.2


def test_same_pages_give_the_same_numbers() -> None:
    one, other = fit_calibration(make_judged()), fit_calibration(make_judged())
    assert one.weights.tolist() == other.weights.tolist()
    assert one.bias == other.bias


def test_confidence_comes_true_in_every_bin() -> None:
    rows = reliability(make_judged())
    assert sum(row["pages"] for row in rows) == 2_000
    for row in rows:
        if row["pages"] > 100:
            assert row["right"] == pytest.approx(row["confidence"], abs=0.1)


def test_rows_are_the_bins_that_have_pages() -> None:
    rows = reliability(make_judged(60))
    edges = [(row["from"], row["to"]) for row in rows]
    assert edges == [pair for pair in pairwise(BINS) if pair in edges]
    assert all(row["from"] <= row["confidence"] <= row["to"] for row in rows)


def test_page_is_judged_by_a_calibration_that_has_not_seen_its_fold() -> None:
    """A fold whose pages are all wrong, though they look right, is given high confidence by the others."""
    judged = [Judged(np.zeros(len(SIGN_NAMES)), 0.1 if page % FOLDS == 0 else 0.95, page % FOLDS) for page in range(50)]
    rows = reliability(judged)
    assert rows[-1]["to"] == 1.0
    assert rows[-1]["pages"] == 10
    assert rows[-1]["right"] == 0.0


@pytest.mark.parametrize(("f1", "low", "high"), [(RIGHT_F1, 0.9, 1.0), (RIGHT_F1 - 0.01, 0.0, 0.1)])
def test_pages_that_all_agree_calibrate_too(f1: float, low: float, high: float) -> None:
    judged = [Judged(np.ones(len(SIGN_NAMES)), f1, page % FOLDS) for page in range(10)]
    assert low <= fit_calibration(judged).confidence(np.ones(len(SIGN_NAMES))) <= high


def test_without_pages_there_is_nothing_to_fit() -> None:
    assert fit_calibration([]) is UNCALIBRATED
    assert reliability([]) == []
