"""The worker: takes sites that are due, crawls some tens of them at once in one reactor, finishes each by itself."""

import asyncio
import logging
import sys
import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.resolver import dnscache
from scrapy.settings import BaseSettings
from scrapy.utils.defer import deferred_from_coro

from newsspider.clock import now
from newsspider.crawl.ending.notify import notify
from newsspider.crawl.ending.outcome import ACCOUNT_STAT, account_of, exit_code_of, was_interrupted
from newsspider.crawl.extraction.worker_pool import WorkerPool
from newsspider.crawl.turns import TURN_LOST_STAT, CrawlTurn, give_turn
from newsspider.crawl_command.running import Command, tell_new
from newsspider.errors import ExitCode, StoreError
from newsspider.sites.profile import Site
from newsspider.spiders.news import NewsSpider
from newsspider.store.patience import patiently
from newsspider.store.store import Store
from newsspider.store.turn_store import TurnStore
from newsspider.working.leases import Held, Leases
from newsspider.working.scheduling import Rhythm
from newsspider.working.tally import Tally
from newsspider.working.watchdog import Watchdog

logger = logging.getLogger(__name__)

POLL_SECONDS = 2.0  # until the queue is asked again; one that finds nothing reads a few rows of an index
BEAT_SECONDS = 1.0
NAMES_SECONDS = 600.0  # for which addresses of hosts are remembered; Scrapy, made for runs that end, forgets none
WATCHES_SECONDS = 60.0  # at least, between two looks for what the targets of watches are to be told
THREADS = 4  # that wait for the database, and tell of turns that ended badly

COMMAND = Command("newsspider worker")

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Plan:
    """What a worker is to do.

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


class WorkerProcess(AsyncCrawlerProcess):
    """Scrapy's process: on Ctrl-C and SIGTERM it ends after its worker has given back what it holds."""

    worker: "Worker | None" = None

    async def stop(self) -> None:
        """Let the worker end."""
        if self.worker:
            await self.worker.end()


class Worker:
    """A worker in a process of Scrapy's.

    Attributes:
        tally: what became of its turns.
    """

    def __init__(self, process: WorkerProcess, store: Store, work: WorkerPool, plan: Plan) -> None:
        """Crawl into a store."""
        self.tally = Tally()
        self._process = process
        self._store = store
        self._work = work
        self._plan = plan
        self._turns = store.turns()
        self._leases = Leases(self._turns, plan.edition, plan.lease, self._note_loss)
        self._watchdog = Watchdog(lambda: self._leases.sites)
        self._threads = ThreadPoolExecutor(THREADS, "newsspider queue")
        self._crawls: dict[asyncio.Task[None], tuple[Held, Crawler]] = {}
        self._loop = asyncio.get_event_loop()
        self._ending = asyncio.Event()
        self._crawled = asyncio.Event()
        self._ended = asyncio.Event()
        self._failure: StoreError | None = None
        process.worker = self

    @property
    def exit_code(self) -> ExitCode:
        """How the worker ended: on request is fine for one that runs until then, an interruption with `once`."""
        if self._failure:
            return self._failure.exit_code
        if not self._ended.is_set():
            return ExitCode.INTERRUPTED  # by force
        worst = self.tally.worst
        if self._ending.is_set() and self._plan.once and worst in {ExitCode.FINE, ExitCode.SOME_PAGES_FAILED}:
            return ExitCode.INTERRUPTED
        return worst

    def start(self) -> "asyncio.Task[None]":
        """Let it work as soon as the process's event loop runs."""
        return self._loop.create_task(self._run())

    async def _run(self) -> None:
        """Take and crawl sites until the end; then stop the process."""
        beats = asyncio.ensure_future(self._beat())
        watches = asyncio.ensure_future(self._tell_watches())
        self._leases.start()
        self._watchdog.start()
        try:
            while not self._ending.is_set():
                await self._take()
                if self._plan.once and not self._crawls:
                    break
                await self._wait()
            await self._finish_crawls()
            self._crawled.set()
            await watches
        finally:
            beats.cancel()
            await self._in_thread(self._stop_threads)
            self._ended.set()
            self._process._stop_reactor()

    async def end(self) -> None:
        """Take no more sites, finish what is under way of each, and give them back; at once if asked again."""
        if not self._ending.is_set() and not self._ended.is_set():
            self._ending.set()
            await self._ended.wait()

    async def _take(self) -> None:
        """Take as many sites as there is room for, and begin with them."""
        room = self._plan.concurrency - len(self._crawls)
        if room <= 0:
            return
        try:
            taken = await self._in_thread(partial(patiently, partial(self._leases.take, room)))
        except StoreError as error:
            self._fail(error)
            return
        for held in taken:
            self._begin(held)

    def _begin(self, held: Held) -> None:
        """Start the crawl of a turn."""
        sites = self._plan.sites[held.turn.site]
        crawler = self._process.create_crawler(NewsSpider)
        give_turn(crawler, CrawlTurn(sites, TurnStore(self._store, held.turn), self._work, held.lasts))
        task = asyncio.ensure_future(self._crawl(held, crawler))
        self._crawls[task] = (held, crawler)
        task.add_done_callback(self._crawls.pop)

    async def _crawl(self, held: Held, crawler: Crawler) -> None:
        """Crawl a site, and end its turn."""
        seeds = " ".join(site.url for site in self._plan.sites[held.turn.site])
        crashed = False
        try:
            await self._process.crawl(crawler, urls=seeds)
        except Exception:  # the edge of one site's crawl: the others go on
            logger.critical("%s: %s", held.turn.site, traceback.format_exc())
            crashed = True
        try:
            await self._end_turn(held, crawler, crashed=crashed)
        except StoreError as error:
            self._fail(error)
        finally:
            self._leases.drop(held)

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
        interrupted = self._ending.is_set() and was_interrupted(stats)
        if interrupted:
            end = partial(self._turns.give_back, held.turn, _delay_of(crawler, site))
        else:
            end = partial(self._finish, held, told[0])
        if not await self._in_thread(partial(patiently, end)):
            self._count_loss(site)
            return
        self.tally.given_back += interrupted
        self.tally.finished += not interrupted
        if not interrupted:
            self.tally.codes[code] += 1
            _say(told)
            await self._in_thread(partial(_notify, crawler.settings, code, told))

    def _finish(self, held: Held, said: str) -> bool:
        """End a turn that came to its end; return whether it was still ours."""
        sites = self._plan.sites[held.turn.site]
        wait = self._plan.rhythm.wait(sites, self._turns.first_due(held.turn.site), now())
        return self._turns.finish(held.turn, wait, said)

    def _count_loss(self, site: str) -> None:
        self.tally.lost += 1
        _say([f"{site}: the turn was lost: its lease ended, and what was not stored by then is left to others"])

    def _note_loss(self, held: Held) -> None:
        """Stop the crawl of a turn that is lost; called in another thread."""
        self._loop.call_soon_threadsafe(self._stop_crawl_of, held)

    def _stop_crawl_of(self, lost: Held) -> None:
        for held, crawler in self._crawls.values():
            if held is lost:
                _stop(crawler)

    async def _wait(self) -> None:
        """Wait until a crawl ends, the end is asked for, or it is time to look again."""
        ending = asyncio.ensure_future(self._ending.wait())
        await asyncio.wait([ending, *self._crawls], timeout=POLL_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        ending.cancel()

    async def _finish_crawls(self) -> None:
        """Let each crawl finish what is under way; one that is only just starting is asked again."""
        while self._crawls:
            for _, crawler in self._crawls.values():
                _stop(crawler)
            await asyncio.wait([*self._crawls], timeout=BEAT_SECONDS)

    async def _beat(self) -> None:
        """Show the watchdog that the loop goes on; and forget hosts' addresses now and then."""
        while True:
            for _ in range(int(NAMES_SECONDS / BEAT_SECONDS)):
                self._watchdog.beat()
                await asyncio.sleep(BEAT_SECONDS)
            dnscache.clear()

    async def _tell_watches(self) -> None:
        """Tell the targets of watches what is new, now and then, and once more at the end."""
        told = 0
        while not self._crawled.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._crawled.wait(), WATCHES_SECONDS)
            if self.tally.finished > told:
                told = self.tally.finished
                await self._in_thread(partial(tell_new, self._process.settings, COMMAND))

    def _fail(self, error: StoreError) -> None:
        """End because the database can't be used."""
        if self._failure is None:
            self._failure = error
            _say([str(error)])
        self._ending.set()

    def _stop_threads(self) -> None:
        self._leases.stop()
        self._watchdog.stop()
        self._work.close()

    def _in_thread(self, call: Callable[[], Answer]) -> Awaitable[Answer]:
        return self._loop.run_in_executor(self._threads, call)


def _stop(crawler: Crawler) -> None:
    """Let a crawl finish the requests that are under way, and end; one that has not started is left alone."""
    if crawler.crawling and crawler._engine is not None and crawler.engine.running:
        deferred_from_coro(crawler.stop_async())


def _delay_of(crawler: Crawler, site: str) -> timedelta:
    """Return the time between two requests to a site, which its next holder must keep to."""
    downloader = crawler.engine.downloader
    said: Mapping[str, Any] = downloader.per_slot_settings.get(site, {})
    return timedelta(seconds=max(float(said.get("delay") or 0), crawler.settings.getfloat("DOWNLOAD_DELAY")))


def _notify(settings: BaseSettings, code: ExitCode, told: Sequence[str]) -> None:
    _say(list(notify(settings, int(code), told)))


def _say(lines: Sequence[str]) -> None:
    sys.stderr.writelines(f"newsspider worker: {line}\n" for line in lines)
