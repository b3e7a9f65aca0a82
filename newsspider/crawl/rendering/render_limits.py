"""The limits of rendering, and checks that a browser is available."""

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec

from scrapy.settings import BaseSettings

from newsspider.errors import UsageError
from newsspider.pool.limits import Range, read_number
from newsspider.rendering.exchange import PageLimits
from newsspider.sites.profile import Site

BROWSER = "NEWSSPIDER_BROWSER"  # a setting, else an environment variable
MIB = 1 << 20
# The browser's names for kinds of requests that can be made; frames, sockets and beacons never are.
FETCHABLE = frozenset({"script", "xhr", "fetch", "stylesheet", "image", "media", "font"})
RANGES: dict[str, Range] = {
    "NEWSSPIDER_RENDER_PAGES": Range("pages", int, 1, 64, "a whole number"),
    "NEWSSPIDER_RENDER_WAIT": Range("wait", float, 0.1, 3600, "seconds"),
    "NEWSSPIDER_RENDER_DEADLINE": Range("deadline", float, 0.1, 3600, "seconds"),
    "NEWSSPIDER_RENDER_REQUESTS": Range("requests", int, 0, 10_000, "a whole number"),
    "NEWSSPIDER_RENDER_MIB": Range("mib", int, 1, 4096, "MiB, a whole number"),
}


@dataclass(frozen=True, kw_only=True)
class RenderLimits(PageLimits):
    """The limits of rendering; settings.py has their reasons.

    Attributes:
        pages: the number of pages at the same time.
        requests: the number of requests per page.
        mib: the total size of these requests.
        kinds: the kinds of requests that are made.
    """

    pages: int
    requests: int
    mib: int
    kinds: frozenset[str]


def read_render_limits(settings: BaseSettings) -> RenderLimits:
    """Return the limits in the settings.

    Raises:
        UsageError: one line that names the setting and the values it may have.
    """
    numbers = {
        allowed.field: read_number(name, settings.get(name), allowed)
        for name, allowed in RANGES.items()
    }
    kinds = frozenset(kind.strip() for kind in settings.getlist("NEWSSPIDER_RENDER_FETCH"))
    if wrong := sorted(kinds - FETCHABLE):
        known = ", ".join(sorted(FETCHABLE))
        raise UsageError(
            f"NEWSSPIDER_RENDER_FETCH={wrong[0]}: can't be fetched (expected some of {known})"
        )

    return RenderLimits(**numbers, kinds=kinds, max_bytes=settings.getint("DOWNLOAD_MAXSIZE"))


def browser_path(settings: BaseSettings) -> str | None:
    """Return the path of the user's browser; None for the one that playwright has installed."""
    return settings.get(BROWSER) or os.environ.get(BROWSER) or None


def check_rendering(settings: BaseSettings, sites: Iterable[Site]) -> None:
    """Check that pages can be rendered, as far as possible without starting a browser.

    Raises:
        UsageError: one line that names the missing part and the fix.
    """
    read_render_limits(settings)
    site = next((site for site in sites if site.render), None)
    if site is None:
        return
    if find_spec("playwright") is None:
        raise UsageError(
            f"{site.name}: render = true needs another package: pip install 'newsspider[render]'"
        )

    path = browser_path(settings)
    if path and shutil.which(path) is None:
        raise UsageError(
            f"{BROWSER}={path}: not a program (expected a Chromium, such as /usr/bin/chromium)"
        )
