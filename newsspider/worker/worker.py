"""The worker: takes sites that are due, crawls some tens of them at once in one reactor, finishes each by itself."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TypeVar

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.resolver import dnscache

from newsspider.crawl.extraction.worker_pool import WorkerPool
from newsspider.errors import ExitCode, StoreError
from newsspider.store.retrying import with_retries
from newsspider.store.store import Store
from newsspider.worker.leases import Held, Leases
from newsspider.worker.turn_crawls import Means, Plan, TurnCrawls, say
from newsspider.worker.turn_results import TurnResults
from newsspider.worker.upkeep import Upkeep
from newsspider.worker.watchdog import Watchdog

# Until the queue is asked again; one that finds nothing reads a few rows of an index
POLL_SECONDS = 2.0
BEAT_SECONDS = 1.0
NAMES_SECONDS = 600.0  # for which addresses of hosts are remembered; Scrapy, made for runs that end, forgets none
UPKEEP_SECONDS = 60.0  # between two rounds of alerts, reports and retention
THREADS = 4  # that wait for the database, and tell of turns that ended badly

Answer = TypeVar("Answer")


class WorkerProcess(AsyncCrawlerProcess):
    """Scrapy's process: on Ctrl-C and SIGTERM it ends after its worker has given its sites back."""

    worker: "Worker | None" = None

    async def stop(self) -> None:
        """Let the worker end."""
        if self.worker:
            await self.worker.end()


class Worker:
    """A worker in a process of Scrapy's."""

    def __init__(self, process: WorkerProcess, store: Store, work: WorkerPool, plan: Plan) -> None:
        """Crawl into a store."""
        self._process = process
        self._work = work
        self._plan = plan
        self._leases = Leases(store.turns(), plan.edition, plan.lease, self._note_loss)
        self._watchdog = Watchdog(lambda: self._leases.sites)
        self._upkeep = Upkeep(process.settings)
        self._threads = ThreadPoolExecutor(THREADS, "newsspider queue")
        self._loop = asyncio.get_event_loop()
        self._ending = asyncio.Event()
        self._crawled = asyncio.Event()
        self._ended = asyncio.Event()
        self._failure: StoreError | None = None
        means = Means(process, store, work, self._threads)
        self._crawls = TurnCrawls(means, plan, self._ending.is_set, self._fail)
        process.worker = self

    @property
    def results(self) -> TurnResults:
        """The results of the turns so far."""
        return self._crawls.results

    @property
    def exit_code(self) -> ExitCode:
        """How the worker ended: on request is fine for one that runs until then, an interruption with `once`."""
        if self._failure:
            return self._failure.exit_code
        if not self._ended.is_set():
            return ExitCode.INTERRUPTED  # by force
        worst = self.results.worst
        if (
            self._ending.is_set()
            and self._plan.once
            and worst in {ExitCode.FINE, ExitCode.SOME_PAGES_FAILED}
        ):
            return ExitCode.INTERRUPTED
        return worst

    def start(self) -> "asyncio.Task[None]":
        """Let it work as soon as the process's event loop runs."""
        return self._loop.create_task(self._run())

    async def _run(self) -> None:
        """Take and crawl sites until the end; then stop the process."""
        beats = asyncio.ensure_future(self._beat())
        upkeep = asyncio.ensure_future(self._keep_up())
        self._leases.start()
        self._watchdog.start()
        try:
            while not self._ending.is_set():
                await self._take()
                if self._plan.once and not self._crawls.tasks:
                    break
                await self._wait()
            await self._crawls.finish()
            self._crawled.set()
            await upkeep
        finally:
            beats.cancel()
            await self._in_thread(self._stop_threads)
            self._ended.set()
            self._process._stop_reactor()

    async def end(self) -> None:
        """Take no more sites, finish the requests under way, and give the sites back; at once if asked again."""
        if not self._ending.is_set() and not self._ended.is_set():
            self._ending.set()
            await self._ended.wait()

    async def _take(self) -> None:
        """Take as many sites as there is room for, and begin with them."""
        room = self._plan.concurrency - len(self._crawls.tasks)
        if room <= 0:
            return
        try:
            taken = await self._in_thread(partial(with_retries, partial(self._leases.take, room)))
        except StoreError as error:
            self._fail(error)
            return
        for held in taken:
            task = self._crawls.begin(held)
            task.add_done_callback(partial(self._let_go, held))

    async def _wait(self) -> None:
        """Wait until a crawl ends, the end is asked for, or it is time to look again."""
        ending = asyncio.ensure_future(self._ending.wait())
        await asyncio.wait(
            [ending, *self._crawls.tasks], timeout=POLL_SECONDS, return_when=asyncio.FIRST_COMPLETED
        )
        ending.cancel()

    def _let_go(self, held: Held, _ended: "asyncio.Task[None]") -> None:
        self._leases.drop(held)

    def _note_loss(self, held: Held) -> None:
        """Stop the crawl of a turn that is lost; called in another thread."""
        self._loop.call_soon_threadsafe(self._crawls.stop_one, held)

    async def _beat(self) -> None:
        """Show the watchdog that the loop goes on; and forget hosts' addresses now and then."""
        while True:
            for _ in range(int(NAMES_SECONDS / BEAT_SECONDS)):
                self._watchdog.beat()
                await asyncio.sleep(BEAT_SECONDS)
            dnscache.clear()

    async def _keep_up(self) -> None:
        """Do the work of a crawl's end now and then, and once more at the end."""
        while not self._crawled.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._crawled.wait(), UPKEEP_SECONDS)
            finished, is_last = self.results.finished, self._crawled.is_set()
            await self._in_thread(partial(self._upkeep.look, finished, is_last=is_last))

    def _fail(self, error: StoreError) -> None:
        """End because the database can't be used."""
        if self._failure is None:
            self._failure = error
            say([str(error)])
        self._ending.set()

    def _stop_threads(self) -> None:
        self._leases.stop()
        self._watchdog.stop()
        self._work.close()

    def _in_thread(self, call: Callable[[], Answer]) -> Awaitable[Answer]:
        return self._loop.run_in_executor(self._threads, call)
