"""The end of a crawl that can't go on: said by whoever finds out, and the exit code follows."""

from typing import Literal

from pipelines.ending import UNUSABLE_STORE_STAT
from scrapy.crawler import Crawler
from scrapy.utils.defer import deferred_from_coro

from newsspider.crawl.ending.outcome import WRONG_USAGE_STAT
from newsspider.crawl.turns import TURN_LOST_STAT

Reason = Literal["store_unusable", "wrong_usage", "turn_lost"]
WHY_STATS: dict[Reason, str] = {
    "store_unusable": UNUSABLE_STORE_STAT,
    "wrong_usage": WRONG_USAGE_STAT,
    "turn_lost": TURN_LOST_STAT,
}


def end_crawl(crawler: Crawler, reason: Reason, why: str) -> None:
    """End a crawl; what was fetched is finished, and its exit code and last lines say why."""
    if crawler.stats:
        crawler.stats.set_value(WHY_STATS[reason], why)
    if crawler.engine and crawler.engine.running:
        deferred_from_coro(crawler.engine.close_spider_async(reason=reason))
