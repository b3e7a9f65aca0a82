"""The news spider: what it asks for of a front page, a list, and a site that hides its front page."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from scrapy import Request
from scrapy.robotstxt import ProtegoRobotParser
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from newsspider.crawl.extraction.workers import Workers
from newsspider.crawl.request_context import context_of, role_of
from newsspider.record import ArticleRecord
from newsspider.revisiting.page_states import Role
from newsspider.spiders.news import NewsSpider
from tests.crawl.components import SEED, STORY, answer, ask, make_crawler, with_spider

FRONT = f"""<title>Herald</title><link rel="alternate" type="application/rss+xml" href="/feed.xml">
<h2><a href="{STORY}">The old ferry sails again after thirty years</a></h2>""".encode()
FEED = f"""<rss version="2.0"><channel><title>Herald</title>
<item><title>Ferry</title><link>{STORY}</link></item></channel></rss>""".encode()

BODY = "".join(
    f"<p>On day {n} the ferry left the harbour at noon with forty passengers and a dog.</p>" for n in range(9)
)


def started(**given: object) -> tuple[NewsSpider, list[Request]]:
    """Return a spider that has started, and its first requests."""
    crawler = make_crawler(NewsSpider, Workers, WORKERS="0")
    spider = NewsSpider.from_crawler(crawler, url=SEED, **given)
    with_spider(crawler, spider)
    return spider, collect(spider.start())


def collect(output: AsyncIterator[Any]) -> list[Any]:
    async def each() -> list[Any]:
        return [one async for one in output]

    return asyncio.run(each())


def asked(output: list[Any], role: str) -> list[str]:
    """Return the addresses of a role that are asked for."""
    return [each.url for each in output if isinstance(each, Request) and role_of(each) == role]


def test_crawl_begins_with_the_front_page() -> None:
    spider, requests = started()
    assert asked(requests, "seed") == [SEED]
    assert spider.allowed_domains == ["herald.example"]


def test_front_page_gives_its_record_its_stories_and_its_lists() -> None:
    spider, _ = started()
    output = collect(spider.parse(answer(ask(SEED, "seed"), FRONT)))
    assert isinstance(output[0], ArticleRecord)
    assert asked(output, "article") == [STORY]
    assert f"{SEED}feed.xml" in asked(output, "feed")


def test_page_at_the_greatest_depth_gives_its_record_alone() -> None:
    spider, _ = started(max_depth="0")
    (record,) = collect(spider.parse(answer(ask(SEED, "seed"), FRONT)))
    assert isinstance(record, ArticleRecord)


def test_sitemaps_that_robots_txt_names_are_asked_for() -> None:
    spider, _ = started()
    robots = f"Sitemap: {SEED}news.xml\nSitemap: /relative.xml\n".encode()
    spider.note_robots(ProtegoRobotParser(robots, spider), Request(f"{SEED}robots.txt"))
    sitemaps = asked(collect(spider.parse(answer(ask(SEED, "seed"), FRONT))), "sitemap")
    assert {f"{SEED}news.xml", f"{SEED}relative.xml"} <= set(sitemaps)


def test_feed_gives_requests_and_no_record() -> None:
    spider, _ = started()
    output = collect(spider.parse_list(answer(ask(f"{SEED}feed.xml", "feed"), FEED)))
    assert [each.url for each in output] == [STORY]
    context = context_of(output[0])
    assert context is not None
    assert (context.seed, context.role) == (SEED, "article")


@pytest.mark.parametrize("guessed", [False, True])
def test_list_that_can_not_be_read_is_a_failure_if_something_names_it(guessed: bool) -> None:
    spider, _ = started()
    response = answer(ask(f"{SEED}feed.xml", "feed", guessed=guessed), b"<p>Not found, sorry.</p>")
    reasons = [record.reason for record in collect(spider.parse_list(response))]
    assert [reason.startswith("unreadable feed: ") for reason in reasons] == ([] if guessed else [True])


@pytest.mark.parametrize(("status", "looks_for_lists"), [(403, True), (429, False), (503, False)])
def test_lists_of_a_site_that_hides_its_front_page_are_looked_for(status: int, looks_for_lists: bool) -> None:
    spider, _ = started()
    failure = Failure(HttpError(answer(ask(SEED, "seed"), status=status)))
    failure.request = ask(SEED, "seed")  # type: ignore[attr-defined]  # as Scrapy does
    output = collect(spider.note_failure(failure))
    assert [each.kind for each in output if isinstance(each, ArticleRecord)] == ["failed"]
    assert bool(asked(output, "feed")) is looks_for_lists


def test_what_a_link_led_to_is_learnt() -> None:
    spider, _ = started()
    shapes: list[str] = []
    spider.crawl.learned_links.learn = lambda url, kind: shapes.append(f"{url} {kind}")  # type: ignore[method-assign]
    for role in ("article", "seed"):
        collect(spider.parse(answer(ask(STORY, role), FRONT)))
    assert [shape.partition(" ")[0] for shape in shapes] == [STORY]


def test_backfill_says_what_it_chose(caplog: pytest.LogCaptureFixture) -> None:
    spider, _ = started(since="2026-03-01")
    with caplog.at_level("INFO"):
        spider.closed("finished")
    assert any(record.getMessage().startswith("herald.example: ") for record in caplog.records)


@pytest.mark.parametrize(("role", "asks_again"), [("article", False), ("section", True), ("seed", True)])
def test_article_asks_for_no_link_that_the_run_has_requested_and_lists_do(role: Role, asks_again: bool) -> None:
    spider, _ = started()
    known, new = (
        f"{SEED}2026/03/23/the-mayor-resigns-after-the-vote/",
        f"{SEED}2026/03/23/the-bridge-closes-for-a-year/",
    )
    spider.crawl.requested.add(hash(known))
    links = "".join(f'<li><a href="{url}">A headline of seven words stands here</a>' for url in (known, new))
    page = f"<title>Ferry</title><h1>The old ferry sails again</h1>{BODY}<h2>More</h2><ul>{links}</ul>"
    output = collect(spider.parse(answer(ask(STORY, role), page.encode())))
    assert output[0].is_article
    assert asked(output, "article") == ([known, new] if asks_again else [new])
