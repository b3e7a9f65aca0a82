"""The browser of the tests: Debian's Chromium, without which a person skips them and CI does not."""

import importlib.util
import os
import shutil
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium")
NEEDED = "playwright and a `chromium` on the path are needed: pip install playwright, apt-get install chromium"


def need_chromium() -> str:
    """Return the browser's path, or skip the test, in CI fail it."""
    if CHROMIUM is None or importlib.util.find_spec("playwright") is None:
        if os.environ.get("NEWSSPIDER_NO_SKIPS"):
            pytest.fail(NEEDED)
        pytest.skip(NEEDED)
    return CHROMIUM


def find_barriers(page: Any) -> list[str]:
    """Return the elements that axe-core says some people can't use, each after the rule that it breaks."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response
    assert found["passes"]  # it has looked
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found["violations"] for node in rule["nodes"]]
