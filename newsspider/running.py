"""A crawl run by a command: what is wrong is said before it starts, how it went when it ends."""

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from scrapy.crawler import Crawler, CrawlerProcessBase
from scrapy.settings import BaseSettings

from newsspider.addon import NewsspiderAddon
from newsspider.components import ADDON, GUARD, names_component
from newsspider.errors import ExitCode, NewsspiderError
from newsspider.spiders.notify import notify
from newsspider.spiders.outcome import exit_code_of, lines_of
from newsspider.spiders.preflight import check_crawl


def run_crawl(process: CrawlerProcessBase, crawler: Crawler, given: Mapping[str, Any]) -> int:
    """Run a crawl and return its exit code; that of a spider which is none of ours is Scrapy's."""
    is_ours = _is_ours(crawler)
    if is_ours:
        try:
            check_crawl(crawler, given)
        except NewsspiderError as error:
            return refuse(crawler.settings, str(error), error.exit_code)
    process.crawl(crawler, **given)
    process.start()
    if not is_ours:
        return int(process.bootstrap_failed)
    stats = crawler.stats.get_stats() if crawler.stats else {}
    if process.bootstrap_failed:
        return ExitCode.STORE_UNUSABLE if not stats.get("finish_reason") else exit_code_of(stats)
    code = exit_code_of(stats)
    _tell(crawler.settings, code, list(lines_of(stats)))
    return code


def refuse(settings: BaseSettings, why: str, code: ExitCode = ExitCode.WRONG_USAGE) -> int:
    """Say in one line why nothing was crawled, and return the exit code for it."""
    _tell(settings, code, [why])
    return code


def _is_ours(crawler: Crawler) -> bool:
    """Whether a crawl is guarded: by the project's settings, or by the add-on, which is asked before Scrapy does."""
    if names_component(crawler.settings, "ADDONS", ADDON):
        NewsspiderAddon.apply(crawler)
    return names_component(crawler.settings, "EXTENSIONS", GUARD)


def _tell(settings: BaseSettings, code: int, lines: Sequence[str]) -> None:
    """Say how it went, to whom it may concern too."""
    said = [*lines, *notify(settings, int(code), lines)]
    sys.stderr.writelines(f"scrapy crawl: {line}\n" for line in said)
