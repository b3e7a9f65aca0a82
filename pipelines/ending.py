"""The end of a crawl whose records can't be stored: reported once, with an exit code."""

import logging
from typing import Any

from newsspider.errors import NewsspiderError

logger = logging.getLogger(__name__)

UNUSABLE_STORE_STAT = "newsspider/store/unusable"  # why records can't be stored


def end_unkept(crawler: Any, error: NewsspiderError) -> None:
    """End a Scrapy crawler's crawl; pages that were fetched are finished."""
    from scrapy.utils.defer import deferred_from_coro

    logger.critical("%s", error)

    if crawler.stats:
        crawler.stats.set_value(UNUSABLE_STORE_STAT, str(error))

    if crawler.engine.running:
        deferred_from_coro(crawler.engine.close_spider_async(reason="store_unusable"))
