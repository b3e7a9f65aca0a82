"""What the first reading says about a block's neighbours, containers and likes: evidence for the second reading."""

import numpy as np
from numpy.typing import NDArray

from newsspider.extraction.evidence.kin import Kin
from newsspider.extraction.evidence.place import Shape

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
REACH = (-3, -2, -1, 1, 2, 3)
WINDOWS = (3, 8)  # blocks on each side whose probabilities are averaged
CONTAINERS = 5  # ever wider ancestors whose kept share is told
SURE = 0.8  # first-reading probability above which a block is counted as body


def context_columns(chance: Array, words: Array, shape: Shape, kin: Kin) -> dict[str, Array]:
    """Return the columns of the second reading; `chance` is each block's probability after the first."""
    return {
        "chance": chance,
        **_nearby(chance, words),
        **_containers(chance, words, shape),
        **_positions(chance, words),
        **_likes(chance, words, kin.builds, kin.twins),
        **_headed(chance, words, kin.scope, kin.level),
    }


def _shifted(values: Array, by: int) -> Array:
    result = np.zeros(len(values))
    if by > 0:
        result[:-by] = values[by:]
    else:
        result[-by:] = values[:by]
    return result


def _nearby(chance: Array, words: Array) -> dict[str, Array]:
    columns = {f"chance_{by:+}": _shifted(chance, by) for by in REACH}
    weight = np.concatenate([[0.0], np.cumsum(words + 1.0)])
    total = np.concatenate([[0.0], np.cumsum(chance * (words + 1.0))])
    index, count = np.arange(len(chance)), len(chance)
    for reach in WINDOWS:
        back, ahead = np.maximum(index - reach, 0), np.minimum(index + reach + 1, count)
        columns[f"before_{reach}_mean"] = (total[index] - total[back]) / np.maximum(weight[index] - weight[back], 1.0)
        columns[f"after_{reach}_mean"] = (total[ahead] - total[index + 1]) / np.maximum(
            weight[ahead] - weight[index + 1], 1.0
        )
    return columns


def _containers(chance: Array, words: Array, shape: Shape) -> dict[str, Array]:
    kept, held = shape.sums(chance * words), shape.sums(words)
    weighted, sized = shape.sums(chance * (words + 1.0)), shape.sums(words + 1.0)
    own, own_size = chance * (words + 1.0), words + 1.0
    total = max(float((chance * words).sum()), 1.0)
    columns: dict[str, Array] = {}
    place = shape.node
    for step in range(1, CONTAINERS + 1):
        place = shape.wider[place]
        columns[f"container_{step}_mean"] = (weighted[place] - own) / np.maximum(sized[place] - own_size, 1.0)
        columns[f"container_{step}_share"] = kept[place] / total
        columns[f"container_{step}_words"] = np.log1p(held[place])
    return columns


def _positions(chance: Array, words: Array) -> dict[str, Array]:
    count = len(chance)
    expected = np.concatenate([[0.0], np.cumsum(chance * words)])
    total = max(float(expected[-1]), 1.0)
    index = np.arange(count)
    sure = np.flatnonzero((chance > SURE) & (words > 5))
    first, last = (int(sure[0]), int(sure[-1])) if len(sure) else (0, count - 1)
    place = np.searchsorted(sure, index)
    ahead = np.where(place < len(sure), sure[np.minimum(place, len(sure) - 1)] - index if len(sure) else 99, 99)
    back = np.where(place > 0, index - sure[np.maximum(place - 1, 0)] if len(sure) else 99, 99)
    return {
        "kept_before": expected[:-1] / total,
        "kept_after": 1.0 - expected[1:] / total,
        "kept_words": np.full(count, np.log1p(total)),
        "kept_blocks": np.full(count, np.log1p(len(sure))),
        "from_first_sure": np.clip(index - first, -50, 200).astype(float),
        "to_last_sure": np.clip(last - index, -50, 200).astype(float),
        "sure_ahead": np.minimum(ahead, 50).astype(float),
        "sure_back": np.minimum(back, 50).astype(float),
        "doubt": np.full(count, float((np.minimum(chance, 1 - chance) * words).sum()) / total),
    }


def _likes(chance: Array, words: Array, builds: Ints, twins: Ints) -> dict[str, Array]:
    weight = np.bincount(builds, weights=words + 1.0)
    mean = np.bincount(builds, weights=chance * (words + 1.0))
    own, own_size = chance * (words + 1.0), words + 1.0
    best = np.zeros(int(twins.max()) + 1)
    np.maximum.at(best, twins, chance)
    return {
        "build_mean": (mean[builds] - own) / np.maximum(weight[builds] - own_size, 1.0),
        "twin_best": best[twins] - chance,
    }


def _headed(chance: Array, words: Array, scope: Ints, level: Ints) -> dict[str, Array]:
    over = scope >= 0
    count = len(chance)
    heads = np.zeros(count)
    size = np.zeros(count)
    np.add.at(heads, scope[over], (chance * (words + 1.0))[over])
    np.add.at(size, scope[over], (words + 1.0)[over])
    mean = heads / np.maximum(size, 1.0)
    return {
        "headed_mean": np.where(level > 0, mean, -1.0),
        "scope_chance": np.where(over, chance[scope], -1.0),
        "scope_mean": np.where(over, mean[scope], -1.0),
    }
