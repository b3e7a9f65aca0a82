"""One page in the browser: opened, left to settle, read."""

import asyncio
from contextlib import suppress
from urllib.parse import urldefrag

from playwright.async_api import Error, Page, Route

from newsspider.errors import RenderError
from newsspider.rendering.chromium import BrowserLost, Chromium, first_line
from newsspider.rendering.exchange import Asked, Document, Fetch, Patience, Rendered
from newsspider.urls import site_of

QUIET_SECONDS = 0.5  # without a request under way; playwright's "networkidle" waits as long
POLL_SECONDS = 0.1
COUNT_ELEMENTS = "document.getElementsByTagName('*').length"
# In the page's own world, so that it may lie about itself; it could do that in its text, too.
SERIALISE = """limit => {
  const root = document.documentElement;
  const html = root ? "<!DOCTYPE html>\\n" + root.outerHTML : "";
  return html.length > limit ? null : html;
}"""


class Answers:
    """Answers whatever a page's browser asks for: the document is there, some of the rest the crawl fetches.

    Attributes:
        led_to: another page of the site that the page has gone on to.
    """

    def __init__(self, document: Document, fetch: Fetch, kinds: frozenset[str]) -> None:
        """Answer for one page.

        Args:
            document: the page.
            fetch: for its scripts.
            kinds: the kinds of requests that are answered, in the browser's words.
        """
        self.led_to: str | None = None
        self._document = document
        self._fetch = fetch
        self._kinds = kinds
        self._is_given = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._quiet_since = asyncio.get_running_loop().time()

    @property
    def quiet_seconds(self) -> float:
        """For how long nothing has been under way."""
        return 0.0 if self._tasks else asyncio.get_running_loop().time() - self._quiet_since

    async def answer(self, route: Route) -> None:
        """Answer one request. It raises nothing: playwright would raise it again in another call, of another page."""
        task = asyncio.ensure_future(self._answer(route))
        self._tasks.add(task)
        await asyncio.wait({task})
        self._tasks.discard(task)
        self._quiet_since = asyncio.get_running_loop().time()
        # Refused, not to be had, too late: the page does without, as it would behind a filter.
        if task.cancelled() or task.exception():
            with suppress(Error):
                await route.abort("blockedbyclient")

    def stop(self) -> None:
        """Fetch nothing more."""
        for task in self._tasks:
            task.cancel()

    async def _answer(self, route: Route) -> None:
        request = route.request
        if request.is_navigation_request():
            await self._navigate(route)
        elif request.resource_type in self._kinds:
            asked = Asked(
                request.resource_type,
                request.method,
                request.url,
                request.headers,
                request.post_data_buffer,
            )
            answer = await self._fetch(asked)
            await route.fulfill(status=answer.status, headers=answer.headers, body=answer.body)
        elif (
            request.resource_type == "stylesheet"
        ):  # loaders of scripts wait for the styles that belong to them
            await route.fulfill(status=200, content_type="text/css", body="")
        else:
            await route.abort("blockedbyclient")

    async def _navigate(self, route: Route) -> None:
        """Give the document, once; frames are left empty, and where the page goes on to is for the crawl to follow."""
        request = route.request
        if request.frame.parent_frame is None and not self._is_given:
            self._is_given = True
            await route.fulfill(
                status=200, headers=dict(self._document.headers), body=self._document.body
            )
            return

        if request.frame.parent_frame is None and self._is_elsewhere(request.url):
            self.led_to = self.led_to or request.url

        await route.abort("aborted")  # so the page stays as it is

    def _is_elsewhere(self, url: str) -> bool:
        """Whether an address is another page of the same site."""
        own = self._document.url
        return site_of(url) == site_of(own) and urldefrag(url).url != urldefrag(own).url


async def render_page(
    chromium: Chromium, document: Document, fetch: Fetch, kinds: frozenset[str], patience: Patience
) -> Rendered:
    """Return a page as it is after its scripts have run.

    Args:
        chromium: the browser; it need not be running.
        document: the page as it was fetched.
        fetch: answers the requests of its scripts.
        kinds: the kinds of requests that are answered.
        patience: how long, and how much.

    Raises:
        RenderError: it can't be had of this page.
        BrowserLost: the browser went away; another may do.
        UsageError: no browser can be started.
    """
    context = await chromium.open_context(document.user_agent)
    answers = Answers(document, fetch, kinds)
    try:
        async with asyncio.timeout(patience.deadline):
            page = await context.new_page()
            await page.route("**/*", answers.answer)
            await page.goto(document.url, wait_until="commit", timeout=0)
            settled = await _settle(page, answers, patience.wait)
            html = None if answers.led_to else await page.evaluate(SERIALISE, patience.max_bytes)
    except TimeoutError:
        why = f"the browser did not finish the page in {patience.deadline:g} s (NEWSSPIDER_RENDER_DEADLINE)"
        raise RenderError(f"not rendered: {why}") from None
    except Error as error:
        if await chromium.is_lost(context):
            raise BrowserLost(first_line(error)) from error
        raise RenderError(f"not rendered: {first_line(error)}") from error
    finally:
        answers.stop()
        await chromium.close_context(context)

    return Rendered(html if isinstance(html, str) else None, answers.led_to, settled)


async def _settle(page: Page, answers: Answers, most_seconds: float) -> bool:
    """Wait until a page is at rest, and return whether it is: nothing under way, as many elements as before."""
    elements = None
    try:
        async with asyncio.timeout(most_seconds):
            await page.wait_for_load_state("domcontentloaded", timeout=0)
            while answers.led_to is None:
                await asyncio.sleep(POLL_SECONDS)
                if answers.quiet_seconds < QUIET_SECONDS:
                    continue
                before, elements = elements, await page.evaluate(COUNT_ELEMENTS)
                if elements == before:
                    return True
    except TimeoutError:
        return False

    return True
