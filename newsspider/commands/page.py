"""`scrapy page URL…`: fetches pages as a crawl does it, robots.txt included.

It prints one line of JSON per page.
"""

import argparse
import json
import sys
from collections.abc import AsyncIterator, Callable
from typing import Any

from scrapy import Request, Spider
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from newsspider.crawl.extraction.responses import seed_of
from newsspider.crawl.guard.unpacking_middleware import why_cut
from newsspider.crawl.request_context import META_KEY, RequestContext
from newsspider.errors import ExitCode
from newsspider.urls import is_web_url


class PageSpider(Spider):
    """Requests addresses and passes on each answer."""

    name = "page"

    def __init__(self, urls: list[str], take: Callable[[dict[str, Any]], None]) -> None:
        """Fetch these addresses.

        Args:
            urls: the addresses.
            take: gets each answer: asked, url, status, headers, body (hexadecimal) and cut; or
                asked and problem.
        """
        super().__init__()
        self._urls = urls
        self._take = take

    async def start(self) -> AsyncIterator[Request]:
        """Yield the requests."""
        for url in self._urls:
            # The user named it, as a crawl's seed is named
            meta = {META_KEY: RequestContext(seed=url)}
            yield Request(
                url, callback=self.parse, errback=self.note_failure, meta=meta, dont_filter=True
            )

    def parse(self, response: Response) -> None:
        """Pass on a response."""
        headers = {
            name.decode("latin-1"): values[-1].decode("latin-1")
            for name, values in response.headers.items()
        }
        self._take(
            {
                "asked": seed_of(response),
                "url": response.url,
                "status": response.status,
                "headers": headers,
                "body": response.body.hex(),
                "cut": why_cut(response),
            }
        )

    def note_failure(self, failure: Failure) -> None:
        """Pass on the reason for a failure; the content of an error page is passed on too."""
        if isinstance(failure.value, HttpError):
            self.parse(failure.value.response)
            return
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it on every errback's failure
        self._take({"asked": seed_of(request), "problem": failure.getErrorMessage()})


class Command(ScrapyCommand):
    """Fetch pages; `extract`, `why` and `probe` of newsspider read the answers."""

    requires_project = False
    default_settings = {"LOG_LEVEL": "CRITICAL", "ITEM_PIPELINES": {}, "RETRY_TIMES": 1}  # noqa: RUF012  # Scrapy's form

    def syntax(self) -> str:
        """Return the arguments, for the help."""
        return "<url> …"

    def short_desc(self) -> str:
        """Return the command in one line, for the help."""
        return "Fetch pages as a crawl does and print a line of JSON for each"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Fetch the pages and print each answer as it arrives."""
        if not args or not all(map(is_web_url, args)):
            raise UsageError("give addresses: scrapy page https://…", print_help=False)

        assert self.crawler_process is not None  # Scrapy sets it before it runs a command
        fetched: set[str] = set()

        def take(answer: dict[str, Any]) -> None:
            sys.stdout.write(json.dumps(answer) + "\n")
            sys.stdout.flush()
            if "body" in answer:
                fetched.add(answer["asked"])

        self.crawler_process.crawl(PageSpider, urls=args, take=take)
        self.crawler_process.start()
        self.exitcode = ExitCode.FINE if fetched.issuperset(args) else ExitCode.SOURCE_DARK
