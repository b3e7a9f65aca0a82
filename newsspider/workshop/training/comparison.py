"""The model in use beside trafilatura on any gold, and fresh models on pages that they have not seen."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import mean

from newsspider.errors import PageError, UsageError
from newsspider.extraction.article import extract_article
from newsspider.extraction.model.shipped import read_card
from newsspider.extraction.trafilatura_extractor import ask_trafilatura
from newsspider.extraction.witness_policy import WitnessPolicy
from newsspider.kinds import ARTICLE_KINDS
from newsspider.workshop.training.evaluation import Evaluation, evaluation, score_body
from newsspider.workshop.training.folds import Folding, by_folder, by_site
from newsspider.workshop.training.gold import GoldPage, contradicting_texts, digest_gold
from newsspider.workshop.training.parallel import map_in_parallel
from newsspider.workshop.training.scoring import Score
from newsspider.workshop.training.train_model import Tell, check_sites, train_on

IN_USE, TRAFILATURA, OUT_OF_FOLD, LEFT_OUT = (
    "model in use",
    "trafilatura",
    "out of fold",
    "left out",
)
WITH_LANGUAGES = frozenset(
    {IN_USE, TRAFILATURA, OUT_OF_FOLD, LEFT_OUT}
)  # not the pages without class, id or markup
ALL_FOLDERS = "all folders (mean)"
MIN_LANGUAGE_PAGES = 5  # a language of fewer pages has no row: its figures would be chance
MIN_FOLDERS = 2

Reliability = list[dict[str, float]]


@dataclass(frozen=True, slots=True)
class ComparedPage:
    """A gold page and its bodies' scores.

    Attributes:
        gold: the page.
        scores: by the name of who made the body.
        language: as the gold has it, else as the record would have it; None where unknown.
        quarantine: why the record is in quarantine, whatever its body; None for an article.
        failure: why there is no record at all; None where the page could be read.
    """

    gold: GoldPage
    scores: dict[str, Score]
    language: str | None = None
    quarantine: str | None = None
    failure: str | None = None

    def is_missed(self, by: str) -> bool:
        """Whether trafilatura finds a body where this one is empty, or the record of the model in use in quarantine."""
        empty = self.scores[by].empty or (by == IN_USE and self.quarantine is not None)
        return empty and not self.scores[TRAFILATURA].empty


@dataclass(frozen=True, slots=True)
class Comparison:
    """All pages in the folders' order, the folders that the model in use was trained on, the confidence by training."""

    pages: list[ComparedPage]
    known: frozenset[str]
    reliability: dict[str, Reliability]

    @property
    def names(self) -> list[str]:
        """Return who made the bodies: fresh models first, trafilatura last."""
        return list(self.pages[0].scores)

    @property
    def folders(self) -> dict[str, list[ComparedPage]]:
        """Return the pages by folder."""
        folders: dict[str, list[ComparedPage]] = {}
        for page in self.pages:
            folders.setdefault(page.gold.folder, []).append(page)
        return folders


def choose_foldings(
    sets: Sequence[list[GoldPage]], folds: int | None, *, leave_out: bool
) -> dict[str, Folding]:
    """Return the foldings of the fresh models to train, by name.

    Args:
        sets: the gold, one list per folder.
        folds: of sites, for measuring out of fold.
        leave_out: measure each folder by a model of all the others.

    Raises:
        UsageError: there are too few sites or folders for it.
    """
    foldings: dict[str, Folding] = {}
    if folds is not None:
        check_sites(sets)
        foldings[OUT_OF_FOLD] = by_site(folds)

    if leave_out:
        with_bodies = [gold[0].folder for gold in sets if any(page.row["body"] for page in gold)]
        if len(with_bodies) < MIN_FOLDERS:
            raise UsageError(
                f"--leave-out needs at least {MIN_FOLDERS} folders with bodies (there are {len(with_bodies)}): each "
                "is measured by a model of the others: give more, or use --out-of-fold"
            )
        foldings[LEFT_OUT] = by_folder([page for gold in sets for page in gold])

    return foldings


def compare(
    sets: Sequence[list[GoldPage]],
    foldings: dict[str, Folding],
    processes: int,
    tell: Tell,
    witness: WitnessPolicy = "always",
) -> Comparison:
    """Score the bodies of the model in use, of trafilatura, and of fresh models trained with the given folds.

    Args:
        sets: the gold, one list per folder.
        foldings: the fresh models to train, by name.
        processes: to work in.
        tell: reports the steps.
        witness: when the model in use asks trafilatura; fresh models are measured under every
            policy.
    """
    gold = [page for pages in sets for page in pages]
    compared = _compare_pages(gold, witness, processes, tell("stripping pages", len(gold)))
    reliability: dict[str, Reliability] = {}
    fresh: list[dict[str, Score]] = [{} for _ in gold]

    for name, folding in foldings.items():
        trained = train_on(gold, folding, processes, tell)
        reliability[name] = trained.reliability
        for each in trained.evaluations:
            scores = {score.page: score for score in each.scores}
            by = name if each.name == "as it is" else f"{name}, {each.name}"
            for page, found in zip(gold, fresh, strict=True):
                if page.folder == each.folder:
                    found[by] = scores[page.row["page"]]

    pages = [
        replace(page, scores=found | page.scores)
        for page, found in zip(compared, fresh, strict=True)
    ]
    digests = {each.get("digest") for each in read_card().get("trained_on", [])}

    return Comparison(
        pages,
        frozenset(gold[0].folder for gold in sets if digest_gold(gold) in digests),
        reliability,
    )


def rows_of(comparison: Comparison) -> list[Evaluation]:
    """Return the table's rows: of each folder, of each of its languages if it has several, and the folders' mean."""
    rows, whole = [], []
    for folder, pages in comparison.folders.items():
        whole += [_evaluate(pages, by, folder) for by in comparison.names]
        rows += whole[-len(comparison.names) :]
        for language in _languages_with_a_row(pages):
            spoken = [page for page in pages if page.language == language]
            rows += [
                _evaluate(spoken, by, folder, language)
                for by in comparison.names
                if by in WITH_LANGUAGES
            ]

    return [*rows, *_means(whole)] if len(comparison.folders) > 1 else rows


def count_shared_sites(comparison: Comparison) -> dict[str, int]:
    """Return for each folder how many of its sites other folders have too: a folder left out is not quite unseen."""
    sites = {
        folder: {page.gold.site for page in pages} for folder, pages in comparison.folders.items()
    }
    return {
        folder: len(own & set().union(*(sites[other] for other in sites if other != folder)))
        for folder, own in sites.items()
    }


def _compare_pages(
    gold: Sequence[GoldPage], witness: WitnessPolicy, processes: int, advance: Callable[[], None]
) -> list[ComparedPage]:
    def compare_page(page: GoldPage) -> ComparedPage:
        try:
            record = extract_article(page.parse(), witness)
            untouched = page.parse()
            contradicting = contradicting_texts(page, untouched)
            by_trafilatura = ask_trafilatura(untouched.tree)
        except PageError as error:
            return failed(page, str(error))

        bodies = {IN_USE: record.body, TRAFILATURA: by_trafilatura}
        scores = {by: score_body(page, body, contradicting) for by, body in bodies.items()}
        language = page.language or (record.language.partition("-")[0] if record.language else None)
        quarantine = None if record.kind in ARTICLE_KINDS else f"{record.kind}: {record.reason}"
        return ComparedPage(page, scores, language, quarantine)

    def failed(page: GoldPage, reason: str = "its worker process died") -> ComparedPage:
        scores = {by: score_body(page, None) for by in (IN_USE, TRAFILATURA)}
        return ComparedPage(page, scores, page.language, failure=reason)

    return map_in_parallel(compare_page, gold, processes, advance=advance, if_died=failed)


def _languages_with_a_row(pages: Sequence[ComparedPage]) -> list[str]:
    """Return the languages of enough pages, most frequent first.

    None if there is one language, or nothing measured.
    """
    counts: dict[str, int] = {}
    for page in pages:
        if page.language:
            counts[page.language] = counts.get(page.language, 0) + 1

    if len(counts) < 2 or all(page.scores[IN_USE].grade is None for page in pages):
        return []

    return sorted(
        (each for each in counts if counts[each] >= MIN_LANGUAGE_PAGES),
        key=lambda each: -counts[each],
    )


def _evaluate(
    pages: Sequence[ComparedPage], by: str, folder: str, language: str | None = None
) -> Evaluation:
    return evaluation(by, folder, [page.scores[by] for page in pages], language)


def _means(rows: Iterable[Evaluation]) -> list[Evaluation]:
    """Return the means over folders: each counts the same, where it has the figure."""
    by_name: dict[str, list[Evaluation]] = {}
    for row in rows:
        by_name.setdefault(row.name, []).append(row)

    return [
        Evaluation(
            name,
            ALL_FOLDERS,
            {figure: _mean(row.summary[figure] for row in same) for figure in same[0].summary},
            tuple(score for row in same for score in row.scores),
        )
        for name, same in by_name.items()
    ]


def _mean(values: Iterable[float]) -> float:
    known = [value for value in values if value == value]  # not nan: there was something to measure
    return mean(known) if known else float("nan")
