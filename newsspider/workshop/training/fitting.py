"""Training with folds: the model to ship, and one per fold that has seen nothing of its fold."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newsspider.extraction.model.reading import Model
from newsspider.workshop.training.boosting import BOOSTING, Sample, fit_forest
from newsspider.workshop.training.parallel import map_in_parallel

WHOLE = -1  # stands for "no fold held out"


@dataclass(frozen=True)
class Fitted:
    """A trained model, and by fold the models that were trained without it."""

    model: Model
    out_of_fold: dict[int, Model]

    def without(self, fold: int) -> Model:
        """Return the model that has not seen a fold: the whole one where no sample was of that fold."""
        return self.out_of_fold.get(fold, self.model)


def fit(
    samples: Sequence[Sample],
    names: tuple[str, ...],
    processes: int,
    advance: Callable[[], None] = lambda: None,
    boosting: Mapping[str, Any] = BOOSTING,
) -> Fitted:
    """Train the model on all samples, and a model per fold on the others.

    `advance` is called for each.
    """
    folds = sorted({sample.fold for sample in samples})

    def fit_without(fold: int) -> Model:
        return Model(
            names,
            fit_forest([sample for sample in samples if sample.fold != fold], names, boosting),
        )

    model, *models = map_in_parallel(fit_without, [WHOLE, *folds], processes, advance=advance)
    return Fitted(model, dict(zip(folds, models, strict=True)))
