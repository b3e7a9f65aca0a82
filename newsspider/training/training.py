"""The whole of training: gold pages in, a model file with its card out."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from newsspider.errors import UsageError
from newsspider.extraction.model.shipped import CARD_FILE, Reader, Readers, save_readers
from newsspider.training.boosting import FOLDS, Sample
from newsspider.training.calibration import fit_calibration, reliability
from newsspider.training.evaluation import (
    Evaluation,
    as_it_is,
    evaluation,
    measure_out_of_fold,
    without_markup,
    without_names,
)
from newsspider.training.fitting import Fitted, fit
from newsspider.training.folding import Folding, by_site
from newsspider.training.gold import GoldPage, digest_gold, make_sample, make_text_sample, read_gold
from newsspider.training.parallel import map_in_parallel

SET_POWER = 0.6  # a set with a tenth of the pages weighs four times a page: the conventions of none should drown
BARE_SHARE = 0.5  # of the pages are trained on without class and id attributes too
MIN_SITES = 10  # fewer than two a fold say nothing about other sites


class Tell(Protocol):
    """Reports the steps of long work."""

    def __call__(self, step: str, jobs: int = 0, /) -> Callable[[], None]:
        """Begin a step of so many jobs, 0 for unknown; return the function to call for each finished job."""


@dataclass(frozen=True)
class Trained:
    """What training gives: the readers to ship, the out-of-fold evaluations, and how calibrated the confidence is."""

    readers: Readers
    evaluations: tuple[Evaluation, ...]
    reliability: list[dict[str, float]]


def train_and_describe(
    places: Sequence[Path], folds: int, processes: int, credit_lines: Sequence[str], tell: Tell
) -> tuple[Trained, dict[str, Any]]:
    """Train on gold folders and return what came out, and the card.

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
            raise UsageError(f"{name}: several of the folders have this name, and tables go by it: rename all but one")
    return sets


def check_sites(sets: Sequence[list[GoldPage]]) -> None:
    """Refuse gold of too few sites for folds by site; pages without a body don't count, nothing is learned from them.

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
    """Train both models with the given folds, and measure them out of fold.

    Raises:
        WorkerError: a worker process died.
    """
    weights = _weights(pages)
    jobs = list(enumerate(pages))

    def page_samples(job: tuple[int, GoldPage]) -> list[Sample]:
        number, gold = job
        variants = (False, True) if number % round(1 / BARE_SHARE) == 0 else (False,)
        made = [make_sample(gold, weights[gold.folder], FOLDS, bare=bare) for bare in variants]
        return [replace(sample.without_elements(), fold=folding(gold)) for sample in made if sample]

    def text_samples(job: tuple[int, GoldPage]) -> list[Sample]:
        made = make_text_sample(job[1], weights[job[1].folder], FOLDS)
        return [replace(made.without_elements(), fold=folding(job[1]))] if made else []

    def cut(samples_of: Callable[[tuple[int, GoldPage]], list[Sample]], what: str) -> list[list[Sample]]:
        advance = tell(f"cutting {what} into blocks", len(jobs))
        return map_in_parallel(samples_of, jobs, processes, advance=advance, name_of=lambda job: job[1].place)

    page_fit = _fit(cut(page_samples, "pages"), "pages", processes, tell)
    text_fit = _fit(cut(text_samples, "text without markup"), "text without markup", processes, tell)
    forms = {
        "as it is": (page_fit, as_it_is),
        "no class, no id": (page_fit, without_names),
        "no markup": (text_fit, without_markup),
    }
    advance = tell("measuring out of fold", len(forms) * len(pages))
    measured = {
        name: measure_out_of_fold(pages, fitted, folding, change, processes, advance)
        for name, (fitted, change) in forms.items()
    }
    judged = {name: [each.judged for each in rows if each.judged] for name, rows in measured.items()}
    readers = Readers(
        Reader(page_fit.model, fit_calibration(judged["as it is"])),
        Reader(text_fit.model, fit_calibration(judged["no markup"])),
    )
    evaluations = tuple(
        evaluation(name, folder, [row.score for page, row in zip(pages, rows, strict=True) if page.folder == folder])
        for name, rows in measured.items()
        for folder in dict.fromkeys(page.folder for page in pages)
    )
    return Trained(readers, evaluations, reliability(judged["as it is"]))


def make_card(
    trained: Trained, sets: Sequence[list[GoldPage]], folds: int, credit_lines: Sequence[str]
) -> dict[str, Any]:
    """Return the model's card: what it was trained on, whose it is, its out-of-fold figures, date and features."""
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
        "features": {"page": list(trained.readers.page.model.names), "text": list(trained.readers.text.model.names)},
        "context_features": list(trained.readers.page.model.context_names),
    }


def write_model(trained: Trained, card: dict[str, Any], folder: Path) -> list[Path]:
    """Write the model file and the card and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    card_path = folder / CARD_FILE
    model_path = save_readers(trained.readers, folder)
    card_path.write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return [model_path, card_path]


def _fit(made: list[list[Sample]], what: str, processes: int, tell: Tell) -> Fitted:
    samples = [sample for each in made for sample in each]
    names = _telling_names(samples)
    tell(f"training for {what}: {len(samples)} samples, {len(names)} features")
    return fit(samples, names, processes)


def _telling_names(samples: Sequence[Sample]) -> tuple[str, ...]:
    """Return the features that say anything: those that are not the same everywhere."""
    first = samples[0].evidence
    spread = np.max([sample.evidence.table.std(axis=0) for sample in samples], axis=0)
    return tuple(name for name, each in zip(first.names, spread, strict=True) if each > 0)


def _weights(pages: Sequence[GoldPage]) -> dict[str, float]:
    """Return each folder's weight a page: small folders weigh more."""
    sizes: dict[str, int] = {}
    for page in pages:
        sizes[page.folder] = sizes.get(page.folder, 0) + 1
    return {folder: (max(sizes.values()) / size) ** SET_POWER for folder, size in sizes.items()}
