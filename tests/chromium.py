"""The browser of the tests: Debian's Chromium, without which a person skips them and CI does not."""

import importlib.util
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium")
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
NEEDED = "playwright and a `chromium` on the path are needed: pip install playwright, apt-get install chromium"


def need_chromium() -> str:
    """Return the browser's path, or skip the test, in CI fail it."""
    if CHROMIUM is None or importlib.util.find_spec("playwright") is None:
        if os.environ.get("NEWSSPIDER_NO_SKIPS"):
            pytest.fail(NEEDED)
        pytest.skip(NEEDED)
    return CHROMIUM


@contextmanager
def open_chromium() -> Iterator[Any]:
    """Start the browser for a test and end it; without it the test is skipped, in CI it fails."""
    path = need_chromium()
    from playwright.sync_api import sync_playwright  # here: without it the other tests of the project still run

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield chromium
        chromium.close()


def find_barriers(page: Any) -> list[str]:
    """Return the elements that axe-core says some people can't use, each after the rule that it breaks."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response
    assert found["passes"]  # it has looked
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found["violations"] for node in rule["nodes"]]
