"""Renders one page: it is opened, settles, and is captured."""

import asyncio
from contextlib import suppress
from urllib.parse import urldefrag

from playwright.async_api import Error, Page, Route

from newsspider.errors import RenderError
from newsspider.rendering.chromium import BrowserLost, Chromium, first_line
from newsspider.rendering.exchange import Asked, Document, Fetch, PageLimits, Rendered
from newsspider.urls import site_of

QUIET_SECONDS = 0.5  # seconds without a request; the same as playwright's "networkidle"
POLL_SECONDS = 0.1
COUNT_ELEMENTS = "document.getElementsByTagName('*').length"
# It runs in the page's own world, which could change the result; but a page can change its text,
# too.
SERIALISE = """limit => {
  const root = document.documentElement;
  const html = root ? "<!DOCTYPE html>\\n" + root.outerHTML : "";
  return html.length > limit ? null : html;
}"""


class Answers:
    """Answers the requests of a page: the document is there; the crawl fetches some of the others.

    Attributes:
        led_to: another page of the site, if a script navigated there.
    """

    def __init__(self, document: Document, fetch: Fetch, kinds: frozenset[str]) -> None:
        """Answer for one page.

        Args:
            document: the page as fetched.
            fetch: makes the requests of its scripts.
            kinds: the kinds of requests that are made, in the browser's words.
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
        """The seconds since the last request ended; 0 if one is under way."""
        return 0.0 if self._tasks else asyncio.get_running_loop().time() - self._quiet_since

    async def answer(self, route: Route) -> None:
        """Answer one request.

        It never raises, because playwright would raise the error in a later call.
        """
        task = asyncio.ensure_future(self._answer(route))
        self._tasks.add(task)
        await asyncio.wait({task})
        self._tasks.discard(task)
        self._quiet_since = asyncio.get_running_loop().time()
        # Refused, failed or too late: the page gets no answer, as with an ad blocker.
        if task.cancelled() or task.exception():
            with suppress(Error):
                await route.abort("blockedbyclient")

    def stop(self) -> None:
        """Make no more requests."""
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
        """Return the document once. Frames stay empty, and the crawl follows other navigation."""
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
        """Whether a URL is another page of the same site."""
        own = self._document.url
        return site_of(url) == site_of(own) and urldefrag(url).url != urldefrag(own).url


async def render_page(
    chromium: Chromium, document: Document, fetch: Fetch, kinds: frozenset[str], limits: PageLimits
) -> Rendered:
    """Return a page after its scripts have run.

    Args:
        chromium: the browser, which may not be running yet.
        document: the page as it was fetched.
        fetch: makes the requests of its scripts.
        kinds: the kinds of requests that are made.
        limits: the limits of the page.

    Raises:
        RenderError: the page can't be rendered.
        BrowserLost: the browser died; another try may work.
        UsageError: no browser can be started.
    """
    context = await chromium.open_context(document.user_agent)
    answers = Answers(document, fetch, kinds)
    try:
        async with asyncio.timeout(limits.deadline):
            page = await context.new_page()
            await page.route("**/*", answers.answer)
            await page.goto(document.url, wait_until="commit", timeout=0)
            settled = await _settle(page, answers, limits.wait)
            html = None if answers.led_to else await page.evaluate(SERIALISE, limits.max_bytes)
    except TimeoutError:
        why = f"the browser did not finish the page in {limits.deadline:g} s (NEWSSPIDER_RENDER_DEADLINE)"
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
    """Wait until a page settles: no requests, and no new elements. Return whether it did."""
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
