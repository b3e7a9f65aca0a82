"""Stripping a page: when trafilatura is asked, and which model reads what it says."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from lxml.html import HtmlElement

from newsspider.errors import UsageError
from newsspider.extraction import stripping, trafilatura_extractor
from newsspider.extraction.declared.metadata import read_metadata
from newsspider.extraction.evidence.witness import PREFIX
from newsspider.extraction.model.shipped import load_readers
from newsspider.extraction.stripping import (
    Stripped,
    ask_witness,
    choose_reader,
    gather_page_evidence,
    strip_page,
)
from newsspider.extraction.verdicts import LIKE_BOILERPLATE
from newsspider.extraction.witness_need import needs_witness
from newsspider.extraction.witness_policy import POLICIES, WitnessPolicy
from newsspider.pages.page import Page, parse_page, parse_text
from tests.stripping import strip, weigh

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures" / "pages").iterdir())
SENTENCE = "The ferry sails again from the old harbour, said the harbour master on Monday. "
URL = "https://herald.example/ferry"
PARAGRAPHS = [f"{place} {SENTENCE * 3}".strip() for place in ("Port Isaac.", "Padstow.", "Rock.")]
PAGE = f"<nav><a href=/>Home</a></nav><article><h1>Ferry</h1><p>{'</p><p>'.join(PARAGRAPHS)}</p></article>"


def fixture_page(folder: Path) -> Page:
    return parse_page((folder / "page.html").read_bytes(), URL)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """Return the list of what trafilatura answers, filled as it is asked."""
    answers: list[str | None] = []

    def note(tree: HtmlElement, *, fast: bool = False) -> str | None:
        answers.append(trafilatura_extractor.ask_trafilatura(tree, fast=fast))
        return answers[-1]

    monkeypatch.setattr(stripping, "ask_trafilatura", note)
    return answers


@pytest.mark.parametrize(("witness", "times"), [("always", 1), ("never", 0)])
def test_trafilatura_is_asked_once_or_never(witness: WitnessPolicy, times: int, asked: list[str | None]) -> None:
    stripped = strip(parse_page(PAGE.encode(), URL), witness)
    assert len(asked) == times
    assert stripped.evidence
    assert (stripped.evidence.witness is not None) == (times == 1)


def is_unsure(page: Page) -> bool:
    """Return whether the model alone is unsure of a page; a page without text needs no second opinion."""
    evidence = gather_page_evidence(page, read_metadata(page))
    if evidence is None:
        return False
    return needs_witness(load_readers().alone.model.read(evidence), evidence.wording.words)


@pytest.mark.parametrize("folder", FIXTURES, ids=lambda folder: folder.name)
def test_unsure_asks_where_the_model_alone_is_not_sure(folder: Path, asked: list[str | None]) -> None:
    page = fixture_page(folder)
    unsure = strip(page, "unsure")
    assert len(asked) == is_unsure(page)
    same = strip(page, "always" if is_unsure(page) else "never")
    assert (unsure.body, unsure.confidence, unsure.warnings) == (same.body, same.confidence, same.warnings)


def test_unsure_has_pages_of_both_sorts() -> None:
    assert {is_unsure(fixture_page(folder)) for folder in FIXTURES} == {False, True}


def test_page_that_is_asked_about_is_cut_and_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: Counter[str] = Counter()

    def counted(step: str) -> Callable[..., Any]:
        real = getattr(stripping, step)

        def count(*arguments: Any) -> Any:
            calls[step] += 1
            return real(*arguments)

        return count

    for step in ("gather_evidence", "judge", "join_markdown"):
        monkeypatch.setattr(stripping, step, counted(step))
    page = parse_page(PAGE.encode(), URL)
    monkeypatch.setattr(stripping, "needs_witness", lambda chance, words: True)
    stripped = strip(page, "unsure")
    assert stripped.evidence
    assert stripped.evidence.witness
    assert calls == {"gather_evidence": 1, "judge": 1, "join_markdown": 1}


@pytest.mark.parametrize("witness", POLICIES)
def test_text_without_markup_and_pages_without_text_are_not_shown(
    witness: WitnessPolicy, asked: list[str | None]
) -> None:
    assert strip(parse_text(f"Ferry\n\n{SENTENCE}".encode()), witness).verdicts
    assert strip(parse_page(b"<img src=x>", URL), witness).verdicts == ()
    assert asked == []


def test_default_is_to_ask_about_every_page(asked: list[str | None]) -> None:
    page = parse_page(PAGE.encode(), URL)
    strip_page(page, read_metadata(page))
    assert len(asked) == 1


def test_unknown_policy_is_a_usage_error() -> None:
    page = parse_page(PAGE.encode(), URL)
    with pytest.raises(UsageError, match=r"^witness sometimes: expected always, unsure or never$"):
        strip_page(page, read_metadata(page), witness="sometimes")  # type: ignore[arg-type]  # a caller without types


def test_answer_is_evidence_about_each_block() -> None:
    page = parse_page(PAGE.encode(), URL)
    evidence = weigh(page)
    heard = ask_witness(page, evidence)
    assert evidence.witness is None
    assert heard.witness
    assert heard.witness.text == "\n\n".join(["Ferry", *PARAGRAPHS])
    assert dict(zip([block.text for block in heard.page.blocks], heard.column("witness").tolist(), strict=True)) == {
        "Home": 0.0,
        "Ferry": 1.0,
        **dict.fromkeys(PARAGRAPHS, 1.0),
    }
    assert heard.names[: len(evidence.names)] == evidence.names
    assert {name for name in heard.names if name.startswith(PREFIX)} == set(heard.names) - set(evidence.names)
    assert np.array_equal(heard.table[:, : len(evidence.names)], evidence.table)


def test_page_in_which_trafilatura_finds_nothing_was_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stripping, "ask_trafilatura", lambda tree, fast: None)
    page = parse_page(b"<p>Ferry</p>", URL)
    heard = ask_witness(page, weigh(page))
    assert heard.witness
    assert (heard.witness.text, heard.witness.shares.tolist()) == ("", [0.0])
    assert choose_reader(page, heard, load_readers()) is load_readers().page


@pytest.mark.parametrize("witness", ["always", "unsure"])
def test_page_beyond_the_bounds_is_read_by_the_model_of_pages_alone(
    witness: WitnessPolicy, asked: list[str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = parse_page(PAGE.encode(), URL)
    alone = strip(page, "never")
    monkeypatch.setattr(trafilatura_extractor, "MAX_ELEMENTS", 3)
    evidence = weigh(page)
    assert ask_witness(page, evidence) is evidence
    assert choose_reader(page, evidence, load_readers()) is load_readers().alone
    assert [verdict.chance for verdict in strip(page, witness).verdicts] == [each.chance for each in alone.verdicts]
    assert asked == []


def strip_as_judged(page: Page, monkeypatch: pytest.MonkeyPatch, kept: str, reason: str) -> Stripped:
    """Strip a page of whose blocks only those that begin with a text are kept, the others dropped for a reason."""
    verdicts = [
        verdict._replace(kept=keep, reason="reads like the body" if keep else reason)
        for verdict in strip(page, "never").verdicts
        for keep in [bool(kept) and verdict.block.text.startswith(kept)]
    ]
    monkeypatch.setattr(stripping, "judge", lambda evidence, chance: verdicts)
    return strip(page)


def test_what_trafilatura_keeps_is_the_body_where_the_model_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    page = parse_page(PAGE.encode(), URL)
    helped = strip_as_judged(page, monkeypatch, "", LIKE_BOILERPLATE)
    assert helped.source == "extractor"
    assert helped.body == "\n\n".join(["Ferry", *PARAGRAPHS])
    assert {verdict.reason for verdict in helped.verdicts if verdict.kept} == {"trafilatura keeps it"}
    assert strip(page, "never").body is None


def test_next_to_nothing_gives_way_to_what_trafilatura_keeps(monkeypatch: pytest.MonkeyPatch) -> None:
    helped = strip_as_judged(parse_page(PAGE.encode(), URL), monkeypatch, "Ferry", LIKE_BOILERPLATE)
    assert (helped.source, helped.body) == ("extractor", "\n\n".join(["Ferry", *PARAGRAPHS]))


def test_what_a_rule_has_dropped_does_not_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    assert strip_as_judged(parse_page(PAGE.encode(), URL), monkeypatch, "", "a reader's comment").body is None


def test_few_words_of_trafilatura_are_no_body(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stripping, "ask_trafilatura", lambda tree, fast: "Ferry")
    assert strip_as_judged(parse_page(PAGE.encode(), URL), monkeypatch, "", LIKE_BOILERPLATE).body is None
