"""The whole of training: gold pages in, a model file with its card out."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from newsspider.errors import UsageError
from newsspider.extraction.confidence import UNCALIBRATED
from newsspider.extraction.evidence.witness import PREFIX as WITNESS_PREFIX
from newsspider.extraction.model.locating import CARD_FILE
from newsspider.extraction.model.shipped import Reader, Readers, save_readers
from newsspider.workshop.training.boosting import BOOSTING, TEXT_BOOSTING, Sample
from newsspider.workshop.training.calibration import fit_calibration, reliability
from newsspider.workshop.training.evaluation import (
    ALONE,
    AS_IT_IS,
    NO_MARKUP,
    NO_NAMES,
    UNSURE,
    Evaluation,
    Form,
    Measured,
    evaluation,
    measure_out_of_fold,
)
from newsspider.workshop.training.fitting import Fitted, fit
from newsspider.workshop.training.folds import Folding, by_site
from newsspider.workshop.training.gold import (
    GoldPage,
    digest_gold,
    make_sample,
    make_text_sample,
    read_gold,
)
from newsspider.workshop.training.parallel import map_in_parallel

SET_POWER = 0.6  # a set with a tenth of the pages weighs four times a page: the conventions of none should drown
MIN_SET_PAGES = 60  # a smaller set weighs no more per page: few pages are noise
BARE_SHARE = 0.5  # of the pages are trained on without class and id attributes too; with half as many, news is worse
MIN_SITES = 10  # fewer than two a fold say nothing about other sites


class Tell(Protocol):
    """Reports the steps of long work."""

    def __call__(self, step: str, jobs: int = 0, /) -> Callable[[], None]:
        """Begin a step of so many jobs, 0 for unknown.

        Return the function to call for each finished job.
        """


@dataclass(frozen=True)
class Trained:
    """The result of training: the readers to ship, the out-of-fold evaluations and the calibration."""

    readers: Readers
    evaluations: tuple[Evaluation, ...]
    reliability: list[dict[str, float]]


def train_and_describe(
    places: Sequence[Path], folds: int, processes: int, credit_lines: Sequence[str], tell: Tell
) -> tuple[Trained, dict[str, Any]]:
    """Train on gold folders and return the result and the card.

    Raises:
        UsageError: a folder holds no gold, two have the same name, or all have too few sites.
        WorkerError: a worker process died.
    """
    sets = read_sets(places)
    check_sites(sets)
    trained = train_on([page for gold in sets for page in gold], by_site(folds), processes, tell)
    return trained, make_card(trained, sets, folds, credit_lines)


def read_sets(places: Sequence[Path]) -> list[list[GoldPage]]:
    """Return the gold of each place.

    Raises:
        UsageError: a place holds no gold, or two have the same name.
    """
    sets = [read_gold(place) for place in places]
    names = [gold[0].folder for gold in sets]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(
                f"{name}: several folders have this name, which identifies them in the tables: rename all but one"
            )

    return sets


def check_sites(sets: Sequence[list[GoldPage]]) -> None:
    """Refuse gold of too few sites for folds by site.

    Pages without a body don't count, nothing is learned from them.

    Raises:
        UsageError: there are too few.
    """
    sites = {page.site for gold in sets for page in gold if page.row["body"]}
    if len(sites) < MIN_SITES:
        raise UsageError(
            f"gold of at least {MIN_SITES} sites is needed, since folds are made by site: pages with a body are of "
            f"{len(sites)}"
        )


def train_on(pages: Sequence[GoldPage], folding: Folding, processes: int, tell: Tell) -> Trained:
    """Train the models with the given folds, and measure them out of fold.

    Raises:
        WorkerError: a worker process died.
    """
    fitted = _fit_all(pages, folding, processes, tell)
    advance = tell("measuring out of fold", 5 * len(pages))

    def measure(form: Form) -> list[Measured]:
        return measure_out_of_fold(pages, fitted.readers_without, folding, form, processes, advance)

    measured = {form: measure(form) for form in (AS_IT_IS, ALONE, NO_NAMES, NO_MARKUP, UNSURE)}
    judged = {
        form: [each.judged for each in rows if each.judged] for form, rows in measured.items()
    }
    readers = Readers(
        Reader(fitted.page.model, fit_calibration(judged[AS_IT_IS])),
        Reader(fitted.alone.model, fit_calibration(judged[ALONE])),
        Reader(fitted.text.model, fit_calibration(judged[NO_MARKUP])),
    )
    evaluations = tuple(
        evaluation(form.name, folder, [row.score for row in rows if row.folder == folder])
        for form, rows in measured.items()
        for folder in dict.fromkeys(page.folder for page in pages)
    )
    return Trained(readers, evaluations, reliability(judged[AS_IT_IS]))


@dataclass(frozen=True)
class _FittedAll:
    """The models of pages with trafilatura's verdict, of pages without it, and of text without markup."""

    page: Fitted
    alone: Fitted
    text: Fitted

    def readers_without(self, fold: int) -> Readers:
        """Return the models that have not seen a fold."""
        return Readers(
            *(
                Reader(fitted.without(fold), UNCALIBRATED)
                for fitted in (self.page, self.alone, self.text)
            )
        )


def _fit_all(pages: Sequence[GoldPage], folding: Folding, processes: int, tell: Tell) -> _FittedAll:
    weights = _weights(pages)
    jobs = list(enumerate(pages))

    def page_samples(job: tuple[int, GoldPage]) -> list[Sample]:
        number, gold = job
        variants = (False, True) if number % round(1 / BARE_SHARE) == 0 else (False,)
        made = [
            make_sample(gold, folding(gold), weights[gold.folder], bare=bare) for bare in variants
        ]
        return [sample.without_elements() for sample in made if sample]

    def text_samples(job: tuple[int, GoldPage]) -> list[Sample]:
        made = make_text_sample(job[1], folding(job[1]), weights[job[1].folder])
        return [made.without_elements()] if made else []

    def cut(samples_of: Callable[[tuple[int, GoldPage]], list[Sample]], what: str) -> list[Sample]:
        advance = tell(f"cutting {what} into blocks", len(jobs))
        made = map_in_parallel(
            samples_of, jobs, processes, advance=advance, name_of=lambda job: job[1].place
        )
        return [sample for samples in made for sample in samples]

    def fit_on(
        samples: Sequence[Sample],
        names: Sequence[str],
        what: str,
        boosting: Mapping[str, Any] = BOOSTING,
    ) -> Fitted:
        folds = len({sample.fold for sample in samples})
        advance = tell(
            f"training for {what}: {len(samples)} samples, {len(names)} features", folds + 1
        )
        return fit(samples, tuple(names), processes, advance, boosting)

    samples = cut(page_samples, "pages")
    # A page too large for trafilatura has the model of pages alone, so it teaches that one only.
    heard = [sample for sample in samples if sample.evidence.witness]
    names = _telling_names(heard)
    page = fit_on(heard, names, "pages")
    own = [name for name in names if not name.startswith(WITNESS_PREFIX)]
    alone = fit_on(samples, own, "pages without trafilatura")
    texts = cut(text_samples, "text without markup")
    text = fit_on(texts, _telling_names(texts), "text without markup", TEXT_BOOSTING)
    return _FittedAll(page, alone, text)


def make_card(
    trained: Trained, sets: Sequence[list[GoldPage]], folds: int, credit_lines: Sequence[str]
) -> dict[str, Any]:
    """Return the card of the model: its training data, license, out-of-fold figures, date and features."""
    return {
        "made": date.today().isoformat(),
        "trained_on": [
            {
                "folder": gold[0].folder,
                "pages": len(gold),
                "sites": len({page.site for page in gold}),
                "digest": digest_gold(gold),
            }
            for gold in sets
        ],
        "credits": list(credit_lines),
        "folds_by_site": folds,
        "out_of_fold": [
            {
                "folder": each.folder,
                "pages": each.name,
                **{name: round(value, 4) for name, value in each.summary.items() if value == value},
            }
            for each in trained.evaluations
        ],
        "confidence_out_of_fold": trained.reliability,
        "features": {name: list(reader.model.names) for name, reader in trained.readers.items()},
    }


def write_model(trained: Trained, card: dict[str, Any], folder: Path) -> list[Path]:
    """Write the model file and the card and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    card_path = folder / CARD_FILE
    model_path = save_readers(trained.readers, folder)
    card_path.write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return [model_path, card_path]


def _telling_names(samples: Sequence[Sample]) -> tuple[str, ...]:
    """Return the features that say anything: those that are not the same everywhere."""
    first = samples[0].evidence
    spread = np.max([sample.evidence.table.std(axis=0) for sample in samples], axis=0)
    return tuple(name for name, each in zip(first.names, spread, strict=True) if each > 0)


def _weights(pages: Sequence[GoldPage]) -> dict[str, float]:
    """Return each folder's weight per page: small folders weigh more."""
    sizes = Counter(page.folder for page in pages)
    largest = max(sizes.values())
    return {
        folder: (largest / max(size, MIN_SET_PAGES)) ** SET_POWER for folder, size in sizes.items()
    }
