"""Figures of gold/score.py, each on cases counted by hand."""

import math
from collections import Counter

import pytest

from newsspider.workshop.training.scoring import Score, score_page, shingles, summarise, word_f1


def score(gold: str, found: str) -> Score:
    return score_page("a.html", gold, found)


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("a b c d e", {("a", "b", "c", "d"): 1, ("b", "c", "d", "e"): 1}),
        ("A, b! C?", {("a", "b", "c"): 1}),
        ("a a a a a", {("a", "a", "a", "a"): 2}),
        ("东京 ok", {("东", "京", "ok"): 1}),
        ("", {}),
        ("…", {}),
    ],
)
def test_shingles_are_runs_of_four_words(text: str, runs: dict[tuple[str, ...], int]) -> None:
    assert shingles(text) == Counter(runs)


@pytest.mark.parametrize(
    ("gold", "found", "precision", "recall"),
    [
        pytest.param("a b c d e", "A b, c d e.", 1.0, 1.0, id="same words"),
        pytest.param("a b c d e", "a b c d e f g", 2 / 4, 1.0, id="too much"),
        pytest.param("a b c d e f g", "a b c d e", 1.0, 2 / 4, id="too little"),
        pytest.param("a b c d e", "e d c b a", 0.0, 0.0, id="another order"),
        pytest.param("a b c d", "", None, 0.0, id="nothing found"),
        pytest.param("a a a a a", "a a a a", 1.0, 1 / 2, id="runs are counted"),
    ],
)
def test_precision_and_recall_are_of_shingles(
    gold: str, found: str, precision: float | None, recall: float | None
) -> None:
    assert (score(gold, found).precision, score(gold, found).recall) == (precision, recall)


@pytest.mark.parametrize(
    ("gold", "found", "f1"),
    [
        ("a b c d", "a b c d", 1.0),
        ("a b c d", "d c b a", 1.0),
        ("a b c d", "a b", 2 / 3),
        ("a a b", "a b b", 2 / 3),
        ("a b", "c d", 0.0),
        ("a b", "", 0.0),
    ],
)
def test_word_f1_is_of_bags(gold: str, found: str, f1: float) -> None:
    assert word_f1(gold, found) == pytest.approx(f1)
    assert score(gold, found).word_f1 == pytest.approx(f1)


@pytest.mark.parametrize(("found", "f1"), [("a", 0.0), ("", 1.0)])
def test_word_f1_of_no_gold_words(found: str, f1: float) -> None:
    assert word_f1("", found) == f1


@pytest.mark.parametrize("found", ["a b c d", ""])
def test_gold_without_a_body_measures_no_body(found: str) -> None:
    scored = score("", found)
    assert (scored.precision, scored.recall, scored.exact, scored.word_f1) == (None, None, None, None)


@pytest.mark.parametrize(("found", "empty"), [("", True), (" \n", True), ("a", False)])
def test_body_without_text_is_empty(found: str, empty: bool) -> None:
    assert score("a b", found).empty is empty


@pytest.mark.parametrize(
    ("gold", "must_have", "must_not_have", "grade"),
    [
        pytest.param("a b c d", ["no"], [], 2 / 3, id="word F1 before snippets"),
        pytest.param("", ["a", "no"], ["b", "never"], 1 / 2, id="share of snippets as wanted"),
        pytest.param("", [], [], None, id="nothing known"),
    ],
)
def test_grade_of_a_body(gold: str, must_have: list[str], must_not_have: list[str], grade: float | None) -> None:
    assert score_page("a", gold, "a b", must_have, must_not_have).grade == (grade and pytest.approx(grade))


@pytest.mark.parametrize(("found", "exact"), [("A b c.", True), ("c b a", False), ("a b", False), ("", False)])
def test_exact_is_the_same_words_in_order(found: str, exact: bool) -> None:
    assert score("a b c", found).exact is exact


def test_snippets_are_found_whatever_case_and_white_space() -> None:
    scored = score_page("a", "x", "The  Ferry\n\nsails again.", ["ferry sails", "Gone"], ["AGAIN.", "never"])
    assert (scored.must_have, scored.must_not_have) == ((True, False), (True, False))


def test_summary_averages_over_pages() -> None:
    scores = [
        score_page("a", "a b c d e", "a b c d e", ["a b"], ["x"]),
        score_page("b", "a b c d e", "a b c d e f g", ["e"], ["f"]),
        score_page("c", "a b c d", "", ["a", "b"], []),
    ]
    figures = summarise(scores)
    assert figures == {
        "shingle_f1": pytest.approx(2 * 0.75 * (2 / 3) / (0.75 + 2 / 3)),
        "precision": pytest.approx((1 + 0.5) / 2),  # undefined on the third
        "recall": pytest.approx(2 / 3),
        "policy_f1": pytest.approx(2 * 0.75 * (2 / 3) / (0.75 + 2 / 3)),
        "accuracy": pytest.approx(1 / 3),
        "word_f1": pytest.approx((1 + 10 / 12 + 0) / 3),
        "below_half": pytest.approx(1 / 3),
        "must_have": 0.5,
        "must_not_have": 0.5,
    }


def test_what_was_not_measured_is_no_number() -> None:
    figures = summarise([score("a b", "a b")])
    assert math.isnan(figures["must_have"])
    assert math.isnan(figures["must_not_have"])


@pytest.mark.parametrize("found", ["e f g h", ""])
def test_summary_of_pages_that_are_all_wrong_is_zero(found: str) -> None:
    assert summarise([score("a b c d", found)])["shingle_f1"] == 0.0


def test_pages_whose_gold_has_no_body_do_not_change_the_bodies_figures() -> None:
    known = [score("a b c d e", "a b c d e f g"), score("a b", "")]
    snippets_only = [score_page("c", "", found, ["e"]) for found in ("e f", "")]
    figures = summarise([*known, *snippets_only])
    assert figures.pop("must_have") == 0.5
    assert figures == {name: summarise(known)[name] for name in figures} | {
        "must_not_have": pytest.approx(math.nan, nan_ok=True)
    }


def test_gold_without_any_body_has_figures_of_snippets_only() -> None:
    figures = summarise([score_page("a", "", "a b", ["a"], ["c"])])
    assert {name for name, value in figures.items() if not math.isnan(value)} == {"must_have", "must_not_have"}


def test_texts_on_which_gold_and_policy_contradict_are_left_out_of_its_figures() -> None:
    lists = score_page("a", "a b c d e f", "a b c x y z d e f", contradicting=["x y z"])
    captions = score_page("a", "a b c x y z d e f", "a b c d e f", contradicting=["X y, z!"])
    assert lists.by_policy == captions.by_policy == (1.0, 1.0)
    assert (lists.precision, captions.recall) == (0.0, 0.0)
