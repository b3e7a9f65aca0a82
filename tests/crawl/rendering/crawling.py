"""Crawls with a browser, as a user runs them."""

from collections.abc import Mapping
from pathlib import Path

from tests.chromium import need_chromium
from tests.crawl.rendering.paper import Paper
from tests.crawls import FAST, crawl_words, run_scrapy
from tests.programs import Finished

# The address of the paper is allowed as a seed, all others of the machine are not.
SETTINGS = {**FAST, "NEWSSPIDER_ALLOW_PRIVATE": "", "RETRY_TIMES": 0, "NEWSSPIDER_WORKERS": 1}


def rendering_words(
    paper: Paper, folder: Path, settings: Mapping[str, object] | None = None, keys: str = ""
) -> list[str]:
    """Return the words of a crawl whose profile asks for a browser; root's has no sandbox."""
    browser = {"NEWSSPIDER_BROWSER": need_chromium(), "NEWSSPIDER_BROWSER_SANDBOX": 0}
    profile = f'[paper]\nurl = "{paper.address}/"\nrender = true\ndiscover = false\n{keys}\n'
    (folder / "sites.toml").write_text(profile)
    return crawl_words({**SETTINGS, **browser, **(settings or {})}, sites=folder / "sites.toml")


def crawl_rendering(
    paper: Paper,
    folder: Path,
    settings: Mapping[str, object] | None = None,
    keys: str = "",
    clock: str | None = None,
) -> Finished:
    """Crawl a paper into news.db of a folder."""
    return run_scrapy(rendering_words(paper, folder, settings, keys), folder / "news.db", clock=clock)


def stat(finished: Finished, name: str) -> int:
    """Return a number that a crawl dumped with its stats, 0 where there is none."""
    line = next((line for line in finished.stderr.splitlines() if f"'{name}': " in line), ": 0")
    return int(line.rpartition(": ")[2].strip(",}"))
