"""Bodies beside gold: out of fold, by the shipped model, and by trafilatura alone, in the terms of gold/score.py."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from newsspider.errors import PageError
from newsspider.extraction.confidence import UNCALIBRATED, read_signs
from newsspider.extraction.flat_text import flatten
from newsspider.extraction.model.reading import Model
from newsspider.extraction.model.shipped import Reader
from newsspider.extraction.reference import ask_trafilatura
from newsspider.extraction.sources import read_sources
from newsspider.extraction.stripping import strip_page
from newsspider.page import Page, parse_text
from newsspider.training.boosting import fold_of
from newsspider.training.calibration import Judged
from newsspider.training.gold import GoldPage, strip_names
from newsspider.training.parallel import map_in_parallel
from newsspider.training.scoring import Score, score_page, summarise


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was evaluated on which folder, the averages under gold/score.py's names, a score a page, worst first."""

    name: str
    folder: str
    summary: dict[str, float]
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class _Measured:
    score: Score
    judged: Judged | None


def measure_out_of_fold(
    pages: Sequence[GoldPage], models: dict[int, Model], folds: int, change: Callable[[Page], Page], processes: int
) -> list[_Measured]:
    """Strip each page by the model that has not seen its fold, and score it; in the pages' order."""
    blank = {fold: Reader(model, UNCALIBRATED) for fold, model in models.items()}

    def measure(gold: GoldPage) -> _Measured:
        fold = fold_of(gold.site, folds)
        try:
            page = change(gold.parse())
            stripped = strip_page(page, read_sources(page), blank[fold])
        except PageError:
            return _Measured(_score(gold, ""), None)
        score = _score(gold, stripped.body or "")
        if stripped.evidence is None or not stripped.body:
            return _Measured(score, None)
        return _Measured(score, Judged(read_signs(stripped.evidence, stripped.verdicts), score.word_f1, fold))

    return map_in_parallel(measure, pages, processes)


def measure_bodies(pages: Sequence[GoldPage], body_of: Callable[[Page], str | None], processes: int) -> list[Score]:
    """Score what a function makes of each page; a page that can't be parsed has no body."""

    def measure(gold: GoldPage) -> Score:
        try:
            return _score(gold, body_of(gold.parse()) or "")
        except PageError:
            return _score(gold, "")

    return map_in_parallel(measure, pages, processes)


def evaluation(name: str, folder: str, scores: Sequence[Score]) -> Evaluation:
    """Average a folder's scores."""
    ordered = tuple(sorted(scores, key=lambda score: (score.word_f1, score.page)))
    return Evaluation(name, folder, summarise(list(scores)), ordered)


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


def by_trafilatura(page: Page) -> str | None:
    """Return trafilatura's body."""
    return ask_trafilatura(page)


def by_model_in_use(page: Page) -> str | None:
    """Return the body that the model in use gives."""
    return strip_page(page, read_sources(page)).body


def _score(gold: GoldPage, body: str) -> Score:
    row = gold.row
    return score_page(row["page"], row["body"], body, row.get("must_have") or (), row.get("must_not_have") or ())
