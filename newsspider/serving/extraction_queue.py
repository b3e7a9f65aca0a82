"""A queue of pages: many requests wait in it, and a few pages at a time go to the worker processes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import TypeVar

from newsspider.errors import NewsspiderError, PageError
from newsspider.pages.raw_page import RawPage
from newsspider.pool import Limits, Pool, extract_raw
from newsspider.pool.inspect_job import Explained, explain_raw
from newsspider.record import ArticleRecord
from newsspider.text import count_of

PLACES_PER_WORKER = 2  # pages in memory: one in work, one that follows at once
MAX_WAITING = 1_000  # requests; their bodies wait in the clients
RETRY_SECONDS = 10  # for a client that was sent away

Result = TypeVar("Result")


class BusyError(NewsspiderError):
    """Too many requests wait, or the server is about to end."""


class ExtractionQueue:
    """Extraction for requests, within the limits of the pool."""

    def __init__(self, limits: Limits, max_waiting: int = MAX_WAITING) -> None:
        """Open it; its workers start with the first pages."""
        self._pool = Pool(limits)
        self._witness = limits.witness
        self._places = asyncio.Semaphore(limits.workers * PLACES_PER_WORKER)
        self._max_waiting = max_waiting
        self._is_closing = False
        self.waiting = 0

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Wait for a place: only those who have one may hold a page in memory.

        Raises:
            BusyError: too many wait, or the server ends.
        """
        if self.waiting >= self._max_waiting:
            raise BusyError(f"{count_of(self.waiting, 'page')} waiting: try again later")
        self.waiting += 1
        try:
            await self._places.acquire()
        finally:
            self.waiting -= 1
        try:
            if self._is_closing:
                raise BusyError("the server is about to end: try again later")
            yield
        finally:
            self._places.release()

    async def extract(self, raw: RawPage) -> ArticleRecord:
        """Return the record of a page, by the way that every page takes.

        Raises:
            PageError: the page could not be finished.
        """
        return await self._work(extract_raw, raw)

    async def explain(self, raw: RawPage) -> Explained:
        """Return the reasons behind the record of a page.

        Raises:
            PageError: the page can't be read or could not be finished.
            BusyError: too many wait, or the server ends.
        """
        async with self.place():
            explained = await self._work(explain_raw, raw)
        if isinstance(explained, PageError):
            raise explained
        return explained

    def begin_closing(self) -> None:
        """Send those away who wait, and those who come."""
        self._is_closing = True

    def close(self) -> None:
        """End the workers."""
        self._pool.stop()

    async def _work(self, work: Callable[..., Result], raw: RawPage) -> Result:
        return await asyncio.wrap_future(
            self._pool.submit(partial(work, witness=self._witness), raw)
        )
