"""Checks before a crawl starts. Each problem is reported in one line."""

from collections.abc import Mapping
from typing import Any

from scrapy.crawler import Crawler

from newsspider.crawl.archiving.retention import read_retention
from newsspider.crawl.archiving.robots_directives import honour_of
from newsspider.crawl.arguments import CrawlArguments, read_profiles
from newsspider.crawl.crawl_context import OwnSpider, read_stated, stated_arguments
from newsspider.crawl.ending.notify import check_targets
from newsspider.crawl.guard.middleware import check_settings as check_guard
from newsspider.crawl.rendering.render_limits import check_rendering
from newsspider.crawl.visits.revisit_plan import read_plan
from newsspider.files import SYNC_VARIABLE, choose_sync
from newsspider.mending.parsers import load_parsers
from newsspider.pool import check_model, read_limits
from newsspider.pool.limits import SETTING_NAMES
from newsspider.store.database import choose_database_in, choose_in
from newsspider.store.store import Store
from pipelines.write import check_output, output_in


def check_crawl(crawler: Crawler, given: Mapping[str, Any]) -> None:
    """Check the arguments and settings of a crawl.

    Args:
        crawler: the crawler, not started yet.
        given: the arguments of the spider.

    Raises:
        NewsspiderError: the first problem, with its exit code.
    """
    arguments = _read_arguments(crawler, given)
    check_guard(crawler.settings)
    check_rendering(crawler.settings, read_profiles(arguments))
    load_parsers(read_limits({name: crawler.settings.get(name) for name in SETTING_NAMES}).parsers)
    read_plan(crawler.settings)
    read_retention(crawler.settings)
    honour_of(crawler.settings)
    check_targets(crawler.settings)
    if output := output_in(crawler.settings):
        check_output(output)

    choose_sync(choose_in(crawler.settings, SYNC_VARIABLE))
    check_model()
    if crawler.settings.getbool("NEWSSPIDER_STORE") and not arguments.dry_run:
        Store(choose_database_in(crawler.settings)).close()


def _read_arguments(crawler: Crawler, given: Mapping[str, Any]) -> CrawlArguments:
    """Return the arguments of a crawl. Other projects' spiders get them from settings only."""
    stated = read_stated(crawler.settings)
    if issubclass(crawler.spidercls, OwnSpider):
        return crawler.spidercls.check_arguments({**stated_arguments(crawler.settings), **given})
    return stated
