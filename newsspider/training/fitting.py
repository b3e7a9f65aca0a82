"""Training with folds by site: the model to ship, and one a fold that has seen nothing of its fold."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from newsspider.extraction.model.forest import Forest
from newsspider.extraction.model.reading import Model
from newsspider.training.boosting import Sample, first_reading, fit_first, fit_second
from newsspider.training.parallel import map_in_parallel

WHOLE = -1  # stands for "no fold held out"


@dataclass(frozen=True)
class Fitted:
    """A trained model, and by fold the models that were trained without it."""

    model: Model
    out_of_fold: dict[int, Model]


def fit(samples: Sequence[Sample], names: tuple[str, ...], processes: int) -> Fitted:
    """Train the model on all samples, and a model a fold on the others.

    In both stages nothing is read that was trained on the same fold: the second forests learn from readings of first
    forests that lacked both the held-out fold and the sample's own. The first forests without folds {j, k} serve both.
    """
    folds = sorted({sample.fold for sample in samples})
    held_out = [frozenset(out) for out in [(), *((fold,) for fold in folds), *combinations(folds, 2)]]

    def fit_first_without(out: frozenset[int]) -> Forest:
        return fit_first([sample for sample in samples if sample.fold not in out], names)

    firsts = dict(zip(held_out, map_in_parallel(fit_first_without, held_out, processes), strict=True))

    def fit_model_without(fold: int) -> Model:
        out = frozenset({fold} - {WHOLE})
        rest = [sample for sample in samples if sample.fold != fold]
        readings = [first_reading(sample, names, firsts[out | {sample.fold}]) for sample in rest]
        context_names, second = fit_second(rest, names, readings)
        return Model(names, context_names, firsts[out], second)

    model, *models = map_in_parallel(fit_model_without, [WHOLE, *folds], processes)
    return Fitted(model, dict(zip(folds, models, strict=True)))
