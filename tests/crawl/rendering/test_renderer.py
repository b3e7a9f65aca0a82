"""What the renderer leaves as it is, and what happens without a browser; rendering is tested with one."""

import asyncio

import pytest
from scrapy import Request
from scrapy.http import Response

from newsspider.crawl.guard.extension import Guard
from newsspider.crawl.rendering.renderer import Renderer
from newsspider.crawl.skipped_requests import SkippedRequest
from newsspider.errors import UsageError
from tests.crawl.components import answer, ask, make_crawler, start_engine

HTML = {"Content_Type": "text/html; charset=utf-8"}


async def never(request: Request) -> Response:
    """Fetch nothing: no page has scripts here."""
    raise AssertionError(request.url)


def render(renderer: Renderer, response: Response) -> Response:
    assert response.request is not None
    return asyncio.run(renderer.render(response.request, response, never))


@pytest.mark.parametrize(
    "response",
    [
        answer(ask(), status=404, **HTML),  # type: ignore[arg-type]  # headers are text
        answer(ask(), Content_Type="application/pdf"),
        answer(ask()),
        answer(ask(), Content_Type="text/html").replace(flags=["dataloss"]),
        answer(ask(), b"not gzip", Content_Type="text/html", Content_Encoding="gzip"),
    ],
    ids=["an error", "another type", "no type", "cut short", "not to be unpacked"],
)
def test_what_is_no_whole_page_comes_back_as_it_is(response: Response) -> None:
    assert render(Renderer.from_crawler(make_crawler(Guard)), response) is response


@pytest.mark.processes  # playwright's own driver
def test_crawl_ends_where_there_is_no_browser() -> None:
    crawler = make_crawler(Guard, BROWSER="/nowhere/chromium")
    engine = start_engine(crawler)
    with pytest.raises(SkippedRequest):
        render(Renderer.from_crawler(crawler), answer(ask(), b"<p>Ferry", Content_Type="text/html"))
    assert engine.reasons == ["wrong_usage"]


def test_wrong_limit_is_refused() -> None:
    with pytest.raises(UsageError, match="NEWSSPIDER_RENDER_PAGES"):
        Renderer.from_crawler(make_crawler(RENDER_PAGES="0"))


def test_browser_that_was_never_started_is_not_closed() -> None:
    asyncio.run(Renderer.from_crawler(make_crawler()).spider_closed())
