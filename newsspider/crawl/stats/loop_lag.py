"""How long the event loop was blocked, measured by ticks that come late."""

from collections import Counter
from time import monotonic
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector
from scrapy.utils.asyncio import AsyncioLoopingCall, create_looping_call
from twisted.internet.task import LoopingCall

TICK_SECONDS = 0.02  # between ticks; shorter delays don't matter


class LagCounts:
    """A count of delays by whole milliseconds.

    >>> lags = LagCounts()
    >>> for late in (0.0, 0.0, 0.0, 0.001, 0.050):  # ticks were missing at 0.010 and 0.030
    ...     lags.add(late)
    >>> lags.percentile(50), lags.percentile(99), lags.longest
    (1, 50, 50)
    """

    def __init__(self) -> None:
        """Start with no delays."""
        self._counts: Counter[int] = Counter()

    def add(self, late: float) -> None:
        """Count a tick that came this many seconds late, and the ticks that it replaced."""
        while late >= 0:
            self._counts[round(1000 * late)] += 1
            late -= TICK_SECONDS

    @property
    def longest(self) -> int:
        """The longest delay in milliseconds; 0 = none."""
        return max(self._counts, default=0)

    def percentile(self, percent: float) -> int:
        """Return the delay in milliseconds that this percentage of ticks did not exceed."""
        wanted = self._counts.total() * percent / 100
        for lag in sorted(self._counts):
            wanted -= self._counts[lag]
            if wanted <= 0:
                return lag
        return 0


class LoopLag:
    """Scrapy extension: stats `newsspider/loop_lag_ms/p50`, `p99` and `max`."""

    def __init__(self, crawler: Crawler, stats: StatsCollector) -> None:
        """Tick while the spider is open."""
        self._stats = stats
        self._lags = LagCounts()
        self._due = 0.0
        self._ticks: AsyncioLoopingCall | LoopingCall | None = None
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it with the crawler's stats."""
        assert crawler.stats is not None  # set before components are built
        return cls(crawler, crawler.stats)

    def spider_opened(self) -> None:
        """Start ticking."""
        self._due = monotonic() + TICK_SECONDS
        self._ticks = create_looping_call(self._tick)
        self._ticks.start(TICK_SECONDS, now=False)

    def spider_closed(self) -> None:
        """Write the stats."""
        if self._ticks and self._ticks.running:
            self._ticks.stop()
        for name, lag in (("p50", self._lags.percentile(50)), ("p99", self._lags.percentile(99))):
            self._stats.set_value(f"newsspider/loop_lag_ms/{name}", lag)
        self._stats.set_value("newsspider/loop_lag_ms/max", self._lags.longest)

    def _tick(self) -> None:
        """Count how late this tick is.

        The looping call skips the ticks that a late one has passed.
        """
        late = monotonic() - self._due
        if late >= 0:  # asyncio can wake a moment early, and then again
            self._lags.add(late)
            self._due += TICK_SECONDS * (1 + late // TICK_SECONDS)
