"""Ending a crawl that can't continue; its exit code follows from the reason."""

from typing import Literal

from scrapy.crawler import Crawler
from scrapy.utils.defer import deferred_from_coro

from newsspider.crawl.ending.outcome import WRONG_USAGE_STAT
from newsspider.crawl.turns import TURN_LOST_STAT
from pipelines.ending import UNUSABLE_STORE_STAT

Reason = Literal["store_unusable", "wrong_usage", "turn_lost"]
WHY_STATS: dict[Reason, str] = {
    "store_unusable": UNUSABLE_STORE_STAT,
    "wrong_usage": WRONG_USAGE_STAT,
    "turn_lost": TURN_LOST_STAT,
}


def end_crawl(crawler: Crawler, reason: Reason, why: str) -> None:
    """End a crawl.

    Fetched pages are finished; the exit code and the last lines say why it ended.
    """
    if crawler.stats:
        crawler.stats.set_value(WHY_STATS[reason], why)
    if crawler.engine and crawler.engine.running:
        deferred_from_coro(crawler.engine.close_spider_async(reason=reason))
