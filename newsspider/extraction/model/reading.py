"""The trained model: two forests, the second of which reads what the first says about a block's surroundings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsspider.extraction.evidence.gather import Evidence, table_of
from newsspider.extraction.model.context import context_columns
from newsspider.extraction.model.forest import Forest, chances

SECOND_LOOK = 0.02  # blocks less likely than this after the first reading are not read again
_ARRAYS = ("feature", "threshold", "left", "value", "roots")
_NUMBERS = ("depth", "base", "gate_trees", "gate")


@dataclass(frozen=True, slots=True)
class Model:
    """Two forests and the names of the columns that the first was trained on (the second adds the context's)."""

    names: tuple[str, ...]
    context_names: tuple[str, ...]
    first: Forest
    second: Forest

    def read(self, evidence: Evidence) -> NDArray[np.float64]:
        """Return each block's probability of being body."""
        table = self._columns(evidence)
        chance = chances(self.first.scores(table))
        unsure = np.flatnonzero(chance >= SECOND_LOOK)
        if len(unsure):
            second_table = self._second_table(evidence, table, chance)
            chance[unsure] = chances(self.second.scores(second_table[unsure]))
        return chance

    def weigher(self, evidence: Evidence) -> Callable[[int], list[tuple[str, float]]]:
        """Return what gives a block's features with their weight in log odds, heaviest first, by the block's number."""
        table = self._columns(evidence)
        chance = chances(self.first.scores(table))
        second_table = self._second_table(evidence, table, chance)

        def weigh(number: int) -> list[tuple[str, float]]:
            if chance[number] >= SECOND_LOOK:
                names, shares = self.names + self.context_names, self.second.shares(second_table[number])
            else:
                names, shares = self.names, self.first.shares(table[number])
            return sorted(
                ((names[feature], share) for feature, share in shares.items()), key=lambda each: -abs(each[1])
            )

        return weigh

    def _columns(self, evidence: Evidence) -> NDArray[np.float32]:
        if evidence.names == self.names:
            return evidence.table
        place = {name: index for index, name in enumerate(evidence.names)}
        return evidence.table[:, [place[name] for name in self.names]]

    def _second_table(
        self, evidence: Evidence, table: NDArray[np.float32], chance: NDArray[np.float64]
    ) -> NDArray[np.float32]:
        return np.concatenate([table.T, context_table(evidence, chance)[1].T]).T


def context_table(evidence: Evidence, chance: NDArray[np.float64]) -> tuple[tuple[str, ...], NDArray[np.float32]]:
    """Return the names and the columns of each block's context after the first reading."""
    columns = context_columns(chance, evidence.wording.words, evidence.shape, evidence.kin)
    return tuple(columns), table_of(columns)


def read_model(arrays: Mapping[str, NDArray[Any]]) -> Model:
    """Return the model of `to_arrays`.

    Raises:
        KeyError: an array is missing.
    """
    names, context_names = (tuple(arrays[key].tolist()) for key in ("names", "context_names"))
    return Model(names, context_names, _forest(arrays, "first"), _forest(arrays, "second"))


def to_arrays(model: Model) -> dict[str, NDArray[Any]]:
    """Return all that a model is as named arrays."""
    arrays: dict[str, NDArray[Any]] = {"names": np.array(model.names), "context_names": np.array(model.context_names)}
    for stage, forest in (("first", model.first), ("second", model.second)):
        arrays.update({f"{stage}_{name}": getattr(forest, name) for name in _ARRAYS})
        arrays[f"{stage}_numbers"] = np.array([float(getattr(forest, name)) for name in _NUMBERS])
    return arrays


def _forest(stored: Mapping[str, NDArray[Any]], stage: str) -> Forest:
    depth, base, gate_trees, gate = stored[f"{stage}_numbers"].tolist()
    arrays = {name: stored[f"{stage}_{name}"] for name in _ARRAYS}
    return Forest(**arrays, depth=int(depth), base=base, gate_trees=int(gate_trees), gate=gate)
