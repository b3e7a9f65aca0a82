"""The renderer of a crawl: one browser for a few pages at a time, started when a page needs it."""

import asyncio
import logging
from importlib import import_module
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import HtmlResponse, Response

from newsspider.crawl.ending.early_end import end_crawl
from newsspider.crawl.guard.extension import Guard
from newsspider.crawl.guard.unpacker import Unpacker
from newsspider.crawl.guard.unpacking_middleware import is_whole
from newsspider.crawl.rendering.render_limits import MIB, browser_path, read_render_limits
from newsspider.crawl.rendering.script_requests import (
    Download,
    Fetching,
    Scripts,
    headers_for_browser,
)
from newsspider.crawl.skipped_requests import SkippedRequest
from newsspider.errors import RenderError, UsageError
from newsspider.rendering.exchange import Document, Rendered

logger = logging.getLogger(__name__)

RENDERED_FLAG = "rendered"  # of a response: its body is the rendered page
TRIES = 2  # if the browser dies: another page may have crashed it
HTML_TYPES = frozenset({b"text/html", b"application/xhtml+xml"})
OF_THE_TRANSFER = ("Content-Encoding", "Content-Length", "Transfer-Encoding")
VALIDATORS = ("ETag", "Last-Modified")
# Headers that would make the browser save a file, fetch another URL or connect early.
NOT_FOR_THE_BROWSER = frozenset(
    {"content-disposition", "refresh", "link", "alt-svc", "report-to", "nel"}
)
STAT = "newsspider/render/{}"


class Renderer:
    """Scrapy extension: renders fetched pages, and closes the browser at the end of the crawl."""

    def __init__(self, crawler: Crawler) -> None:
        """Read the limits; start nothing.

        Raises:
            UsageError: a setting has an invalid value.
        """
        self._crawler = crawler
        self._limits = read_render_limits(crawler.settings)
        self._room = asyncio.Semaphore(self._limits.pages)
        self._scripts = Scripts()
        self._chromium: Any = None
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it for a crawl."""
        return cls(crawler)

    async def render(self, request: Request, response: Response, download: Download) -> Response:
        """Return a page after its scripts have run.

        A response that is not a complete HTML page unchanged.

        Args:
            request: the request for the page.
            response: the page as received.
            download: the download handler of the crawl, which also serves the page's scripts.

        Raises:
            RenderError: the browser could not render it.
            RefusedRequest: the page is too large, before or after rendering.
            SkippedRequest: no browser can be started; the crawl ends.
        """
        if not _is_page(response):
            return response

        guard = Guard.of(self._crawler)
        unpacker = Unpacker.of(self._crawler)
        unpacked = await unpacker.unpack(request, response, self._limits.max_bytes)
        if unpacked.problem:
            return response  # it is incomplete: it is requested again, or read as it is

        fetching = Fetching(
            request,
            download,
            policy=guard.policy,
            refusals=guard.refusals,
            unpacker=unpacker,
            limits=self._limits,
            scripts=self._scripts,
            stats=self._crawler.stats,
        )
        async with self._room:
            rendered = await self._visit(request, response, unpacked.body, fetching)

        self._count("pages")
        if rendered.led_to:
            self._count("redirects")
            headers = {"Location": rendered.led_to}
            return Response(
                response.url, status=302, headers=headers, request=request, flags=[RENDERED_FLAG]
            )

        if rendered.html is None:
            text = (
                f"larger than {self._limits.max_bytes / MIB:g} MiB when rendered (DOWNLOAD_MAXSIZE)"
            )
            raise guard.refusals.refuse("rendered_size", text)

        if not rendered.settled:
            self._count("unsettled")

        return self._as_response(response, rendered.html, brought_data=fetching.brought_data)

    async def _visit(
        self, request: Request, response: Response, body: bytes, fetching: Fetching
    ) -> Rendered:
        """Return the page rendered by the browser; try again if the browser dies.

        Raises:
            RenderError: the browser could not render it.
            SkippedRequest: no browser can be started.
        """
        # Imported here, since they need playwright, an extra.
        browser = import_module("newsspider.rendering.chromium")
        render_page = import_module("newsspider.rendering.render_page").render_page
        if self._chromium is None:
            settings = self._crawler.settings
            sandbox = settings.getbool("NEWSSPIDER_BROWSER_SANDBOX")
            self._chromium = browser.Chromium(browser_path(settings), sandbox=sandbox)

        agent = (request.headers.get("User-Agent") or b"").decode("latin-1")
        document = Document(response.url, _document_headers(response), body, agent)
        why = ""

        for _ in range(TRIES):
            try:
                limits = self._limits
                rendered: Rendered = await render_page(
                    self._chromium, document, fetching.fetch, limits.kinds, limits
                )
                return rendered
            except browser.BrowserLost as error:
                why = str(error)
                self._count("browsers_lost")
            except UsageError as error:
                if self._chromium.starts:  # it has worked before, so the next page tries again
                    raise RenderError(f"not rendered: {error}") from error
                self._give_up(str(error))
                raise SkippedRequest(str(error)) from error
            except RenderError:
                self._count("failed")
                raise

        self._count("failed")
        raise RenderError(f"not rendered: the browser broke down ({why})")

    def _as_response(self, response: Response, html: str, *, brought_data: bool) -> Response:
        """Return the rendered page under the status and headers of the document.

        A page whose scripts fetched data can change while its document doesn't. Without ETag and
        Last-Modified, the next visit fetches it whole.
        """
        headers = response.headers.copy()
        for name in (*OF_THE_TRANSFER, *(VALIDATORS if brought_data else ())):
            headers.pop(name, None)

        headers["Content-Type"] = "text/html; charset=utf-8"

        return HtmlResponse(
            response.url,
            status=response.status,
            headers=headers,
            body=html.encode("utf-8", "replace"),  # a script can leave half a character
            flags=[*response.flags, RENDERED_FLAG],
            request=response.request,
            ip_address=response.ip_address,
            protocol=response.protocol,
            encoding="utf-8",
        )

    async def spider_closed(self) -> None:
        """Close the browser."""
        if self._chromium:
            await self._chromium.close()

    def _give_up(self, why: str) -> None:
        """End the crawl with the exit code of wrong usage."""
        logger.error("%s", why)
        end_crawl(self._crawler, "wrong_usage", why)

    def _count(self, name: str) -> None:
        if self._crawler.stats:
            self._crawler.stats.inc_value(STAT.format(name))


def _is_page(response: Response) -> bool:
    """Whether a response is a complete HTML page."""
    kind = (response.headers.get("Content-Type") or b"").partition(b";")[0].strip().lower()
    return response.status == 200 and kind in HTML_TYPES and is_whole(response)


def _document_headers(response: Response) -> dict[str, str]:
    """Return a document's headers as the browser is given them."""
    return {
        name: value
        for name, value in headers_for_browser(response).items()
        if name not in NOT_FOR_THE_BROWSER
    }
