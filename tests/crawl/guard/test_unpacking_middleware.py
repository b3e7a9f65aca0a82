"""Answers are unpacked, and those that were cut short are asked for again."""

import asyncio
import gzip

import pytest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import HtmlResponse, Response

from newsspider.crawl.guard.extension import Guard
from newsspider.crawl.guard.refusals import RefusedRequest
from newsspider.crawl.guard.unpacking_middleware import CUT_FLAG, UnpackingMiddleware, is_whole, why_cut
from tests.crawl.components import STORY, ask, count, make_crawler, with_spider

PAGE = b"<p>The old ferry sails again.</p>" * 50
PACKED = gzip.compress(PAGE)


def unpack(crawler: Crawler, response: Response, **meta: object) -> Request | Response:
    request = ask(meta=meta)
    middleware = UnpackingMiddleware.from_crawler(crawler)
    return asyncio.run(middleware.process_response(request, response.replace(request=request)))


def guarded(**settings: object) -> Crawler:
    return with_spider(make_crawler(Guard, **settings))


def packed(body: bytes = PACKED, *flags: str, **headers: str) -> Response:
    fields = {"Content-Encoding": "gzip", "Content-Type": "text/html", **headers}
    return Response(STORY, body=body, headers=fields, flags=list(flags))


def test_answer_is_unpacked_and_is_what_its_type_says() -> None:
    response = unpack(guarded(), packed())
    assert isinstance(response, HtmlResponse)
    assert response.body == PAGE
    assert "Content-Encoding" not in response.headers
    assert why_cut(response) is None


def test_answer_without_encodings_is_passed_on_as_it_came() -> None:
    response = HtmlResponse(STORY, body=PAGE, headers={"Content-Type": "text/html"}, request=ask())
    middleware = UnpackingMiddleware.from_crawler(guarded())
    assert asyncio.run(middleware.process_response(ask(), response)) is response


@pytest.mark.parametrize(
    "response",
    [packed(PACKED[:-9]), packed(PACKED, "dataloss"), packed(PACKED, "dataloss", **{"Content-Length": "9000"})],
    ids=["broken off", "data loss", "shorter than promised"],
)
def test_answer_that_was_cut_is_asked_for_again_and_at_last_read_as_cut(response: Response) -> None:
    crawler = guarded()
    assert isinstance(unpack(crawler, response.copy()), Request)
    last = unpack(crawler, response.copy(), retry_times=2)
    assert isinstance(last, Response)
    why = why_cut(last)
    assert why is not None
    assert why.startswith(CUT_FLAG)


def test_answer_that_we_stopped_ourselves_is_not_asked_for_again() -> None:
    response = unpack(guarded(), packed(PACKED[:-9], "download_stopped"))
    assert isinstance(response, Response)
    assert why_cut(response) is None


def test_answer_larger_than_the_limit_is_refused() -> None:
    crawler = guarded(DOWNLOAD_MAXSIZE=100)
    with pytest.raises(RefusedRequest, match="when unpacked"):
        unpack(crawler, packed())
    assert count(crawler, "refused/unpacked_size") == 1


@pytest.mark.parametrize(
    ("flags", "status", "whole"),
    [([], 200, True), (["dataloss"], 200, False), (["download_stopped"], 200, False), ([], 206, False)],
)
def test_answer_is_whole_if_all_of_it_came(flags: list[str], status: int, whole: bool) -> None:
    assert is_whole(Response(STORY, status=status, flags=flags)) is whole


def test_nothing_is_unpacked_without_the_guard() -> None:
    with pytest.raises(NotConfigured, match=r"EXTENSIONS has to name .*Guard"):
        UnpackingMiddleware.from_crawler(make_crawler())
