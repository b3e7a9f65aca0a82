"""Bodies beside gold, each by the model that has not seen the page's fold, in the terms of gold/score.py."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from newsspider.errors import PageError
from newsspider.extraction.confidence import UNCALIBRATED, read_signs
from newsspider.extraction.flat_text import flatten
from newsspider.extraction.model.shipped import Reader
from newsspider.extraction.sources import read_sources
from newsspider.extraction.stripping import strip_page
from newsspider.page import Page, parse_text
from newsspider.training.calibration import Judged
from newsspider.training.fitting import Fitted
from newsspider.training.folding import Folding
from newsspider.training.gold import GoldPage, strip_names
from newsspider.training.parallel import map_in_parallel
from newsspider.training.scoring import Score, score_page, summarise


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was evaluated on which folder, the averages under gold/score.py's names, one score per page, worst first."""

    name: str
    folder: str
    summary: dict[str, float]
    scores: tuple[Score, ...]
    language: str | None = None


@dataclass(frozen=True, slots=True)
class _Measured:
    score: Score
    judged: Judged | None


def measure_out_of_fold(
    pages: Sequence[GoldPage],
    fitted: Fitted,
    folding: Folding,
    change: Callable[[Page], Page],
    processes: int,
    advance: Callable[[], None] = lambda: None,
) -> list[_Measured]:
    """Strip each page by the model that has not seen its fold, and score it; in the pages' order.

    No sample was of a fold that has no model of its own: the whole model has not seen it either.
    """
    blank = {fold: Reader(model, UNCALIBRATED) for fold, model in fitted.out_of_fold.items()}
    whole = Reader(fitted.model, UNCALIBRATED)

    def measure(gold: GoldPage) -> _Measured:
        fold = folding(gold)
        try:
            page = change(gold.parse())
            stripped = strip_page(page, read_sources(page), blank.get(fold, whole))
        except PageError:
            return no_body(gold)
        score = score_body(gold, stripped.body)
        if stripped.evidence is None or not stripped.body or score.word_f1 is None:
            return _Measured(score, None)
        return _Measured(score, Judged(read_signs(stripped.evidence, stripped.verdicts), score.word_f1, fold))

    def no_body(gold: GoldPage) -> _Measured:
        return _Measured(score_body(gold, None), None)

    return map_in_parallel(measure, pages, processes, advance=advance, if_died=no_body)


def evaluation(name: str, folder: str, scores: Sequence[Score], language: str | None = None) -> Evaluation:
    """Average the scores of a folder, or of its pages in a language."""
    ordered = tuple(sorted(scores, key=lambda score: (1.0 if score.grade is None else score.grade, score.page)))
    return Evaluation(name, folder, summarise(list(scores)), ordered, language)


def as_it_is(page: Page) -> Page:
    """Return the page."""
    return page


def without_names(page: Page) -> Page:
    """Return the page without its class and id attributes."""
    strip_names(page)
    return page


def without_markup(page: Page) -> Page:
    """Return the page as a naive scraper saves it: text alone."""
    return parse_text(flatten(page.tree).encode(), page.url, source=page.source)


def score_body(gold: GoldPage, body: str | None) -> Score:
    """Score a page's body, None for none."""
    row = gold.row
    return score_page(row["page"], row["body"], body or "", row.get("must_have") or (), row.get("must_not_have") or ())
