"""How likely a page's body is right: a calibrated probability, and the reason where it is low."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newsspider.extraction.evidence.gather import Evidence
from newsspider.extraction.verdicts import Verdict
from newsspider.text import count_of, read_words

SIGN_NAMES = (
    "doubt", "expected_f1", "log_words", "runs", "largest_gap", "share_of_page", "overruled", "articlebody_known",
    "articlebody_agrees", "witness_known", "witness_agrees", "witness_differs", "scripted", "scripted_words",
)  # fmt: skip
LOW_CONFIDENCE = 0.5  # below it the body is more likely wrong than right, and the record says why
SHORT_WORDS = 60  # bodies below it are mostly captions, teasers or notices
MANY_RUNS = 4  # stretches of body with other text between
DISAGREES = 0.5  # agreement with JSON-LD's articleBody or trafilatura, under which it is the reason
LEAST_DIFFERENCE = 0.01  # from trafilatura; at 98 % agreement nearly all bodies are right, so that a logarithm fits
MAX_ODDS = 50.0  # log odds beyond it are as good as certain, and overflow far beyond it

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic regression over the signs, fitted to out-of-fold bodies: right means word F1 of 0.9 or more."""

    weights: Floats
    bias: float

    def confidence(self, signs: Floats) -> float:
        """Return the probability that the body is right."""
        odds = np.clip(signs @ self.weights + self.bias, -MAX_ODDS, MAX_ODDS)
        return float(1.0 / (1.0 + np.exp(-odds)))


UNCALIBRATED = Calibration(
    np.zeros(len(SIGN_NAMES)), 0.0
)  # while training: every confidence is 0.5


def read_signs(evidence: Evidence, verdicts: tuple[Verdict, ...], scripted: str = "") -> Floats:
    """Return the signs of how sure a page's body is, in the order of SIGN_NAMES.

    Args:
        evidence: about the page's blocks.
        verdicts: on the blocks.
        scripted: the body, where a script holds it instead of the blocks.
    """
    chance = np.array([verdict.chance for verdict in verdicts])
    kept = np.array([verdict.kept for verdict in verdicts])
    words = evidence.wording.words.astype(np.float64)
    given, likely = float(words[kept].sum()), float((chance * words).sum())
    places = np.flatnonzero(kept)
    gaps = np.diff(places) - 1
    agreement = _agreement(evidence, kept, words)
    witness = _agreement_with_trafilatura(evidence, kept, words)
    return np.array(
        [
            float((np.minimum(chance, 1 - chance) * words).sum()) / max(given, 1.0),
            2 * float((chance * words)[kept].sum()) / max(given + likely, 1.0),
            np.log1p(given),
            np.log1p(float((gaps > 0).sum())),
            np.log1p(float(gaps.max())) if len(gaps) else 0.0,
            given / max(float(words.sum()), 1.0),
            float(words[kept != (chance >= _median(chance[kept]) / 2)].sum()) / max(given, 1.0)
            if given
            else 1.0,
            float(agreement is not None),
            agreement or 0.0,
            float(witness is not None),
            witness or 0.0,
            0.0 if witness is None else np.log(1.0 - witness + LEAST_DIFFERENCE),
            float(bool(scripted)),
            np.log1p(len(read_words(scripted))) if scripted else 0.0,
        ]
    )


def _median(values: Floats) -> float:
    """Return the middle one of some values, as numpy does, whose own loads its masked arrays for it."""
    ordered = np.sort(values)
    return float(ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def why_low(signs: Floats, source: str) -> str:
    """Return the plainest reason for a low confidence."""
    sign = dict(zip(SIGN_NAMES, signs.tolist(), strict=True))
    if source == "script":
        return "the text is only in the page's scripts"
    if source == "extractor":
        return "only trafilatura finds a body"
    if np.expm1(sign["log_words"]) < SHORT_WORDS:
        return f"the body is short ({count_of(round(np.expm1(sign['log_words'])), 'word')})"
    if sign["articlebody_known"] and sign["articlebody_agrees"] < DISAGREES:
        return "the page's JSON-LD holds another text"
    if sign["witness_known"] and sign["witness_agrees"] < DISAGREES:
        return "trafilatura finds another body"
    if np.expm1(sign["runs"]) >= MANY_RUNS:
        return f"the body is split by other text in {np.expm1(sign['runs']):.0f} places"
    return "many blocks could be body or not"


def _agreement_with_trafilatura(
    evidence: Evidence, kept: NDArray[np.bool_], words: Floats
) -> float | None:
    """Return the F1 of the kept words and those that trafilatura keeps; None where it keeps none or was not asked."""
    if evidence.witness is None or not evidence.witness.text:
        return None
    theirs = evidence.witness.shares * words
    return 2 * float(theirs[kept].sum()) / max(float(words[kept].sum() + theirs.sum()), 1.0)


def _agreement(evidence: Evidence, kept: NDArray[np.bool_], words: Floats) -> float | None:
    """Return the share of the kept words that JSON-LD articleBody holds too, None where there is none."""
    if not evidence.hints.article_body:
        return None
    inside = evidence.column("in_article_body").astype(np.float64)
    return float((inside * words)[kept].sum()) / max(float(words[kept].sum()), 1.0)
