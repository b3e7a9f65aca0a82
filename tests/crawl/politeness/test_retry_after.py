"""A host that asks to wait is asked for nothing before that."""

import asyncio
from collections.abc import Callable

import pytest
from scrapy import Request
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.http import Response

from newsspider.crawl.guard.extension import Guard
from newsspider.crawl.politeness.downloader import AskedToWait, BoundedDownloader
from newsspider.crawl.politeness.retry_after import RetryAfterMiddleware
from tests.crawl.components import SEED, STORY, answer, ask, make_crawler, start_engine, with_spider

Do = Callable[[RetryAfterMiddleware, BoundedDownloader, Crawler], None]


def in_crawl(do: Do, **settings: object) -> None:
    """Do something in a crawl whose downloader has a slot for the site."""

    async def in_loop() -> None:
        crawler = with_spider(make_crawler(Guard, WORKERS="0", ROBOTSTXT_OBEY=False, **settings))
        downloader = BoundedDownloader(crawler)
        downloader.slots["herald.example"] = Slot(concurrency=2, delay=0.0, jitter=0)
        start_engine(crawler, downloader)
        do(RetryAfterMiddleware.from_crawler(crawler), downloader, crawler)

    asyncio.run(in_loop())


@pytest.mark.parametrize("status", [429, 503])
def test_short_wait_holds_the_site_and_the_page_is_asked_for_again(status: int) -> None:
    def hold(middleware: RetryAfterMiddleware, downloader: BoundedDownloader, _: Crawler) -> None:
        slot = downloader.slots["herald.example"]
        before, request = slot.lastseen, ask()
        again = middleware.process_response(request, answer(request, status=status, Retry_After="30"))
        assert isinstance(again, Request)
        assert again.url == STORY
        assert slot.lastseen >= before + 30
        assert slot.delay > 0
        middleware.process_request(ask(SEED))

    in_crawl(hold)


def test_long_wait_leaves_the_host_for_this_run_and_no_other() -> None:
    def leave(middleware: RetryAfterMiddleware, downloader: BoundedDownloader, _: Crawler) -> None:
        request = ask()
        response = answer(request, status=503, Retry_After="900")
        assert middleware.process_response(request, response) is response
        assert request.meta["dont_retry"] is True
        assert downloader.left == {"herald.example": "asked us to wait 900 s"}
        with pytest.raises(AskedToWait, match="asked us to wait 900 s"):
            middleware.process_request(ask(SEED))
        middleware.process_request(ask("https://other.example/"))

    in_crawl(leave)


@pytest.mark.parametrize(
    ("status", "header", "meta"),
    [(200, "30", {}), (404, "30", {}), (503, "soon", {}), (503, "", {}), (503, "30", {"dont_retry": True})],
)
def test_other_answers_pass(status: int, header: str, meta: dict[str, object]) -> None:
    def passes(middleware: RetryAfterMiddleware, _: BoundedDownloader, __: Crawler) -> None:
        request = ask(meta=meta)
        response = answer(request, status=status, Retry_After=header)
        assert middleware.process_response(request, response) is response

    in_crawl(passes)


def test_page_that_was_asked_for_often_enough_passes_as_it_is() -> None:
    def passes(middleware: RetryAfterMiddleware, _: BoundedDownloader, __: Crawler) -> None:
        request = ask(meta={"retry_times": 2})
        response: Response = answer(request, status=503, Retry_After="30")
        assert middleware.process_response(request, response) is response

    in_crawl(passes, RETRY_TIMES=2)
