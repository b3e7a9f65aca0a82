"""Terms of notices: each is found wherever it is, in the block that it is in."""

import numpy as np
import pytest
from numpy.typing import NDArray

from newsspider.extraction.cutting.cutter import cut_page
from newsspider.extraction.evidence.terms import TERMS, count_terms
from newsspider.extraction.evidence.wording import Wording
from newsspider.pages.page import parse_page

ALL = [(group, term) for group, terms in TERMS.items() for term in terms.split("|")]


def counts_of(texts: list[str]) -> dict[str, NDArray[np.float64]]:
    return count_terms("\n".join(texts).lower(), np.cumsum([len(text) + 1 for text in texts]))


@pytest.mark.parametrize("before", ["", "é", "…–", "🛳 Ferry"], ids=["ASCII", "two bytes", "three bytes", "four bytes"])
def test_each_term_is_found_once_in_its_text(before: str) -> None:
    for group, term in ALL:
        counts = counts_of([before, f"{before}{term.upper()}", "Ferry"])
        assert counts[group].tolist()[0] == 0
        assert counts[group].tolist()[1] >= 1
        assert counts[group].tolist()[2] == 0


def test_terms_are_counted_where_they_follow_or_overlap_each_other() -> None:
    counts = counts_of(["cookiecookie consent", "@@ mail us @", "opt out, opt-out"])
    assert counts["consent"].tolist() == [3, 0, 2]
    assert counts["offer"].tolist() == [0, 3, 0]


def test_letter_that_lower_case_makes_two_of_moves_no_term_to_the_next_block() -> None:
    page = parse_page(f"<p>{'İ' * 20} feribot, cookie</p><p>İskele</p><p>Liman</p>".encode())
    assert Wording.of(cut_page(page.tree).blocks).terms["consent"].tolist() == [1, 0, 0]


def test_short_and_empty_texts_have_no_terms() -> None:
    assert all(counts.tolist() == [0, 0, 0] for counts in counts_of(["", "a", "coo"]).values())


def test_half_of_a_character_is_not_an_error() -> None:
    assert counts_of(["\ud83d cookie"])["consent"].tolist() == [1]


def test_no_term_is_a_part_of_itself_twice() -> None:
    """Or overlapping places of it would count."""
    assert not [term for _, term in ALL if term[1:].find(term[: len(term) // 2 + 1]) >= 0 and len(term) > 1]
