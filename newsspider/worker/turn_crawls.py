"""The crawls of a worker: one per turn, many at once in one reactor, each finished by itself."""

import asyncio
import logging
import sys
import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import BaseSettings
from scrapy.utils.defer import deferred_from_coro

from newsspider.clock import now
from newsspider.crawl.ending.notify import notify
from newsspider.crawl.ending.outcome import ACCOUNT_STAT, account_of, exit_code_of, was_interrupted
from newsspider.crawl.extraction.worker_pool import WorkerPool
from newsspider.crawl.turns import TURN_LOST_STAT, CrawlTurn, give_turn
from newsspider.errors import ExitCode, StoreError
from newsspider.sites.profile import Site
from newsspider.spiders.news import NewsSpider
from newsspider.store.retrying import with_retries
from newsspider.store.store import Store
from newsspider.store.turn_store import TurnStore
from newsspider.worker.leases import Held
from newsspider.worker.scheduling import Rhythm
from newsspider.worker.turn_results import TurnResults

logger = logging.getLogger(__name__)

STOP_SECONDS = 1.0  # until a crawl that was only just starting is asked to stop again

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Plan:
    """The orders of a worker.

    Attributes:
        sites: the profiles by registered domain.
        edition: the name of this list of sites in the database.
        concurrency: how many sites are crawled at once.
        lease: for how long a site is this worker's without a sign of life.
        once: whether to end when nothing is due.
        rhythm: when the sites' next turns are.
    """

    sites: Mapping[str, tuple[Site, ...]]
    edition: str
    concurrency: int
    lease: timedelta
    once: bool
    rhythm: Rhythm


@dataclass(frozen=True)
class Means:
    """The means that all crawls of a worker share.

    Attributes:
        process: starts crawls.
        store: is written to, by each crawl for its turn.
        work: extracts their pages.
        threads: wait for the database.
    """

    process: AsyncCrawlerProcess
    store: Store
    work: WorkerPool
    threads: Executor


class TurnCrawls:
    """The crawls that are under way.

    Attributes:
        results: the results of the turns so far.
    """

    def __init__(
        self,
        means: Means,
        plan: Plan,
        is_ending: Callable[[], bool],
        on_failure: Callable[[StoreError], None],
    ) -> None:
        """Have none under way yet.

        Args:
            means: shared by the crawls.
            plan: the worker's.
            is_ending: whether the worker was asked to end.
            on_failure: is told that the database can't be used.
        """
        self.results = TurnResults()
        self._means = means
        self._plan = plan
        self._turns = means.store.turns()
        self._is_ending = is_ending
        self._on_failure = on_failure
        self._running: dict[asyncio.Task[None], tuple[Held, Crawler]] = {}

    @property
    def tasks(self) -> list["asyncio.Task[None]"]:
        """The tasks of the crawls that are under way."""
        return [*self._running]

    def begin(self, held: Held) -> "asyncio.Task[None]":
        """Start the crawl of a turn, and return the task that ends with the turn."""
        sites = self._plan.sites[held.turn.site]
        crawler = self._means.process.create_crawler(NewsSpider)
        give_turn(
            crawler,
            CrawlTurn(sites, TurnStore(self._means.store, held.turn), self._means.work, held.lasts),
        )
        task = asyncio.ensure_future(self._crawl(held, crawler))
        self._running[task] = (held, crawler)
        task.add_done_callback(self._running.pop)
        return task

    async def _crawl(self, held: Held, crawler: Crawler) -> None:
        """Crawl a site, and end its turn."""
        seeds = " ".join(site.url for site in self._plan.sites[held.turn.site])
        crashed = False
        try:
            await self._means.process.crawl(crawler, urls=seeds)
        except Exception:  # the edge of one site's crawl: the others go on
            logger.critical("%s: %s", held.turn.site, traceback.format_exc())
            crashed = True
        try:
            await self._end_turn(held, crawler, crashed=crashed)
        except StoreError as error:
            self._on_failure(error)

    async def _end_turn(self, held: Held, crawler: Crawler, *, crashed: bool) -> None:
        """Say how a turn went, and when the next one is.

        Raises:
            StoreError: the database can't be told.
        """
        stats = crawler.stats.get_stats() if crawler._stats else {}
        site = held.turn.site
        if held.is_lost or stats.get(TURN_LOST_STAT):
            self._count_loss(site)
            return
        code = ExitCode.CRASHED if crashed else exit_code_of(stats)
        told: list[str] = stats.get(ACCOUNT_STAT) or [f"{site}: {account_of(stats)}"]
        interrupted = self._is_ending() and was_interrupted(stats)
        if interrupted:
            end = partial(self._turns.give_back, held.turn, _delay_of(crawler, site))
        else:
            end = partial(self._finish, held, told[0])
        if not await self._in_thread(partial(with_retries, end)):
            self._count_loss(site)
            return
        self.results.given_back += interrupted
        self.results.finished += not interrupted
        if not interrupted:
            self.results.codes[code] += 1
            say(told)
            await self._in_thread(partial(_notify, crawler.settings, code, told))

    def _finish(self, held: Held, said: str) -> bool:
        """End a turn that came to its end; return whether it was still ours."""
        sites = self._plan.sites[held.turn.site]
        wait = self._plan.rhythm.wait(sites, self._turns.first_due(held.turn.site), now())
        return self._turns.finish(held.turn, wait, said)

    def _count_loss(self, site: str) -> None:
        self.results.lost += 1
        say(
            [
                f"{site}: the turn was lost: its lease ended, and pages that were not stored by then are left to others"
            ]
        )

    def stop_one(self, lost: Held) -> None:
        """Stop the crawl of a turn that is lost."""
        for held, crawler in self._running.values():
            if held is lost:
                _stop(crawler)

    async def finish(self) -> None:
        """Let each crawl finish its requests under way; a crawl that is only just starting is asked again."""
        while self._running:
            for _, crawler in self._running.values():
                _stop(crawler)
            await asyncio.wait([*self._running], timeout=STOP_SECONDS)

    def _in_thread(self, call: Callable[[], Answer]) -> Awaitable[Answer]:
        return asyncio.get_running_loop().run_in_executor(self._means.threads, call)


def _stop(crawler: Crawler) -> None:
    """Let a crawl finish the requests that are under way, and end; one that has not started is left alone."""
    if crawler.crawling and crawler._engine is not None and crawler.engine.running:
        deferred_from_coro(crawler.stop_async())


def _delay_of(crawler: Crawler, site: str) -> timedelta:
    """Return the time between two requests to a site, which its next holder must keep to."""
    downloader = crawler.engine.downloader
    said: Mapping[str, Any] = downloader.per_slot_settings.get(site, {})
    return timedelta(
        seconds=max(float(said.get("delay") or 0), crawler.settings.getfloat("DOWNLOAD_DELAY"))
    )


def _notify(settings: BaseSettings, code: ExitCode, told: Sequence[str]) -> None:
    say(list(notify(settings, int(code), told)))


def say(lines: Sequence[str]) -> None:
    """Write lines of the worker."""
    sys.stderr.writelines(f"newsspider worker: {line}\n" for line in lines)
