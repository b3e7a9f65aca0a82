"""Training: folds by site, nothing read that was trained on its own fold, the same model from the same gold."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier
from threadpoolctl import threadpool_limits

from newsspider.extraction.confidence import UNCALIBRATED
from newsspider.extraction.model.reading import Model, to_arrays
from newsspider.extraction.model.shipped import Reader, Readers, save_readers
from newsspider.workshop.training import boosting
from newsspider.workshop.training.binning import bin_table, find_edges, flatten_trees
from newsspider.workshop.training.boosting import Sample, columns_of, fit_forest, fold_of
from newsspider.workshop.training.evaluation import AS_IT_IS, measure_out_of_fold
from newsspider.workshop.training.fitting import Fitted, fit
from newsspider.workshop.training.folds import by_site
from newsspider.workshop.training.gold import GoldPage, make_sample
from newsspider.workshop.training.train_model import train_on
from tests.crawls import PATIENCE_SECONDS
from tests.workshop.training.small_gold import make_gold

ROOT = Path(__file__).parents[3]
FOLDS = 3
SITES, PAGES = 12, 2
SMALL = {**boosting.BOOSTING, "max_iter": 8, "max_leaf_nodes": 8}  # enough to tell a paragraph from a menu
# Trains in so many processes, and prints the digest of the model file.
PROGRAM = """
import sys
import sklearn.ensemble  # once, not in every worker
from pathlib import Path
from tests.workshop.training.test_fitting import digest_training
print(digest_training(int(sys.argv[1]), Path(sys.argv[2])))
"""


@pytest.fixture(scope="module", autouse=True)
def _small_forests() -> Iterator[None]:
    """Keep forests small, and scikit-learn to one thread: more of them wait for each other on a busy machine."""
    with pytest.MonkeyPatch.context() as patch, threadpool_limits(1):
        patch.setattr(boosting, "BOOSTING", SMALL)
        yield


@cache
def gold() -> list[GoldPage]:
    return make_gold(SITES, PAGES)


@cache
def samples() -> list[Sample]:
    made = [make_sample(page, by_site(FOLDS)(page), 1.0) for page in gold()]
    return [sample.without_elements() for sample in made if sample]


NAMES = ("words", "link_density", "in_tag_nav", "in_related", "stops", "level", "prose_1")


def same(one: Model, other: Model) -> bool:
    """Whether two models are the same to the bit."""
    before, after = to_arrays(one), to_arrays(other)
    return before.keys() == after.keys() and all(np.array_equal(before[name], after[name]) for name in before)


def readers_without(fitted: Fitted) -> Callable[[int], Readers]:
    """Return what gives the models that have not seen a fold: one for all that is read."""

    def without(fold: int) -> Readers:
        reader = Reader(fitted.without(fold), UNCALIBRATED)
        return Readers(reader, reader, reader)

    return without


def mislabelled(fold: int) -> list[Sample]:
    """Return the samples with those of a fold labelled the wrong way round."""
    return [replace(each, share=1 - each.share) if each.fold == fold else each for each in samples()]


def digest_training(processes: int, folder: Path) -> str:
    """Train on the small gold and return the digest of the file."""
    boosting.BOOSTING = SMALL
    trained = train_on(make_gold(SITES, 1), by_site(FOLDS), processes, lambda step, jobs=0: lambda: None)
    return hashlib.blake2b(save_readers(trained.readers, folder).read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def fitted() -> Fitted:
    """Return what fitting gives, with small forests."""
    return fit(samples(), NAMES, 1)


def test_every_page_is_a_sample_and_every_fold_has_some() -> None:
    assert len(samples()) == SITES * PAGES
    assert {sample.fold for sample in samples()} == set(range(FOLDS))


@pytest.mark.parametrize("site", ["herald.example", "chenbao.example", "a.html"])
def test_pages_of_a_site_share_a_fold(site: str) -> None:
    assert fold_of(site, 5) == fold_of(site, 5)
    assert 0 <= fold_of(site, 5) < 5


def test_fold_does_not_depend_on_the_process() -> None:
    assert [fold_of(site, 5) for site in ("herald.example", "chenbao.example", "a.html")] == [3, 3, 4]


def test_pages_of_one_site_are_in_one_fold() -> None:
    folds: dict[str, set[int]] = {}
    for page, sample in zip(gold(), samples(), strict=True):
        folds.setdefault(page.site, set()).add(sample.fold)
    assert len(folds) == SITES
    assert all(len(each) == 1 for each in folds.values())


def test_there_is_a_model_for_every_fold(fitted: Fitted) -> None:
    assert sorted(fitted.out_of_fold) == list(range(FOLDS))
    assert not any(same(fitted.model, model) for model in fitted.out_of_fold.values())


def test_model_of_a_fold_has_not_seen_it(fitted: Fitted) -> None:
    other = fit(mislabelled(0), NAMES, 1)
    assert same(other.out_of_fold[0], fitted.out_of_fold[0])
    assert not same(other.out_of_fold[1], fitted.out_of_fold[1])
    assert not same(other.model, fitted.model)


def test_fitting_again_gives_the_same_model(fitted: Fitted) -> None:
    assert same(fit(samples(), NAMES, 1).model, fitted.model)


def test_small_gold_is_learnt_out_of_fold(fitted: Fitted) -> None:
    measured = measure_out_of_fold(gold(), readers_without(fitted), by_site(FOLDS), AS_IT_IS, 1)
    assert [each.score.page for each in measured] == [page.row["page"] for page in gold()]
    assert np.mean([each.score.word_f1 for each in measured]) > 0.95
    assert all(each.judged and each.judged.fold == fold_of(page.site, FOLDS)
               for page, each in zip(gold(), measured, strict=True))  # fmt: skip


def test_page_that_can_not_be_parsed_scores_nothing(fitted: Fitted) -> None:
    broken = GoldPage("small", {**gold()[0].row, "html": "%PDF-1.4"}, None)
    (measured,) = measure_out_of_fold([broken], readers_without(fitted), by_site(FOLDS), AS_IT_IS, 1)
    assert (measured.score.word_f1, measured.judged) == (0.0, None)


def test_trees_say_the_same_as_the_learners() -> None:
    table = np.concatenate([columns_of(sample, NAMES) for sample in samples()])
    labels = np.concatenate([sample.share for sample in samples()]) >= 0.5
    edges = find_edges(table)
    learner = HistGradientBoostingClassifier(**SMALL).fit(bin_table(table, edges), labels)
    forest = flatten_trees(learner, edges, boosting.LEARNING_RATE)
    assert forest.scores(table) == pytest.approx(learner.decision_function(bin_table(table, edges)), abs=1e-5)


def test_gate_stops_hardly_a_gold_word() -> None:
    forest = fit_forest(samples(), NAMES)
    for sample in samples():
        gated = forest.scores(columns_of(sample, NAMES)) < forest.gate
        assert not (gated & (sample.share > 0.5)).any()


@pytest.fixture(scope="module")
def digests(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the digests of two trainings, in processes of their own that work in one and in two."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, processes, tmp_path_factory.mktemp("model")],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": processes, "OMP_NUM_THREADS": "1"},
            stdout=subprocess.PIPE,
            text=True,
        )
        for processes in ("1", "2")
    ]
    return [process.communicate(timeout=PATIENCE_SECONDS)[0] for process in running]


@pytest.mark.processes
def test_same_gold_gives_the_same_bytes_in_any_process(digests: list[str]) -> None:
    assert digests[0]
    assert digests[0] == digests[1]
