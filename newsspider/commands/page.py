"""`scrapy page URL`: one page fetched as a crawl fetches it, robots.txt included, as JSON on standard output."""

import argparse
import json
import sys
from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.http import Response
from twisted.python.failure import Failure

from newsspider.errors import ExitCode
from newsspider.urls import is_web_url


class PageSpider(Spider):
    """Asks for one address and keeps what came."""

    name = "page"

    def __init__(self, url: str, answer: dict[str, Any]) -> None:
        """Fetch this address and fill the answer: url, status, headers and body (hexadecimal), or problem."""
        super().__init__()
        self._url = url
        self._answer = answer

    async def start(self) -> AsyncIterator[Request]:
        """Yield the one request."""
        # What an error page says is worth seeing too; the user named the address, as a crawl's seed is named.
        meta = {"handle_httpstatus_all": True, "seed": self._url}
        yield Request(self._url, callback=self.parse, errback=self.note_failure, meta=meta)

    def parse(self, response: Response) -> None:
        """Keep the response."""
        headers = {name.decode("latin-1"): values[-1].decode("latin-1") for name, values in response.headers.items()}
        self._answer.update(url=response.url, status=response.status, headers=headers, body=response.body.hex())

    def note_failure(self, failure: Failure) -> None:
        """Keep the reason why nothing came."""
        self._answer.update(problem=failure.getErrorMessage())


class Command(ScrapyCommand):
    """Fetch one page; `newsspider why URL` reads it."""

    requires_project = False
    default_settings = {"LOG_LEVEL": "CRITICAL", "ITEM_PIPELINES": {}, "RETRY_TIMES": 1}  # noqa: RUF012  # Scrapy's form

    def syntax(self) -> str:
        """Return the arguments, for the help."""
        return "<url>"

    def short_desc(self) -> str:
        """Return the command in one line, for the help."""
        return "Fetch one page as a crawl does and print it as JSON"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Fetch the page and print the answer."""
        if len(args) != 1 or not is_web_url(args[0]):
            raise UsageError("give one address: scrapy page https://…", print_help=False)
        assert self.crawler_process is not None  # Scrapy sets it before it runs a command
        answer: dict[str, Any] = {}
        self.crawler_process.crawl(PageSpider, url=args[0], answer=answer)
        self.crawler_process.start()
        sys.stdout.write(json.dumps(answer))
        self.exitcode = ExitCode.FINE if "body" in answer else ExitCode.SOURCE_DARK
