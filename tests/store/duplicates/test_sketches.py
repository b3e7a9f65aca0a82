"""How alike texts are: reprints are, other reports of the same event are not."""

import random

import pytest

from newsspider.store.duplicates.sketches import (
    MAX_CHARS,
    MIN_LIKENESS,
    bands_of,
    estimate,
    likeness,
    likest,
    pairs_of,
    sketch_of,
)
from tests.texts import another_report, invented_text, reprint

TEXTS = [invented_text(seed, words=300) for seed in range(30)]


@pytest.mark.parametrize(("changed", "lowest"), [(0.05, 0.8), (0.1, 0.7), (0.2, MIN_LIKENESS)])
def test_reprint_with_some_words_changed_is_alike_and_shares_a_band(changed: float, lowest: float) -> None:
    shared = 0
    for seed, text in enumerate(TEXTS):
        one, other = pairs_of(text), pairs_of(reprint(text, changed, seed))
        assert likeness(one, other) >= lowest
        shared += bool({*bands_of(sketch_of(one))} & {*bands_of(sketch_of(other))})
    assert shared >= len(TEXTS) - 2


def test_another_report_of_the_same_event_is_not_alike() -> None:
    for seed, text in enumerate(TEXTS):
        assert likeness(pairs_of(text), pairs_of(another_report(text, seed))) < MIN_LIKENESS


def test_white_space_case_and_marks_make_no_difference() -> None:
    text = TEXTS[0]
    assert likeness(pairs_of(text), pairs_of(text.upper().replace(" ", " \n «"))) == 1.0


def test_short_texts_are_not_compared() -> None:
    assert pairs_of("This video is not available in your country.") == frozenset()
    assert pairs_of(None) == frozenset()
    assert likeness(frozenset(), frozenset()) == 0.0


def test_text_without_spaces_is_compared_by_its_characters() -> None:
    text = "渡轮十年后重新起航港务局长说第一班船周一早晨开出旧码头上站满了人他们挥手告别" * 3
    assert likeness(pairs_of(text), pairs_of(text.replace("周一", "周二"))) > MIN_LIKENESS


def test_sketch_is_the_same_for_the_same_text_in_any_order() -> None:
    pairs = sorted(pairs_of(TEXTS[0]))
    random.Random(1).shuffle(pairs)
    assert sketch_of(frozenset(pairs)) == sketch_of(pairs_of(TEXTS[0]))


def test_estimate_is_near_the_likeness() -> None:
    one, other = pairs_of(TEXTS[0]), pairs_of(reprint(TEXTS[0], 0.1, 3))
    assert estimate(sketch_of(one), sketch_of(other)) == pytest.approx(likeness(one, other), abs=0.25)


def test_likest_come_first_and_other_texts_not_at_all() -> None:
    sketches = [sketch_of(pairs_of(reprint(TEXTS[0], changed, 1))) for changed in (0.3, 0.0, 0.05)]
    others = [(number, sketch) for number, sketch in enumerate([*sketches, sketch_of(pairs_of(TEXTS[1]))])]
    assert likest(sketch_of(pairs_of(TEXTS[0])), others, 2) == [1, 2]


def test_of_a_text_as_long_as_a_book_the_beginning_is_compared() -> None:
    words = [f"word{number:05}" for number in range(200_000)]
    long, other = " ".join(words), " ".join([*words[:100_000], "another", "ending"])
    assert len(pairs_of(long)) == MAX_CHARS // len("word00000 ") - 1
    assert likeness(pairs_of(long), pairs_of(other)) == 1.0
