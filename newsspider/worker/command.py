"""`newsspider worker`: crawls sites of a list, beside other workers on this machine and others."""

import hashlib
import logging
import sys
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Annotated, Any

import typer
from scrapy.settings import Settings as ScrapySettings

from newsspider.cli.options.common import Database
from newsspider.cli.options.crawl import Opml, Settings, Sites, UrlsFile
from newsspider.crawl.arguments import read_profiles
from newsspider.crawl.extraction.worker_pool import WorkerPool
from newsspider.crawl.preflight import check_crawl
from newsspider.crawl.visits.revisit_plan import read_plan
from newsspider.crawl_command.crawl_settings import QUIET_FORMAT, read_setting
from newsspider.crawl_command.progress_display import ACCOUNT_LOGGER
from newsspider.crawl_command.running import check_names
from newsspider.errors import UsageError
from newsspider.pool import read_limits
from newsspider.pool.limits import SETTING_NAMES
from newsspider.report.writing import check_plots
from newsspider.revisiting.schedule import parse_span
from newsspider.sighup import end_on_hangup
from newsspider.sites.profile import Site
from newsspider.spiders.news import NewsSpider
from newsspider.store.database import DUPLICATES_VARIABLE, choose_database_in, choose_in
from newsspider.store.store import Store
from newsspider.store.turns import require_server
from newsspider.worker.scheduling import Rhythm
from newsspider.worker.turn_crawls import Plan
from newsspider.worker.worker import Worker, WorkerProcess

DEFAULT_CONCURRENCY = 20  # sites; each waits for its delay most of the time
DEFAULT_LEASE = "2m"  # longer than a server takes to start again, and than a site's longest delay
SHORTEST_LEASE = timedelta(seconds=2)
DEFAULT_EVERY = "1h"
# Settings that name one place for one crawl: several at once would write over each other.
_OF_ONE_CRAWL = ("JOBDIR", "FEEDS", "NEWSSPIDER_OUTPUT", "NEWSSPIDER_DRY_RUN")
_COMPONENTS: dict[str, dict[str, int | None]] = {
    "EXTENSIONS": {
        "newsspider.crawl.stats.loop_lag.LoopLag": None,  # all sites share one event loop
        "newsspider.crawl.stats.processor_time.ProcessorTime": None,  # and one process
        "newsspider.crawl.archiving.retention.Retention": None,  # the worker removes old pages
    }
}


def worker(
    urls: Annotated[
        list[str] | None,
        typer.Argument(metavar="URL…", help="Front pages of sites.", show_default=False),
    ] = None,
    sites: Sites = None,
    opml: Opml = None,
    urls_file: UrlsFile = None,
    database: Database = None,
    once: Annotated[
        bool, typer.Option("--once", help="End when no site is due, as for cron.")
    ] = False,
    concurrency: Annotated[
        int,
        typer.Option(metavar="N", min=1, max=500, help="Crawl at most N sites at the same time."),
    ] = DEFAULT_CONCURRENCY,
    every: Annotated[
        str,
        typer.Option(
            metavar="SPAN",
            help="Shortest time between two turns of a site whose profile has no `revisit`.",
        ),
    ] = DEFAULT_EVERY,
    lease: Annotated[
        str,
        typer.Option(
            metavar="SPAN", help="Sites of a worker that is silent for so long go to others."
        ),
    ] = DEFAULT_LEASE,
    max_pages: Annotated[
        int | None, typer.Option(metavar="N", help="Fetch at most N pages in a turn.")
    ] = None,
    settings: Settings = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Scrapy's log of each crawl.")
    ] = False,
) -> None:
    """Crawl the sites of a list again and again, beside other workers on this machine and others.

    The workers share a PostgreSQL database. Each takes sites that are due and crawls some of them at once, with the
    spider and the settings of `newsspider crawl`. A site belongs to one worker at a time. When a worker dies, others
    take its sites after the time of --lease. A worker that slept for longer can't write about them any more.

    Give all workers of a database the same list of sites. `newsspider queue` shows which worker crawls which site.

    SIGTERM and Ctrl-C finish the requests that are under way and give the sites back; the exit code is then 0, with
    --once 130. Otherwise the exit code is that of the worst turn.

    For example:

    ```
    newsspider worker --db postgresql://crawler@db.example/news --sites sites.toml
    newsspider worker --db postgresql://crawler@db.example/news --urls-file fronts.txt --concurrency 40
    newsspider worker --db postgresql://crawler@db.example/news --sites sites.toml --once
    ```
    """
    given = {
        "urls": " ".join(urls) if urls else None,
        "urls_file": urls_file,
        "sites": sites,
        "opml": opml,
    }
    given = {name: value for name, value in given.items() if value is not None}
    if not given:
        raise UsageError(
            "nothing to crawl: give --sites FILE, --urls-file FILE, --opml FILE or front pages"
        )
    process = WorkerProcess(
        _choose_settings(database, max_pages, settings or [], is_verbose=verbose)
    )
    profiles = _check(process, given)
    plan = Plan(
        sites=profiles,
        edition=_edition_of(profiles),
        concurrency=concurrency,
        lease=_read_lease(lease),
        once=once,
        rhythm=Rhythm(_read_span("--every", every), read_plan(process.settings).longest),
    )
    sys.exit(_run(process, plan))


def _choose_settings(
    database: str | None, max_pages: int | None, given: Iterable[str], *, is_verbose: bool
) -> ScrapySettings:
    """Return the settings of all crawls.

    Raises:
        UsageError: one is not NAME=VALUE, or makes sense for a single crawl only.
    """
    chosen = ScrapySettings()
    chosen.setmodule("newsspider.settings", priority="project")
    for name, added in _COMPONENTS.items():
        chosen.set(name, {**chosen.getdict(name), **added}, priority="project")
    if not is_verbose:
        chosen.setdict({"LOG_LEVEL": "WARNING", "LOG_FORMAT": QUIET_FORMAT}, priority="project")
        logging.getLogger(ACCOUNT_LOGGER).setLevel(
            logging.ERROR
        )  # the closing lines give the accounts
    chosen.setdict({"NEWSSPIDER_DATABASE": database} if database else {}, priority="cmdline")
    chosen.setdict({"NEWSSPIDER_MAX_PAGES": max_pages} if max_pages else {}, priority="cmdline")
    chosen.setdict(dict(map(read_setting, given)), priority="cmdline")
    for name in _OF_ONE_CRAWL:
        if chosen.get(name):
            raise UsageError(
                f"{name}: not for workers, whose crawls run at the same time; they write to the database"
            )
    if not chosen.getbool("NEWSSPIDER_STORE"):
        raise UsageError("NEWSSPIDER_STORE=0: a worker needs the database")
    return chosen


def _check(process: WorkerProcess, given: dict[str, Any]) -> dict[str, tuple[Site, ...]]:
    """Return the profiles by registered domain, after looking for all that is wrong.

    Raises:
        NewsspiderError: the first thing that is wrong, with the exit code for it.
    """
    require_server(choose_database_in(process.settings))
    crawler = process.create_crawler(NewsSpider)
    check_names(crawler.settings)
    check_crawl(crawler, given)
    if crawler.settings.get("NEWSSPIDER_REPORT"):
        check_plots()
    profiles: defaultdict[str, list[Site]] = defaultdict(list)
    for site in read_profiles(NewsSpider.check_arguments(given)):
        profiles[site.domain].append(site)
    return {domain: tuple(some) for domain, some in profiles.items()}


def _run(process: WorkerProcess, plan: Plan) -> int:
    """Work until the end, and return the exit code."""
    duplicates = choose_in(process.settings, DUPLICATES_VARIABLE)
    database = choose_database_in(process.settings)
    with Store(
        database,
        migrates=process.settings.getbool("NEWSSPIDER_MIGRATE", True),
        duplicates=duplicates,
    ) as store:
        store.turns().register(
            {domain: some[0].url for domain, some in plan.sites.items()}, plan.edition
        )
        limits = read_limits({name: process.settings.get(name) for name in SETTING_NAMES})
        ours = Worker(process, store, WorkerPool(limits), plan)
        _tell(f"{len(plan.sites)} sites, {plan.concurrency} at once, into {store.name}")
        task = ours.start()
        end_on_hangup()
        process.start(stop_after_crawl=False)
        if task.done():
            task.result()  # a fault of ours is raised here
        code = ours.exit_code
        _tell(f"{ours.results.describe()} (exit code {int(code)})")
        return int(code)


def _edition_of(profiles: dict[str, tuple[Site, ...]]) -> str:
    """Return a name for a list of sites, which any change of it changes."""
    told = hashlib.blake2b(digest_size=8)
    for domain in sorted(profiles):
        for site in profiles[domain]:
            told.update(f"{domain} {site.model_dump_json()}\n".encode())
    return told.hexdigest()


def _read_lease(lease: str) -> timedelta:
    span = _read_span("--lease", lease)
    if span < SHORTEST_LEASE:
        raise UsageError(f"--lease {lease}: should be {SHORTEST_LEASE.seconds}s or more")
    return span


def _read_span(option: str, span: str) -> timedelta:
    try:
        return parse_span(span)
    except UsageError as error:
        raise UsageError(f"{option} {span}: {error}") from error


def _tell(line: str) -> None:
    sys.stderr.write(f"newsspider worker: {line}\n")
