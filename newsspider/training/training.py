"""The whole of training: gold pages in, a model file with its card out."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from newsspider.errors import UsageError
from newsspider.extraction.model.shipped import CARD_FILE, Reader, Readers, read_card, save_readers
from newsspider.training.boosting import Sample
from newsspider.training.calibration import fit_calibration, reliability
from newsspider.training.evaluation import (
    Evaluation,
    as_it_is,
    by_model_in_use,
    by_trafilatura,
    evaluation,
    measure_bodies,
    measure_out_of_fold,
    without_markup,
    without_names,
)
from newsspider.training.fitting import Fitted, fit
from newsspider.training.gold import GoldPage, digest_gold, make_sample, make_text_sample, read_gold
from newsspider.training.parallel import map_in_parallel

SET_POWER = 0.6  # a set with a tenth of the pages weighs four times a page: the conventions of none should drown
BARE_SHARE = 0.5  # of the pages are trained on without class and id attributes too
MIN_SITES = 10  # fewer than two a fold say nothing about other sites

Tell = Callable[[str], None]


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
        UsageError: a folder holds no gold, or all have too few sites.
    """
    sets = read_sets(places)
    trained = train_on([page for gold in sets for page in gold], folds, processes, tell)
    return trained, make_card(trained, sets, folds, credit_lines)


def evaluate_all(
    places: Sequence[Path], folds: int, processes: int, tell: Tell
) -> tuple[Trained, tuple[Evaluation, ...]]:
    """Measure a fresh model out of fold, the one in use on folders that its card does not name, and trafilatura.

    Raises:
        UsageError: a folder holds no gold, or all have too few sites.
    """
    sets = read_sets(places)
    trained = train_on([page for gold in sets for page in gold], folds, processes, tell)
    known = {each["digest"] for each in read_card().get("trained_on", [])}
    others: list[Evaluation] = []
    for gold in sets:
        tell(f"measuring {gold[0].folder} by trafilatura")
        others.append(evaluation("trafilatura", gold[0].folder, measure_bodies(gold, by_trafilatura, processes)))
        if digest_gold(gold) not in known:
            tell(f"measuring {gold[0].folder} by the model in use")
            others.append(evaluation("model in use", gold[0].folder, measure_bodies(gold, by_model_in_use, processes)))
    return trained, (*trained.evaluations, *others)


def read_sets(places: Sequence[Path]) -> list[list[GoldPage]]:
    """Return the gold of each place.

    Raises:
        UsageError: a place holds no gold, or all have too few sites.
    """
    sets = [read_gold(place) for place in places]
    if len({page.site for gold in sets for page in gold}) < MIN_SITES:
        raise UsageError(f"gold of at least {MIN_SITES} sites is needed: folds are made by site")
    return sets


def train_on(pages: Sequence[GoldPage], folds: int, processes: int, tell: Tell) -> Trained:
    """Train both models with folds by site, and measure them out of fold."""
    weights = _weights(pages)
    jobs = list(enumerate(pages))
    tell(f"cutting {len(pages)} pages into blocks")

    def page_samples(job: tuple[int, GoldPage]) -> list[Sample]:
        number, gold = job
        variants = (False, True) if number % round(1 / BARE_SHARE) == 0 else (False,)
        made = [make_sample(gold, weights[gold.folder], folds, bare=bare) for bare in variants]
        return [sample.without_elements() for sample in made if sample]

    def text_samples(job: tuple[int, GoldPage]) -> list[Sample]:
        made = make_text_sample(job[1], weights[job[1].folder], folds)
        return [made.without_elements()] if made else []

    page_fit = _fit(map_in_parallel(page_samples, jobs, processes), "pages", processes, tell)
    text_fit = _fit(map_in_parallel(text_samples, jobs, processes), "text without markup", processes, tell)
    tell("measuring out of fold")
    measured = {
        "as it is": measure_out_of_fold(pages, page_fit.out_of_fold, folds, as_it_is, processes),
        "no class, no id": measure_out_of_fold(pages, page_fit.out_of_fold, folds, without_names, processes),
        "no markup": measure_out_of_fold(pages, text_fit.out_of_fold, folds, without_markup, processes),
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
