"""The trained model: a forest over the evidence about each block, read with numpy alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsspider.extraction.evidence.gather import Evidence
from newsspider.extraction.model.forest import Forest, chances

_ARRAYS = ("feature", "threshold", "left", "value", "roots")
_NUMBERS = ("depth", "base", "gate_trees", "gate")


class Weight(NamedTuple):
    """A feature's weight in a block's probability, in log odds: above 0 for the body."""

    feature: str
    value: float
    share: float


@dataclass(frozen=True, slots=True)
class Model:
    """A forest and the names of the columns that it was trained on."""

    names: tuple[str, ...]
    forest: Forest

    def read(self, evidence: Evidence) -> NDArray[np.float64]:
        """Return each block's probability of being body."""
        return chances(self.forest.scores(self._columns(evidence)))

    def weigher(self, evidence: Evidence) -> Callable[[int], list[Weight]]:
        """Return a function from a block's number to its features' weights, heaviest first."""
        table = self._columns(evidence)

        def weigh(number: int) -> list[Weight]:
            values = table[number]
            shares = self.forest.shares(values)
            weights = (
                Weight(self.names[each], float(values[each]), share)
                for each, share in shares.items()
            )

            return sorted(weights, key=lambda weight: -abs(weight.share))

        return weigh

    def _columns(self, evidence: Evidence) -> NDArray[np.float32]:
        if evidence.names == self.names:
            return evidence.table

        place = {name: index for index, name in enumerate(evidence.names)}
        return evidence.table[:, [place[name] for name in self.names]]


def read_model(arrays: Mapping[str, NDArray[Any]]) -> Model:
    """Return the model of `to_arrays`.

    Raises:
        KeyError: an array is missing.
    """
    depth, base, gate_trees, gate = arrays["numbers"].tolist()
    forest = Forest(
        **{name: arrays[name] for name in _ARRAYS},
        depth=int(depth),
        base=base,
        gate_trees=int(gate_trees),
        gate=gate,
    )

    return Model(tuple(arrays["names"].tolist()), forest)


def to_arrays(model: Model) -> dict[str, NDArray[Any]]:
    """Return all that a model is as named arrays."""
    return {
        "names": np.array(model.names),
        **{name: getattr(model.forest, name) for name in _ARRAYS},
        "numbers": np.array([float(getattr(model.forest, name)) for name in _NUMBERS]),
    }
