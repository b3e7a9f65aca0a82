"""The worker processes of one crawl, or of all crawls in this process, with the waiting requests."""

from collections.abc import Callable
from typing import TypeVar

from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred

from newsspider.crawl.extraction.futures import result_of
from newsspider.pool import Pool
from newsspider.pool.limits import Limits

PAGES_AHEAD = 2  # pages that wait for each worker; with more, requests wait too

Page = TypeVar("Page")
Result = TypeVar("Result")


class WorkerPool:
    """Worker processes, started with the first page.

    Attributes:
        waiting: pages that are with the workers or in their queue.
    """

    def __init__(self, limits: Limits) -> None:
        """Keep the limits; start no process yet."""
        self.waiting = 0
        self._limits = limits
        self._pool: Pool | None = None
        self._held: list[Deferred[None]] = []  # requests that wait for room

    @property
    def has_room(self) -> bool:
        """Whether another page may be fetched for the workers."""
        return self.waiting < max(1, self._limits.workers) * (1 + PAGES_AHEAD)

    async def do(self, work: Callable[[Page], Result], page: Page) -> Result:
        """Return the result of a function, called in a worker process.

        Raises:
            ExtractionError: a worker could not finish the page.
        """
        if self._limits.workers == 0:
            return work(page)

        self._pool = self._pool or Pool(self._limits)
        self.waiting += 1
        try:
            return await result_of(self._pool.submit(work, page))
        finally:
            self.waiting -= 1
            self._release()

    async def wait_for_room(self) -> None:
        """Return when another page may be fetched."""
        if not self.has_room:
            self._held.append(Deferred())
            await maybe_deferred_to_future(self._held[-1])

    def close(self) -> None:
        """End the workers. All pages are done by now."""
        if self._pool:
            self._pool.close()

    def _release(self) -> None:
        """Release all waiting requests if there is room.

        Releasing only one could block the others: it may bring no page, so that nothing makes room
        again.
        """
        if self.has_room:
            held, self._held = self._held, []
            for deferred in held:
                deferred.callback(None)
