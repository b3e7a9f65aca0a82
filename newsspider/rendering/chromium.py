"""Chromium without a network, started with the first page that needs it. The only module that starts a browser."""

import asyncio
import os
from contextlib import suppress

from playwright.async_api import Browser, BrowserContext, Error, Playwright, async_playwright

from newsspider.errors import UsageError

LAUNCH_SECONDS = 60.0  # it takes one; a cold, busy disk takes many
LOST_POLLS, LOST_POLL_SECONDS = 20, 0.05
CLOSE_SECONDS = 5.0  # a page that loops is gone in a tenth of a second
# Traffic that bypasses a page's routes (sockets, prefetches, WebRTC, the browser's own) must not find a network:
# no name and no address resolves, and the proxy that all is to go through is not to be found either.
NO_NETWORK = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--no-pings",
    "--disable-gpu",
)
HEAP = "--js-flags=--max-old-space-size=512"  # MiB for a page's scripts; heavy applications have 100, V8 allows 4,000
NOWHERE = "http://nowhere.invalid:9"
# The part of our environment that the browser gets; it has no passwords of databases.
ENVIRONMENT = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TMPDIR",
    "LD_LIBRARY_PATH",
    "FONTCONFIG_PATH",
    "XDG_RUNTIME_DIR",
)
NOT_INSTALLED = "Executable doesn't exist"
NO_SANDBOX = ("without --no-sandbox", "No usable sandbox", "sandbox_host_linux")


class BrowserLost(Exception):  # noqa: N818  # it is caught where the page is tried again
    """The browser is gone, with all its pages."""


class Chromium:
    """The crawl's one browser; a context a page, which shares nothing with other pages, not even a process."""

    def __init__(self, path: str | None, *, sandbox: bool) -> None:
        """Start nothing yet.

        Args:
            path: of the browser; None for playwright's own.
            sandbox: whether the browser keeps pages from the system.
        """
        self._path = path
        self._sandbox = sandbox
        self._starting = asyncio.Lock()
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self.starts = 0

    @property
    def is_running(self) -> bool:
        """Whether it is there."""
        return self._browser is not None and self._browser.is_connected()

    async def is_lost(self, context: BrowserContext) -> bool:
        """Return whether a page's browser ended; the page's error comes a moment before the browser's own end.

        Another page may have started the next browser by then.
        """
        for _ in range(LOST_POLLS):
            if not self._has(context):
                return True
            await asyncio.sleep(LOST_POLL_SECONDS)
        return False

    async def open_context(self, user_agent: str) -> BrowserContext:
        """Return a new context, in a browser that is started if there is none.

        Raises:
            UsageError: none can be started, for a reason that the user can mend.
            BrowserLost: it went away.
        """
        async with self._starting:
            if not self.is_running:
                await self._start()

        assert self._browser is not None  # started
        try:
            context = await self._browser.new_context(
                user_agent=user_agent, accept_downloads=False, service_workers="block"
            )
        except Error as error:
            raise BrowserLost(first_line(error)) from error

        # A page's own windows are of no use, and open by the thousand.
        await context.add_init_script("window.open = () => null")
        await context.route(
            "**/*", lambda route: route.abort()
        )  # for requests outside of a page's own routes
        return context

    async def close_context(self, context: BrowserContext) -> None:
        """Close a page with all that belongs to it; a browser that can't is ended."""
        if not self._has(context):
            return  # it went away with its browser

        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await context.close()
        except Error:
            pass  # it has gone in between
        except TimeoutError:
            if self._has(context):
                await self.close()

    async def close(self) -> None:
        """End the browser and its driver; the browser can't outlive the driver."""
        browser, self._browser = self._browser, None
        playwright, self._playwright = self._playwright, None
        if browser:
            with suppress(Error, TimeoutError):
                async with asyncio.timeout(CLOSE_SECONDS):
                    await browser.close()

        if playwright:
            with suppress(Error, TimeoutError):
                async with asyncio.timeout(CLOSE_SECONDS):
                    await playwright.stop()

    def _has(self, context: BrowserContext) -> bool:
        """Whether a page is in the browser that is running now."""
        return self.is_running and context.browser is self._browser

    async def _start(self) -> None:
        """Start the browser.

        Raises:
            UsageError: it can't be.
        """
        await self.close()
        try:
            self._playwright = await async_playwright().start()
            self._browser = await self._playwright.chromium.launch(
                executable_path=self._path,
                args=[*NO_NETWORK, HEAP],
                proxy={"server": NOWHERE},
                chromium_sandbox=self._sandbox,
                env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
                handle_sigint=False,  # Ctrl-C lets a crawl finish its pages; it closes the browser at its end
                handle_sigterm=False,
                handle_sighup=False,
                timeout=LAUNCH_SECONDS * 1000,
            )
        except Error as error:
            await self.close()
            raise UsageError(_why_not_started(str(error), self._path)) from error

        self.starts += 1


def first_line(error: Error) -> str:
    """Return an error's message, without the log that playwright adds."""
    return next(iter(error.message.strip().splitlines()), "no reason given")


def _why_not_started(message: str, path: str | None) -> str:
    """Return why a browser can't be started and how to mend it, in one line.

    >>> _why_not_started("BrowserType.launch: Executable doesn't exist at /root/.cache/x", None)
    'render = true needs a browser: playwright install chromium, or NEWSSPIDER_BROWSER=/usr/bin/chromium'
    """
    if NOT_INSTALLED in message and path is None:
        return "render = true needs a browser: playwright install chromium, or NEWSSPIDER_BROWSER=/usr/bin/chromium"
    if any(sign in message for sign in NO_SANDBOX):
        return (
            "the browser has no sandbox here (it runs as root, or the system allows it none): run the crawl as another"
            " user, or do without: NEWSSPIDER_BROWSER_SANDBOX=0"
        )

    first = next(iter(message.strip().splitlines()), "no reason given")
    return f"the browser {path or 'of playwright'} does not start: {first} (another one: NEWSSPIDER_BROWSER=…)"
