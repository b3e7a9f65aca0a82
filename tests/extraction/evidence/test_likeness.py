"""Likeness: a block beside the page's own title, standfirst, authors and JSON-LD body."""

import numpy as np
import pytest
from numpy.typing import NDArray

from newsspider.extraction.cutting.blocks import Block
from newsspider.extraction.cutting.cutter import cut_page
from newsspider.extraction.evidence.hints import NO_HINTS, PageHints
from newsspider.extraction.evidence.likeness import (
    BAG_CHARS,
    UNKNOWN,
    Statements,
    likeness_columns,
)
from newsspider.extraction.evidence.wording import Wording
from newsspider.pages.page import parse_page

TITLE = PageHints(("Ferry sails again",), (), (), "")


def blocks_of(*texts: str) -> list[Block]:
    return cut_page(parse_page("".join(f"<p>{text}</p>" for text in texts).encode()).tree).blocks


def columns_of(blocks: list[Block], hints: PageHints) -> dict[str, NDArray[np.float64]]:
    statements = Statements.of(hints)
    return likeness_columns(blocks, Wording.of(blocks, statements.words()), hints, statements)


@pytest.mark.parametrize(
    ("text", "like_title", "title_share"),
    [
        ("Ferry sails again", 1.0, 1.0),
        ("Again: ferry sails!", 1.0, 1.0),
        ("Ferry", 1 / 3, 1.0),
        ("The ferry sails again today", 3 / 5, 3 / 5),
        ("Harbour", 0.0, 0.0),
    ],
)
def test_likeness_to_the_title(text: str, like_title: float, title_share: float) -> None:
    columns = columns_of(blocks_of(text), TITLE)
    assert columns["like_title"].tolist() == pytest.approx([like_title])
    assert columns["title_share"].tolist() == pytest.approx([title_share])


def test_the_likest_of_several_statements_counts() -> None:
    hints = PageHints(("Harbour news", "Ferry sails again"), (), (), "")
    assert columns_of(blocks_of("Ferry sails again"), hints)["like_title"].tolist() == [1.0]


def test_what_the_page_does_not_say_is_unknown() -> None:
    columns = columns_of(blocks_of("Ferry sails again"), NO_HINTS)
    assert {columns[name].tolist()[0] for name in ("like_title", "names_author", "in_article_body")} == {UNKNOWN}


def test_title_before_says_how_like_the_title_anything_above_is() -> None:
    columns = columns_of(blocks_of("Home", "Ferry sails again", "It left at six."), TITLE)
    assert columns["title_before"].tolist() == [0.0, 0.0, 1.0]


def test_long_blocks_are_no_titles() -> None:
    assert columns_of(blocks_of("Ferry " * BAG_CHARS), TITLE)["like_title"].tolist() == [0.0]


def test_membership_in_the_json_ld_body_is_probed() -> None:
    body = "The ferry sails again from the old harbour, said the harbour master on Monday. It left at six."
    columns = columns_of(blocks_of(body[:79], "It left at six.", "Other news"), PageHints((), (), (), body))
    assert columns["in_article_body"].tolist() == [1.0, 1.0, 0.0]
