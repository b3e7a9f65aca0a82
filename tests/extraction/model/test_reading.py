"""The model: a forest over named features, stored as arrays and read with numpy alone."""

from dataclasses import fields, replace

import numpy as np
import pytest
from numpy.typing import NDArray

from newsspider.extraction.model.forest import STOPPED_SCORE, Forest, chances
from newsspider.extraction.model.reading import Model, read_model, to_arrays
from tests.stripping import weigh_html

PROSE = "The ferry sails again from the old harbour, said the harbour master, who had waited nine years for it."
INF = np.inf


def stump(feature: int, threshold: float, low: float, high: float, *, base: float = 0.0) -> Forest:
    """Return a forest of one tree with one split."""
    return Forest(
        feature=np.array([feature, 0, 0], np.int32),
        threshold=np.array([threshold, INF, INF], np.float32),
        left=np.array([1, 1, 2], np.int32),
        value=np.array([(low + high) / 2, low, high], np.float32),
        roots=np.array([0], np.int32),
        depth=1,
        base=base,
        gate_trees=1,
        gate=-INF,
    )


def two_trees(gate: float) -> Forest:
    """Return a forest of two equal stumps, the second of which only rows at the gate or above see."""
    one = stump(0, 5.0, -1.0, 1.0)
    return replace(
        one,
        feature=np.tile(one.feature, 2),
        threshold=np.tile(one.threshold, 2),
        left=np.concatenate([one.left, one.left + 3]).astype(np.int32),
        value=np.tile(one.value, 2),
        roots=np.array([0, 3], np.int32),
        gate=gate,
    )


EVIDENCE = weigh_html(f"<nav><a href=/>Home</a></nav><p>{PROSE}</p><p>Short</p>")
NAMES = ("words", "link_density")  # fewer than the evidence has, in another order
MODEL = Model(NAMES, stump(0, 2.0, -6.0, 2.0, base=0.5))


def table(*rows: list[float]) -> NDArray[np.float32]:
    return np.array(rows, np.float32)


def test_rows_over_the_threshold_go_right() -> None:
    forest = stump(1, 5.0, -1.0, 2.0, base=0.5)
    assert forest.scores(table([9, 5], [0, 5.5], [9, 4])).tolist() == [-0.5, 2.5, -0.5]


@pytest.mark.parametrize(
    ("gate", "scores"),
    [
        pytest.param(-INF, [-2.0, 2.0], id="all see both trees"),
        pytest.param(0.0, [STOPPED_SCORE, 2.0], id="sure boilerplate stops at the gate"),
        pytest.param(INF, [STOPPED_SCORE, STOPPED_SCORE], id="none passes"),
    ],
)
def test_gate_stops_what_is_surely_boilerplate(gate: float, scores: list[float]) -> None:
    assert two_trees(gate).scores(table([1], [9])).tolist() == scores


def test_what_the_gate_stops_is_hardly_body() -> None:
    assert 0 < chances(np.array([STOPPED_SCORE]))[0] < 0.01


def test_shares_add_up_to_the_score_but_for_what_all_rows_share() -> None:
    forest = stump(1, 5.0, -1.0, 2.0, base=0.5)
    assert forest.shares(np.array([0, 9], np.float32)) == {1: 1.5}
    assert forest.shares(np.array([0, 1], np.float32)) == {1: -1.5}


def test_log_odds_become_probabilities() -> None:
    assert chances(np.array([0.0, np.log(3), -np.log(3)])).tolist() == pytest.approx([0.5, 0.75, 0.25])


def test_blocks_are_read_by_the_columns_that_the_model_names() -> None:
    assert MODEL.read(EVIDENCE).tolist() == pytest.approx(chances(np.array([-5.5, 2.5, -5.5])).tolist())


def test_evidence_that_has_the_model_s_columns_alone_is_read_as_it_is() -> None:
    place = [EVIDENCE.names.index(name) for name in NAMES]
    fitting = replace(EVIDENCE, names=NAMES, table=EVIDENCE.table[:, place])
    assert MODEL.read(fitting).tolist() == MODEL.read(EVIDENCE).tolist()


def test_columns_are_found_by_name() -> None:
    swapped = replace(
        EVIDENCE, names=tuple(reversed(EVIDENCE.names)), table=np.ascontiguousarray(EVIDENCE.table[:, ::-1])
    )
    assert MODEL.read(swapped).tolist() == MODEL.read(EVIDENCE).tolist()


def test_weigher_names_the_features_that_decided() -> None:
    weigh = MODEL.weigher(EVIDENCE)
    assert [(each.feature, each.share) for each in weigh(0)] == [("words", -4.0)]
    assert [(each.feature, each.share) for each in weigh(1)] == [("words", 4.0)]


def test_model_survives_its_arrays() -> None:
    again = read_model(to_arrays(MODEL))
    assert again.names == MODEL.names
    for field in fields(Forest):
        before, after = getattr(MODEL.forest, field.name), getattr(again.forest, field.name)
        assert np.array_equal(before, after)
        assert type(before) is type(after)
    assert again.read(EVIDENCE).tolist() == MODEL.read(EVIDENCE).tolist()


@pytest.mark.parametrize("missing", ["names", "feature", "numbers"])
def test_missing_array_is_a_key_error(missing: str) -> None:
    arrays = to_arrays(MODEL)
    del arrays[missing]
    with pytest.raises(KeyError, match=missing):
        read_model(arrays)
