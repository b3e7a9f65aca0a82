"""Redirects in the page: which pages are searched for one."""

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from newsspider.crawl.guard.extension import Guard
from newsspider.crawl.guard.redirects import HEAD_BYTES, CountedRefreshes
from tests.crawl.components import STORY, ask, make_crawler, with_spider

REFRESH = '<html><head><meta http-equiv="{}" content="0;url=/moved">'
PADDING = "<!-- {} -->".format("ferry " * HEAD_BYTES)


@pytest.mark.parametrize(
    ("page", "encoding"),
    [
        (REFRESH.format("refresh"), "utf-8"),
        (REFRESH.format("REFRESH"), "windows-1252"),
        (REFRESH.format("Refresh") + PADDING, "utf-8"),
        (REFRESH.format("refresh"), "utf-16-le"),
        (REFRESH.format("refresh"), "utf-32-le"),
    ],
    ids=["plain", "upper case", "long page", "two bytes a character", "four bytes"],
)
def test_refresh_is_found_in_any_case_and_encoding(page: str, encoding: str) -> None:
    answer = refreshed(page.encode(encoding), encoding)
    assert isinstance(answer, Request)
    assert answer.url == "https://herald.example/moved"


@pytest.mark.parametrize("page", ["<html><title>Ferry</title>", PADDING + REFRESH.format("refresh")])
def test_page_without_refresh_in_its_head_is_passed_on(page: str) -> None:
    assert isinstance(refreshed(page.encode()), HtmlResponse)


def refreshed(body: bytes, encoding: str = "utf-8") -> Request | object:
    """Return the middleware's answer to a page."""
    crawler = with_spider(make_crawler(Guard))
    response = HtmlResponse(STORY, body=body, encoding=encoding)
    return CountedRefreshes.from_crawler(crawler).process_response(ask(), response)
