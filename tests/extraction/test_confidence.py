"""Confidence: signs of any page are numbers, more sureness gives more of it, low ones say why."""

from pathlib import Path

import numpy as np
import pytest

from newsspider.extraction.confidence import (
    LOW_CONFIDENCE,
    SIGN_NAMES,
    UNCALIBRATED,
    Calibration,
    read_signs,
    why_low,
)
from newsspider.extraction.verdicts import Verdict, judge
from newsspider.pages.page import Page, parse_page, parse_text
from tests.stripping import strip, weigh

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures" / "pages").iterdir())
SENTENCE = "The ferry sails again from the old harbour, said the harbour master on Monday. "
LD = '<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "x", "articleBody": "{}"}}</script>'


def signs_of(page: Page, chance: float | list[float]) -> dict[str, float]:
    """Return a page's signs by name, its verdicts from made-up probabilities."""
    evidence = weigh(page)
    chances = np.broadcast_to(np.array(chance), len(evidence.page.blocks)).astype(float)
    signs = read_signs(evidence, tuple(judge(evidence, chances)))
    assert np.isfinite(signs).all()
    return dict(zip(SIGN_NAMES, signs.tolist(), strict=True))


def page_of(html: str) -> Page:
    return parse_page(f"<html><body>{html}</body></html>".encode(), "https://herald.example/a")


@pytest.mark.parametrize("chance", [0.0, 0.01, 0.5, 0.999, 1.0])
@pytest.mark.parametrize(
    "page",
    [
        pytest.param(page_of("<p>One"), id="one word"),
        pytest.param(page_of("<p>..."), id="no word"),
        pytest.param(page_of("<p>" + "<p>".join(["…"] * 40)), id="many blocks without words"),
        pytest.param(page_of(f"<p>{SENTENCE}" * 300), id="copies"),
        pytest.param(page_of(f"<p>{SENTENCE}" + LD.format("")), id="empty articleBody"),
        pytest.param(page_of("<p>...</p>" + LD.format("...")), id="articleBody without words"),
        pytest.param(page_of("<p hidden>One"), id="all hidden"),
        pytest.param(page_of(f"<a href=/x>{SENTENCE}</a>"), id="all linked"),
        pytest.param(page_of("<p>港务局长说，第一班船周一早晨开出。"), id="without spaces"),
        pytest.param(page_of("<h1>One</h1>"), id="a headline"),
        pytest.param(parse_text(b"One"), id="text of one word"),
        pytest.param(parse_text(f"{SENTENCE}\n\n...\n\n{SENTENCE}".encode()), id="text"),
    ],
)
def test_signs_of_an_odd_page_are_finite(page: Page, chance: float) -> None:
    signs = signs_of(page, chance)
    assert 0.0 <= UNCALIBRATED.confidence(np.array(list(signs.values()))) <= 1.0


@pytest.mark.parametrize("folder", FIXTURES, ids=lambda folder: folder.name)
def test_confidence_of_a_fixture_is_a_probability_or_none(folder: Path) -> None:
    stripped = strip(parse_page((folder / "page.html").read_bytes(), "https://herald.example/a"))
    assert (stripped.confidence is None) == (stripped.body is None or stripped.evidence is None)
    assert stripped.confidence is None or 0.0 <= stripped.confidence <= 1.0
    low = stripped.confidence is not None and stripped.confidence < LOW_CONFIDENCE
    assert bool(stripped.warnings) == low


def test_doubt_grows_with_unsure_blocks() -> None:
    page = page_of("".join(f"<p>{n}. {SENTENCE}" for n in range(6)))
    doubts = [signs_of(page, [chance] + [0.99] * 5)["doubt"] for chance in (0.99, 0.9, 0.7, 0.5)]
    assert doubts == sorted(doubts)
    assert doubts[0] < doubts[-1]


def test_expected_f1_falls_with_unsure_blocks() -> None:
    page = page_of("".join(f"<p>{n}. {SENTENCE}" for n in range(6)))
    expected = [signs_of(page, chance)["expected_f1"] for chance in (1.0, 0.9, 0.6)]
    assert expected == sorted(expected, reverse=True)
    assert expected[0] == pytest.approx(1.0)


def test_runs_and_gaps_count_what_stands_between() -> None:
    page = page_of("".join(f"<p>{n}. {SENTENCE}" for n in range(9)))
    signs = signs_of(page, [0.99, 0.99, 0.01, 0.99, 0.01, 0.01, 0.01, 0.99, 0.99])
    assert np.expm1(signs["runs"]) == pytest.approx(2)
    assert np.expm1(signs["largest_gap"]) == pytest.approx(3)


@pytest.mark.parametrize(
    ("article_body", "known", "agrees"),
    [(None, 0.0, 0.0), (SENTENCE.strip(), 1.0, 1.0), ("The museum is closed until further notice.", 1.0, 0.0)],
)
def test_json_ld_agrees_or_not(article_body: str | None, known: float, agrees: float) -> None:
    page = page_of(f"<p>{SENTENCE}</p>" + (LD.format(article_body) if article_body else ""))
    signs = signs_of(page, 0.99)
    assert (signs["articlebody_known"], signs["articlebody_agrees"]) == (known, agrees)


def test_nothing_kept_is_no_error() -> None:
    evidence = weigh(page_of(f"<p>{SENTENCE}"))
    (block,) = evidence.page.blocks
    signs = read_signs(evidence, (Verdict(block, False, 0.1, "x"),))
    assert np.isfinite(signs).all()


def test_confidence_grows_with_a_sign_that_speaks_for_it_and_falls_with_one_against() -> None:
    calibration = Calibration(np.array([2.0, -1.0]), 0.5)
    scale = np.linspace(-5, 5, 11)
    rising = [calibration.confidence(np.array([value, 0.0])) for value in scale]
    falling = [calibration.confidence(np.array([0.0, value])) for value in scale]
    assert rising == sorted(rising)
    assert falling == sorted(falling, reverse=True)
    assert all(0.0 < value < 1.0 for value in rising + falling)


def test_confidence_is_the_logistic_of_the_weighted_signs() -> None:
    assert Calibration(np.array([2.0, -1.0]), 0.5).confidence(np.array([1.0, 2.5])) == 0.5
    assert UNCALIBRATED.confidence(np.ones(len(SIGN_NAMES))) == 0.5


@pytest.mark.parametrize("huge", [1e4, -1e4])
def test_huge_signs_give_no_warning(huge: float) -> None:
    assert Calibration(np.array([1.0]), 0.0).confidence(np.array([huge])) == pytest.approx(float(huge > 0))


@pytest.mark.parametrize(
    ("signs", "source", "reason"),
    [
        pytest.param({"log_words": np.log1p(500)}, "script", "the text is only in the page's scripts", id="script"),
        pytest.param({"log_words": np.log1p(500)}, "extractor", "only trafilatura finds a body", id="extractor"),
        pytest.param({"log_words": np.log1p(12)}, "model", "the body is short (12 words)", id="short"),
        pytest.param(
            {"log_words": np.log1p(500), "articlebody_known": 1.0, "articlebody_agrees": 0.2},
            "model",
            "the page's JSON-LD holds another text",
            id="sources disagree",
        ),
        pytest.param(
            {"log_words": np.log1p(500), "witness_known": 1.0, "witness_agrees": 0.2},
            "model",
            "trafilatura finds another body",
            id="trafilatura disagrees",
        ),
        pytest.param(
            {"log_words": np.log1p(500), "runs": np.log1p(7)},
            "model",
            "the body is split by other text in 7 places",
            id="split",
        ),
        pytest.param(
            {"log_words": np.log1p(500), "articlebody_known": 1.0, "articlebody_agrees": 0.9},
            "model",
            "many blocks could be body or not",
            id="doubt",
        ),
    ],
)
def test_low_confidence_says_why(signs: dict[str, float], source: str, reason: str) -> None:
    assert why_low(np.array([signs.get(name, 0.0) for name in SIGN_NAMES]), source) == reason
