"""A crawl that can't go on ends, and says why."""

import asyncio

import pytest
from scrapy.crawler import Crawler

from newsspider.crawl.ending.early_end import Reason, end_crawl
from newsspider.crawl.ending.outcome import exit_code_of
from newsspider.errors import ExitCode
from tests.crawl.components import make_crawler, start_engine


def end(crawler: Crawler, reason: Reason) -> None:
    """End a crawl, in an event loop."""

    async def in_loop() -> None:
        end_crawl(crawler, reason, "news.db: disk full")
        await asyncio.sleep(0)

    asyncio.run(in_loop())


@pytest.mark.parametrize(
    ("reason", "code"), [("store_unusable", ExitCode.STORE_UNUSABLE), ("wrong_usage", ExitCode.WRONG_USAGE)]
)
def test_reason_ends_the_crawl_and_decides_its_exit_code(reason: Reason, code: ExitCode) -> None:
    crawler = make_crawler()
    engine = start_engine(crawler)
    end(crawler, reason)
    assert engine.reasons == [reason]
    assert crawler.stats is not None
    stats = crawler.stats.get_stats()
    assert "news.db: disk full" in stats.values()
    assert exit_code_of({**stats, "finish_reason": reason}) == code


def test_crawl_that_has_ended_is_not_ended_again() -> None:
    crawler = make_crawler()
    engine = start_engine(crawler, running=False)
    end(crawler, "store_unusable")
    assert engine.reasons == []
    assert crawler.stats is not None
    assert "news.db: disk full" in crawler.stats.get_stats().values()
