"""max_pages counts the pages that are fetched, and only those."""

import pytest
from scrapy import Request
from scrapy.exceptions import NotConfigured

from newsspider.crawl.scheduling.page_limit import PageLimitMiddleware
from newsspider.crawl.skipped_requests import OverLimit
from tests.crawl.components import SEED, STORY, ask, count, make_crawler


def test_pages_beyond_the_limit_are_dropped_and_counted_by_site() -> None:
    crawler = make_crawler(MAX_PAGES="2")
    limit = PageLimitMiddleware.from_crawler(crawler)
    for number in range(2):
        assert not limit.is_reached
        limit.process_request(ask(f"{STORY}{number}"))
    assert limit.is_reached
    with pytest.raises(OverLimit):
        limit.process_request(ask(f"{STORY}2"))
    assert limit.over == {"herald.example": 1}
    assert count(crawler, "over_max_pages") == 1


@pytest.mark.parametrize(
    "request_",
    [
        ask(meta={"redirect_times": 1}),
        ask(meta={"retry_times": 1}),
        ask(f"{SEED}feed.xml", "feed"),
        ask(f"{SEED}sitemap.xml", "sitemap"),
        Request(f"{SEED}robots.txt"),
    ],
    ids=["redirect", "repetition", "feed", "sitemap", "robots.txt"],
)
def test_what_is_not_another_page_is_not_counted(request_: Request) -> None:
    limit = PageLimitMiddleware.from_crawler(make_crawler(MAX_PAGES="1"))
    limit.process_request(request_)
    assert not limit.is_reached


def test_redirect_of_the_last_page_passes_and_a_feed_does_not() -> None:
    limit = PageLimitMiddleware.from_crawler(make_crawler(MAX_PAGES="1"))
    limit.process_request(ask())
    limit.process_request(ask(meta={"redirect_times": 1}))
    with pytest.raises(OverLimit):
        limit.process_request(ask(f"{SEED}feed.xml", "feed"))


def test_dry_run_does_not_end_at_the_limit() -> None:
    limit = PageLimitMiddleware.from_crawler(make_crawler(MAX_PAGES="1", DRY_RUN="1"))
    limit.process_request(ask())
    assert not limit.is_reached


def test_middleware_is_off_without_a_limit() -> None:
    with pytest.raises(NotConfigured):
        PageLimitMiddleware.from_crawler(make_crawler())
