"""Bodies beside gold, each by the model that has not seen the page's fold, in the terms of gold/score.py."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from newsspider.errors import PageError
from newsspider.extraction.declared.metadata import read_metadata
from newsspider.extraction.flat_text import flatten
from newsspider.extraction.model.shipped import Readers
from newsspider.extraction.stripping import strip_page
from newsspider.extraction.witness_policy import WitnessPolicy
from newsspider.pages.page import Page, parse_text
from newsspider.workshop.training.calibration import Judged
from newsspider.workshop.training.folds import Folding
from newsspider.workshop.training.gold import GoldPage, contradicting_texts, strip_names
from newsspider.workshop.training.parallel import map_in_parallel
from newsspider.workshop.training.scoring import Score, score_page, summarise


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The evaluation of one model on one folder: averages, and one score per page, worst first."""

    name: str
    folder: str
    summary: dict[str, float]
    scores: tuple[Score, ...]
    language: str | None = None


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


@dataclass(frozen=True, slots=True)
class Form:
    """A form in which pages are measured: its name, its transformation, and when trafilatura is asked."""

    name: str
    change: Callable[[Page], Page] = as_it_is
    witness: WitnessPolicy = "always"


AS_IT_IS = Form("as it is")
ALONE = Form("trafilatura never asked", witness="never")
UNSURE = Form("trafilatura asked if unsure", witness="unsure")
NO_NAMES = Form("no class, no id", without_names)
NO_MARKUP = Form("no markup", without_markup)


@dataclass(frozen=True, slots=True)
class Measured:
    """A page's folder and score, and the target of the confidence.

    None where there is no body to be sure of.
    """

    folder: str
    score: Score
    judged: Judged | None


def measure_out_of_fold(
    pages: Sequence[GoldPage],
    readers_of: Callable[[int], Readers],
    folding: Folding,
    form: Form,
    processes: int,
    advance: Callable[[], None] = lambda: None,
) -> list[Measured]:
    """Strip each page by models that have not seen its fold, and score it; in the pages' order.

    Args:
        pages: the gold.
        readers_of: gives the models that have not seen a fold.
        folding: gives a page's fold.
        form: the transformation of the pages, and when trafilatura is asked.
        processes: to work in.
        advance: called for each page.
    """

    def measure(gold: GoldPage) -> Measured:
        fold = folding(gold)
        try:
            page = form.change(gold.parse())
            stripped = strip_page(page, read_metadata(page), readers_of(fold), form.witness)
        except PageError:
            return no_body(gold)

        contradicting = [] if page.flat else contradicting_texts(gold, page)
        score = score_body(gold, stripped.body, contradicting)
        if stripped.signs is None or score.word_f1 is None:
            return Measured(gold.folder, score, None)
        return Measured(gold.folder, score, Judged(stripped.signs, score.word_f1, fold))

    def no_body(gold: GoldPage) -> Measured:
        return Measured(gold.folder, score_body(gold, None), None)

    return map_in_parallel(measure, pages, processes, advance=advance, if_died=no_body)


def evaluation(
    name: str, folder: str, scores: Sequence[Score], language: str | None = None
) -> Evaluation:
    """Average the scores of a folder, or of its pages in a language."""
    ordered = tuple(
        sorted(scores, key=lambda score: (1.0 if score.grade is None else score.grade, score.page))
    )
    return Evaluation(name, folder, summarise(list(scores)), ordered, language)


def score_body(gold: GoldPage, body: str | None, contradicting: Iterable[str] = ()) -> Score:
    """Score a page's body, None for none.

    `contradicting` are texts on which the gold contradicts the body policy.
    """
    row = gold.row
    must_have, must_not_have = (row.get(name) or () for name in ("must_have", "must_not_have"))
    return score_page(row["page"], row["body"], body or "", must_have, must_not_have, contradicting)
