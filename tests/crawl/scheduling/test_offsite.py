"""A request that leaves the crawl's sites is refused where the spider hears of it."""

import pytest
from scrapy import Request, Spider
from scrapy.exceptions import IgnoreRequest

from newsspider.crawl.scheduling.offsite import ReportingOffsiteMiddleware
from tests.crawl.components import STORY, make_crawler, with_spider


class HeraldSpider(Spider):
    """A spider of one site."""

    allowed_domains = ("herald.example",)


def test_it_is_refused_by_the_downloader_and_not_dropped_by_the_scheduler() -> None:
    crawler = with_spider(make_crawler(HeraldSpider))
    assert crawler.spider is not None
    middleware = ReportingOffsiteMiddleware.from_crawler(crawler)
    middleware.spider_opened(crawler.spider)
    elsewhere = Request("https://other.example/")
    middleware.request_scheduled(elsewhere, crawler.spider)
    with pytest.raises(IgnoreRequest):
        middleware.process_request(elsewhere)
    middleware.process_request(Request(STORY))
