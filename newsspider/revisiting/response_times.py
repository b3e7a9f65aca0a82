"""How long servers take to answer: answers counted by time, so that runs and days add up.

A median of medians would be wrong. Counts can be added, and any quantile can be read from the sum.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

MEDIAN, SLOW = 0.5, 0.95  # the shares of answers that are reported
STEPS_PER_DOUBLING = 4  # a time is known to a fifth of itself
SHORTEST_MS = 10
STEPS = 54  # the longest is 98 seconds; a crawl waits for 30
# Upper limits in milliseconds: 10, 12, 14, 17, 20, 24 and so on.
LIMITS_MS = tuple(round(SHORTEST_MS * 2 ** (step / STEPS_PER_DOUBLING)) for step in range(STEPS))


def limit_of(seconds: float) -> str:
    """Return the smallest limit in milliseconds that a time is not over, as a key of JSON objects.

    >>> limit_of(0.0), limit_of(0.3), limit_of(900.0)
    ('10', '320', '97420')
    """
    place = bisect_left(LIMITS_MS, seconds * 1000)
    return str(LIMITS_MS[min(place, STEPS - 1)])


def quantile(counts: Counter[str], share: float) -> float | None:
    """Return the seconds within which a share of the answers came; None without answers.

    They are rounded up to a limit.

    >>> counts = Counter({"100": 9, "2000": 1})
    >>> quantile(counts, 0.5), quantile(counts, 0.95)
    (0.1, 2.0)
    """
    wanted = share * counts.total()
    reached = 0
    for limit in sorted(counts, key=int):
        reached += counts[limit]
        if reached and reached >= wanted:
            return int(limit) / 1000
    return None


def add_up(counts: Iterable[Counter[str]]) -> Counter[str]:
    """Return the sum of counts."""
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return total
