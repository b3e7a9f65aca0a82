"""How long the event loop stood still."""

import pytest

from newsspider.crawl.stats.loop_lag import TICK_SECONDS, LagCounts


def test_no_tick_is_no_lag() -> None:
    lags = LagCounts()
    assert (lags.percentile(50), lags.percentile(99), lags.longest) == (0, 0, 0)


@pytest.mark.parametrize(("late", "ticks"), [(0.0, 1), (TICK_SECONDS / 2, 1), (2.5 * TICK_SECONDS, 3), (2.0, 101)])
def test_stand_still_counts_for_every_tick_that_it_held_up(late: float, ticks: int) -> None:
    lags = LagCounts()
    lags.add(late)
    for _ in range(99 * ticks):
        lags.add(0.0)
    assert lags.longest == round(1000 * late)
    assert lags.percentile(98.9) == 0
    assert lags.percentile(100) == lags.longest
