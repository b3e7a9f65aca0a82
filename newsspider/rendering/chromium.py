"""Chromium without a network, started for the first page. No other module starts a browser."""

import asyncio
import os
from contextlib import suppress

from playwright.async_api import Browser, BrowserContext, Error, Playwright, async_playwright

from newsspider.errors import UsageError

LAUNCH_SECONDS = 60.0  # it takes one; a cold, busy disk takes many
LOST_POLLS, LOST_POLL_SECONDS = 20, 0.05
CLOSE_SECONDS = 5.0  # a page that loops is gone in a tenth of a second
# What the routes of a page do not see (sockets, prefetches, WebRTC, the browser's own errands) must
# find no network: no name and no address resolves, and the proxy that all is to go through is not
# to be found either.
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
# Of our environment the browser gets what it needs; a database's password is none of it.
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


class BrowserLost(Exception):  # noqa: N818  # the renderer catches it and tries the page again
    """The browser has died, with all its pages."""


class Chromium:
    """The browser of a crawl.

    Each page has its own context, which shares nothing with other pages.
    """

    def __init__(self, path: str | None, *, sandbox: bool) -> None:
        """Keep the options; start no browser yet.

        Args:
            path: the path of the browser; None = playwright's own.
            sandbox: whether a sandbox isolates pages from the system.
        """
        self._path = path
        self._sandbox = sandbox
        self._starting = asyncio.Lock()
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self.starts = 0

    @property
    def is_running(self) -> bool:
        """Whether the browser is running."""
        return self._browser is not None and self._browser.is_connected()

    async def is_lost(self, context: BrowserContext) -> bool:
        """Whether the browser of a page has died.

        The page's error comes a moment before the browser ends.

        Another page may have started the next browser by then.
        """
        for _ in range(LOST_POLLS):
            if not self._has(context):
                return True
            await asyncio.sleep(LOST_POLL_SECONDS)
        return False

    async def open_context(self, user_agent: str) -> BrowserContext:
        """Return a new context. Start the browser if necessary.

        Raises:
            UsageError: the browser can't be started, for a reason that the user can fix.
            BrowserLost: the browser died.
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

        # New windows are useless, and hostile pages open thousands.
        await context.add_init_script("window.open = () => null")
        await context.route(
            "**/*", lambda route: route.abort()
        )  # requests without a route of their page
        return context

    async def close_context(self, context: BrowserContext) -> None:
        """Close the context of a page. If the browser can't, end the browser."""
        if not self._has(context):
            return  # it died with its browser

        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await context.close()
        except Error:
            pass  # it died in between
        except TimeoutError:
            if self._has(context):
                await self.close()

    async def close(self) -> None:
        """End the browser and its driver."""
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
        """Whether a page belongs to the running browser."""
        return self.is_running and context.browser is self._browser

    async def _start(self) -> None:
        """Start the browser.

        Raises:
            UsageError: it can't be started.
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
    """Return the message of an error, without the log that playwright adds."""
    return next(iter(error.message.strip().splitlines()), "no reason given")


def _why_not_started(message: str, path: str | None) -> str:
    """Return why a browser can't be started and the fix, in one line.

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
