"""Explanations: every block has its reason and its evidence, in words that a reader knows."""

import json
from functools import cache
from pathlib import Path

import pytest

from newsspider.errors import UsageError
from newsspider.extraction.evidence.gather import evidence_names
from newsspider.extraction.explain import PIECES, ExplainedBlock, explain_page
from newsspider.extraction.model.reading import Model
from newsspider.extraction.model.shipped import load_readers
from newsspider.pages.page import Page, parse_page, parse_text
from tests.stripping import strip

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures" / "pages").iterdir())
URL = "https://herald.example/a"
TEXT = b"Ferry sails again\n\nThe ferry sails again from the old harbour, said its master.\n\nLatest news\n\nLamp sold"


def fixture_page(name: str) -> Page:
    return parse_page((FIXTURES[0].with_name(name) / "page.html").read_bytes(), URL)


@cache
def explained(name: str) -> tuple[ExplainedBlock, ...]:
    return explain_page(fixture_page(name))


def weighed(name: str) -> list[ExplainedBlock]:
    """Return the blocks that the model weighed: all but the frame's."""
    return [block for block in explained(name) if block.kind != "frame"]


def feature_names() -> list[str]:
    """Return all that evidence has, whichever of it a model was trained on."""
    return list(evidence_names())


@pytest.mark.parametrize("kind", ["page", "alone", "text"])
def test_model_knows_no_other_features(kind: str) -> None:
    model: Model = getattr(load_readers(), kind).model
    assert set(model.names) <= set(feature_names())


@pytest.mark.parametrize("name", [folder.name for folder in FIXTURES])
def test_every_block_has_a_reason_and_evidence(name: str) -> None:
    for block in explained(name):
        assert block.text
        assert block.reason
        assert 0.0 <= block.probability <= 1.0
        assert (block.kind != "frame") <= len(block.evidence) <= PIECES
        assert len({piece.words for piece in block.evidence}) == len(block.evidence)


def test_menu_and_footer_are_one_block_each_at_their_place() -> None:
    body = (
        "<header><a href=/>The Herald</a><nav><a href=/a>News</a><script>no()</script></nav></header>"
        "<article><h1>Ferry sails again</h1><p>The ferry sails again, said the master of the old harbour.</p></article>"
        "<footer><p>All rights reserved</p></footer>"
    )
    blocks = explain_page(parse_page(f"<html><body>{body}</body></html>".encode(), URL))
    assert [block.text for block in blocks if block.kind == "frame"] == ["The Herald News", "All rights reserved"]
    assert [block.reason for block in (blocks[0], blocks[-1])] == ["the site's <header>", "the site's <footer>"]
    assert not any(block.kept for block in blocks if block.kind == "frame")


@pytest.mark.parametrize("name", [folder.name for folder in FIXTURES])
def test_evidence_is_heaviest_first(name: str) -> None:
    for block in explained(name):
        weights = [abs(piece.weight) for piece in block.evidence]
        assert weights == sorted(weights, reverse=True)


@pytest.mark.parametrize("name", [folder.name for folder in FIXTURES])
def test_blocks_are_the_stripped_ones(name: str) -> None:
    verdicts = strip(fixture_page(name)).verdicts
    assert [(block.text, block.kept, block.reason) for block in weighed(name)] == [
        (verdict.block.text, verdict.kept, verdict.reason) for verdict in verdicts
    ]


def test_weights_speak_for_what_is_sure_and_against_what_is_not() -> None:
    blocks = [block for folder in FIXTURES for block in weighed(folder.name)]
    sure = [sum(piece.weight for piece in block.evidence) for block in blocks if block.probability > 0.95]
    unlikely = [sum(piece.weight for piece in block.evidence) for block in blocks if block.probability < 0.01]
    assert sure
    assert unlikely
    assert sum(weight > 0 for weight in sure) > 0.9 * len(sure)
    assert sum(weight < 0 for weight in unlikely) > 0.9 * len(unlikely)


def test_blocks_say_how_much_of_them_trafilatura_keeps() -> None:
    blocks = weighed("tagdiv-teasers-in-body")
    shares = [block.trafilatura for block in blocks if block.trafilatura is not None]
    assert len(shares) == len(blocks)
    assert {0.0, 1.0} <= set(shares)
    assert all(0.0 <= share <= 1.0 for share in shares)
    assert all(block.trafilatura is None for block in explained("tagdiv-teasers-in-body") if block.kind == "frame")


def test_blocks_of_a_page_that_trafilatura_was_not_asked_about_say_nothing_of_it() -> None:
    page = fixture_page("tagdiv-teasers-in-body")
    blocks = explain_page(page, "never")
    verdicts = strip(page, "never").verdicts
    assert [block.trafilatura for block in blocks] == [None] * len(blocks)
    assert [block.probability for block in blocks if block.kind != "frame"] == [
        round(verdict.chance, 3) for verdict in verdicts
    ]
    assert not any("trafilatura" in piece.words for block in blocks for piece in block.evidence)
    assert any("trafilatura" in piece.words for block in explain_page(page) for piece in block.evidence)


def test_unknown_policy_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match=r"^witness sometimes: expected always, unsure or never$"):
        explain_page(parse_text(TEXT), "sometimes")  # type: ignore[arg-type]  # a caller without types


def test_text_without_markup_is_explained_too() -> None:
    blocks = explain_page(parse_text(TEXT))
    assert [block.text for block in blocks] == TEXT.decode().split("\n\n")
    assert all(block.reason and block.evidence for block in blocks)


def test_page_without_text_has_no_blocks() -> None:
    assert explain_page(parse_page(b"<html><body><img src=x></body></html>")) == ()


def test_explained_block_is_json() -> None:
    block = weighed("tagdiv-teasers-in-body")[0]
    assert json.loads(json.dumps(block.to_dict()))["evidence"][0].keys() == {"words", "weight"}
