"""One worker that is forked from this process: for a few pages, where a server costs more than it brings.

The server of the pool is a Python of its own, which imports everything once more and extracts a page
to warm up: a third of a second. It pays from some ten pages on.
"""

import gc
import os
import sys
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from threading import active_count
from typing import TypeVar

from newsspider.pool.limits import Limits
from newsspider.pool.one_thread import keep_numpy_to_one_thread
from newsspider.pool.worker import MIB
from newsspider.pool.worker_process import WorkerProcess
from newsspider.pool.workers import Pool, Task

FEW_PAGES = 8  # beyond them two workers of a server are done earlier than one of a fork
# Seconds; with less, a first page could fail because it loads tables on first use.
LEAST_DEADLINE = 5.0
# Of address space, which counts towards the memory limit of a fork. The command has 40; with an
# open database it has a thousand.
MOST_MIB = 100

Page = TypeVar("Page")
Result = TypeVar("Result")


def can_fork(limits: Limits) -> bool:
    """Whether this process may be copied: it is small and has one thread, and none of numpy's.

    Only on Linux: the system's own libraries of macOS may start threads that a copy lacks.
    """
    if sys.platform != "linux":
        return False

    is_single = active_count() == 1 and "numpy" not in sys.modules
    return is_single and limits.deadline >= LEAST_DEADLINE and _address_space() <= MOST_MIB * MIB


class ForkedWorker(Pool):
    """A pool whose pages are done one after another, when they are submitted."""

    def __init__(self, limits: Limits) -> None:
        """Import extraction, so that it is there in each fork."""
        super().__init__(replace(limits, workers=0))
        self._worker: WorkerProcess | None = None
        _import_extraction(limits)

    def submit(self, work: Callable[[Page], Result], page: Page) -> "Future[Result]":
        """Return the result of a module's function for a page, as `Pool.submit` does."""
        future: Future[Result] = Future()
        future.set_running_or_notify_cancel()
        self._worker = self._work_on(Task(work, page, future), self._worker)
        return future

    def close(self) -> None:
        """End the worker."""
        self._end(self._worker)
        self._worker = None

    def _start(self) -> WorkerProcess:
        """Return a new worker."""
        worker = WorkerProcess(self._limits, "fork")
        self._workers.add(worker)
        return worker


def _address_space() -> int:
    """Return the bytes of this process's address space."""
    pages = Path("/proc/self/statm").read_text().split()[0]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _import_extraction(limits: Limits) -> None:
    """Import the modules that a page needs, with one thread for numpy."""
    keep_numpy_to_one_thread()
    gc.disable()  # modules are not garbage, and looking for it in them takes 15 ms
    import_module("newsspider.extraction.article")
    from newsspider.extraction.model.shipped import load_readers

    load_readers()
    if limits.witness == "always":  # "unsure": the first page that asks it pays for its import
        from newsspider.extraction.trafilatura_extractor import load_trafilatura

        load_trafilatura()
    gc.freeze()
    gc.enable()
