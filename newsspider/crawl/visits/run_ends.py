"""The two ends of a crawl's run in the store: opening it, and closing it with the accounts of its sites."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import partial
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from newsspider.crawl.crawl_context import CrawlContext, crawl_of
from newsspider.crawl.ending.account import write_account
from newsspider.crawl.ending.outcome import ACCOUNT_STAT, EXIT_CODE_STAT
from newsspider.crawl.turns import turn_of
from newsspider.files import SYNC_VARIABLE
from newsspider.revisiting.schedule import RevisitPlan
from newsspider.store.database import DUPLICATES_VARIABLE, choose_in
from newsspider.store.retrying import with_retries
from newsspider.store.run import Run
from newsspider.store.store import Store
from newsspider.urls import site_of

SPIDER_FAULT = "error in the spider's code"  # a cause of failures in an account


def open_run(crawler: Crawler, database: str, plan: RevisitPlan) -> Run:
    """Open the store and begin a run in it, whose accounts count the errors of the spider's code.

    Raises:
        StoreError: the store can't be opened.
        UsageError: a setting has an invalid value.
    """
    assert crawler.spider is not None  # records come from a spider
    crawl = crawl_of(crawler)
    turn = turn_of(crawler)

    run = Run(
        turn.store if turn else _open_store(crawler, database),
        f"crawl {crawler.spider.name}",
        {name: str(value) for name, value in crawl.given.items()},
        plan=replace(plan, waits=crawl.waits),
        in_background=True,
    )
    _count_spider_errors(crawler, run)
    return run


def _count_spider_errors(crawler: Crawler, run: Run) -> None:
    """Count each page at which a callback raises an error: it was fetched, and gave nothing."""

    def count(response: Response) -> None:
        run.account(site_of(response.url) or "").failed[SPIDER_FAULT] += 1

    crawler.signals.connect(count, signal=signals.spider_error, weak=False)


def _open_store(crawler: Crawler, database: str) -> Store:
    """Open the store as the settings say."""
    return Store(
        database,
        migrates=crawler.settings.getbool("NEWSSPIDER_MIGRATE", True),
        duplicates=choose_in(crawler.settings, DUPLICATES_VARIABLE),
        sync=choose_in(crawler.settings, SYNC_VARIABLE),
    )


def shorten_addresses(run: Run, recalled: Mapping[str, frozenset[str]], began_at: str) -> None:
    """Store the addresses of known pages without the visitor parameters of their sites.

    Args:
        run: the run, with the parameters that it knows at its end.
        recalled: the parameters that earlier runs had learned, by site.
        began_at: when the run began. If it learned none, only addresses found since then are
            shortened.
    """
    for site in recalled:
        names = run.visitors[site].names
        if not names:
            continue
        since = began_at if names == recalled[site] else ""
        with_retries(partial(run.store.add_shorter_addresses, site, names, since=since))


def note_period(run: Run, crawl: CrawlContext, sites: Collection[str]) -> None:
    """Add to each account how many pages are outside of the wanted days."""
    selection = crawl.selection
    for site in sites:
        account = run.account(site)
        account.outside = selection.count_left_out(site)
        account.notes.append(selection.describe(site))


def _note_ports(run: Run, crawl: CrawlContext, sites: Collection[str]) -> None:
    """Add the ports to the accounts of sites of which the crawl began at several, as on 127.0.0.1."""
    ports: defaultdict[str | None, set[int]] = defaultdict(set)
    profiles = crawl.sites.values()
    for url in (*crawl.arguments.seeds, *(url for profile in profiles for url in profile.seeds)):
        if port := urlsplit(url).port:
            ports[site_of(url)].add(port)

    for site in sites:
        if len(ports[site]) > 1:
            run.account(site).ports = sorted(ports[site])


def close_run(
    crawler: Crawler, run: Run, sites: Mapping[str, bool], whole: Collection[str]
) -> None:
    """Write the account of each site, and the stats that follow from all of them.

    Args:
        crawler: the crawler with the stats.
        run: the run, with all records stored.
        sites: whether this run crawled them; the others belong to another run.
        whole: the sites that were crawled to their end.

    Raises:
        StoreError: the store does not answer.
    """
    ours = [site for site, is_ours in sites.items() if is_ours]
    _note_ports(run, crawl_of(crawler), ours)
    others = [site for site, is_ours in sites.items() if not is_ours]
    code, lines = write_account(run, ours, others, whole)

    stats = crawler.stats
    assert stats is not None  # set before components are built

    for fate, number in run.duplicates.items():
        stats.set_value(f"newsspider/duplicates/{fate}", number)

    stats.set_value(EXIT_CODE_STAT, int(code))
    stats.set_value(ACCOUNT_STAT, lines)
