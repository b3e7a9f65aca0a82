"""Scrapy components by themselves: a crawler with newsspider's settings, and the extensions that a test names."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any, cast

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Headers, HtmlResponse, Response
from scrapy.utils.test import get_crawler

from newsspider import settings as ours
from newsspider.crawl.politeness.downloader import BoundedDownloader
from newsspider.crawl.request_context import META_KEY, RequestContext

SEED = "https://herald.example/"
STORY = "https://herald.example/2026/03/24/ferry-sails-again/"
SETTINGS = {name: getattr(ours, name) for name in dir(ours) if name.isupper()}
NAMED = {"WARC": None, "DATABASE": "unused.db"}  # not the environment's, whatever machine runs the tests


def make_crawler(*parts: type, **settings: object) -> Crawler:
    """Return a crawler that has not started.

    Args:
        parts: its extensions, and the class of its spider where that matters.
        settings: without NEWSSPIDER_ in their names, where that is how newsspider's begin.
    """
    spidercls = next((part for part in parts if issubclass(part, Spider)), Spider)
    extensions = [part for part in parts if part is not spidercls]
    chosen = {_full_name(name): value for name, value in {**NAMED, **settings}.items()}
    places = {extension: place for place, extension in enumerate(extensions)}
    return get_crawler(spidercls, {**SETTINGS, **chosen, "EXTENSIONS": places})


def with_spider(crawler: Crawler, spider: Spider | None = None) -> Crawler:
    """Give a crawler its spider, as it has one once it runs."""
    crawler.spider = spider or crawler.spidercls.from_crawler(crawler, "herald")
    return crawler


class Engine:
    """The part of Scrapy's engine that components ask: the downloader, and the end.

    Attributes:
        reasons: for which the crawl was ended.
    """

    def __init__(self, downloader: BoundedDownloader | None, *, running: bool) -> None:
        """Have not been ended."""
        self.downloader = downloader
        self.running = running
        self.reasons: list[str] = []

    async def close_spider_async(self, *, reason: str) -> None:
        """Note that somebody ends the crawl."""
        self.reasons.append(reason)


def start_engine(crawler: Crawler, downloader: BoundedDownloader | None = None, *, running: bool = True) -> Engine:
    """Give a crawler an engine."""
    engine = Engine(downloader, running=running)
    crawler.engine = cast("Any", engine)
    return engine


def count(crawler: Crawler, name: str) -> object:
    """Return a stat of ours, 0 where it was never counted."""
    assert crawler.stats is not None
    return crawler.stats.get_value(f"newsspider/{name}", 0)


def ask(url: str = STORY, role: Any = "article", meta: Mapping[str, object] | None = None, **known: Any) -> Request:
    """Return a request of which something is known."""
    context = RequestContext(**{"seed": SEED, "role": role, **known})
    return Request(url, meta={**(meta or {}), META_KEY: context})


def answer(request: Request, body: bytes = b"", status: int = 200, **headers: str) -> Response:
    """Return the answer to a request."""
    fields = Headers({name.replace("_", "-"): value for name, value in headers.items()})
    return HtmlResponse(request.url, status=status, headers=fields, body=body, request=request, encoding="utf-8")


def lead_through(middleware: Any, response: Response, results: Iterable[object]) -> list[object]:
    """Return what a spider middleware lets through of a page's output."""

    async def each() -> AsyncIterator[object]:
        for result in results:
            yield result

    async def collect() -> list[object]:
        return [result async for result in middleware.process_spider_output(response, each())]

    return asyncio.run(collect())


def _full_name(name: str) -> str:
    return f"NEWSSPIDER_{name}" if f"NEWSSPIDER_{name}" in SETTINGS else name
