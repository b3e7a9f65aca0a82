"""Spiders for single sites: what they ask for, and the record that every page ends in."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import CloseSpider, DownloadTimeoutError, IgnoreRequest
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from newsspider.crawl.guard.refusals import RefusedRequest
from newsspider.crawl.request_context import context_of
from newsspider.crawl.skipped_requests import NotModified
from newsspider.errors import RenderError
from newsspider.record import ArticleRecord
from newsspider.spiders.article import ArticleSpider
from tests.crawl.components import SEED, STORY, answer, ask, make_crawler

WALL = b"<title>Just a moment...</title><body>Checking your browser before accessing herald.example</body>"


class HeraldSpider(ArticleSpider):
    """A spider of a site."""

    name = "herald"
    start_urls = (SEED,)  # type: ignore[assignment]  # Scrapy takes any sequence
    section = "news"


def spider(**given: object) -> HeraldSpider:
    return HeraldSpider.from_crawler(make_crawler(HeraldSpider), **given)


def collect(output: AsyncIterator[Any]) -> list[Any]:
    async def each() -> list[Any]:
        return [one async for one in output]

    return asyncio.run(each())


def fail(error: Exception, request: Request) -> list[ArticleRecord]:
    """Return what a spider makes of a request that failed."""
    failure = Failure(error)
    failure.request = request  # type: ignore[attr-defined]  # as Scrapy does
    return collect(spider().note_failure(failure))


def test_start_asks_for_the_seeds_and_stays_on_their_sites() -> None:
    herald = spider()
    (request,) = collect(herald.start())
    context = context_of(request)
    assert context is not None
    assert (request.url, context.seed, context.role) == (SEED, SEED, "seed")
    assert herald.allowed_domains == ["herald.example"]


def test_arguments_of_its_own_are_its_attributes_and_others_are_checked() -> None:
    assert spider(section="sport").section == "sport"
    with pytest.raises(CloseSpider):
        collect(spider(sektion="sport").start())


@pytest.mark.parametrize(("depth", "too_deep"), [(1, False), (2, True), (3, True)])
def test_what_lies_beyond_max_depth_is_marked(depth: int, too_deep: bool) -> None:
    response = answer(ask(f"{SEED}sport/", "section", {"depth": depth}, empty_in_row=2))
    context = context_of(spider(max_depth="2").follow(response, "/2026/ferry/"))
    assert context is not None
    assert (context.seed, context.role, context.empty_in_row, context.is_too_deep) == (SEED, "article", 2, too_deep)


def test_other_parts_of_an_article_are_asked_for() -> None:
    record = ArticleRecord(url=STORY, pages=(STORY, f"{STORY}?page=2"))
    assert [request.url for request in spider().iter_parts(answer(ask()), record)] == [f"{STORY}?page=2"]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (DownloadTimeoutError("30 s"), "no answer in time: 30 s"),
        (RefusedRequest("port 25 of herald.example"), "port 25 of herald.example"),
        (RenderError("not rendered: the browser broke down"), "not rendered: the browser broke down"),
        (HttpError(answer(ask(), status=404)), "HTTP 404"),
    ],
    ids=lambda each: type(each).__name__,
)
def test_page_that_could_not_be_fetched_makes_a_failed_record_with_the_reason(error: Exception, reason: str) -> None:
    (record,) = fail(error, ask())
    assert (record.kind, record.reason, record.url, record.source) == ("failed", reason, STORY, SEED)


@pytest.mark.parametrize(
    ("error", "request_"),
    [
        (NotModified(""), ask(SEED, "seed")),
        (IgnoreRequest("robots.txt"), ask()),
        (HttpError(answer(ask(), status=404)), ask(f"{SEED}feed/", "feed", guessed=True)),
    ],
    ids=["unneeded", "a link that may not be followed", "a list that nothing names"],
)
def test_what_nobody_misses_makes_no_record(error: Exception, request_: Request) -> None:
    assert fail(error, request_) == []


@pytest.mark.parametrize("request_", [ask(SEED), ask("https://other.example/", meta={"redirect_urls": [SEED]})])
def test_seed_that_may_not_be_fetched_makes_a_record(request_: Request) -> None:
    (record,) = fail(IgnoreRequest("forbidden by robots.txt"), request_)
    assert (record.kind, record.reason, record.url) == ("failed", "forbidden by robots.txt", SEED)


def test_error_page_that_is_a_wall_against_robots_is_one() -> None:
    (record,) = fail(HttpError(answer(ask(), WALL, status=403)), ask())
    assert record.kind == "bot_wall"
