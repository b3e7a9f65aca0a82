"""When the model alone is sure enough of a page: no block is close to the bar, and a body is there."""

import numpy as np
import pytest

from newsspider.extraction.witness_need import FEW_WORDS, needs_witness

LONG = 300.0  # words


@pytest.mark.parametrize(
    ("chances", "is_needed"),
    [
        pytest.param((0.99, 0.97, 0.02), False, id="sure of every block"),
        pytest.param((0.99, 0.97, 0.35), False, id="likely boilerplate"),
        pytest.param((0.99, 0.97, 0.65), False, id="likely body"),
        pytest.param((0.99, 0.97, 0.45), True, id="hardly boilerplate"),
        pytest.param((0.99, 0.97, 0.55), True, id="hardly body"),
        pytest.param((0.02, 0.01, 0.01), True, id="nothing is kept"),
    ],
)
def test_witness_is_needed_where_a_block_is_close_to_the_bar(chances: tuple[float, ...], is_needed: bool) -> None:
    assert needs_witness(np.array(chances), np.array([LONG, LONG, 20.0])) is is_needed


@pytest.mark.parametrize(("words", "is_needed"), [(FEW_WORDS, False), (FEW_WORDS - 1, True)])
def test_witness_is_needed_for_a_body_of_few_words(words: float, is_needed: bool) -> None:
    assert needs_witness(np.array([0.99, 0.01]), np.array([words, LONG])) is is_needed


def test_bar_of_a_page_in_doubt_counts_and_not_one_half() -> None:
    chances, words = np.array([0.6, 0.5, 0.28]), np.array([LONG, LONG, LONG])
    assert needs_witness(chances, words)
