"""The pool: one thread per worker process gives it pages, watches the clock and replaces it."""

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Any, Self, TypeVar

from newsspider.errors import ExtractionError
from newsspider.pool.limits import Limits
from newsspider.pool.worker_process import WorkerProcess
from newsspider.text import squash

Page = TypeVar("Page")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Task:
    """A page, the work on it, and the future of the result."""

    work: Callable[[Any], Any]
    page: Any
    future: "Future[Any]"


class Pool:
    """Worker processes that each work on one page at a time; `with` closes it."""

    def __init__(self, limits: Limits) -> None:
        """Start the threads; a process is started when there is a page for it."""
        self._limits = limits
        self._tasks: SimpleQueue[Task | None] = SimpleQueue()
        self._workers: set[WorkerProcess] = set()
        self._stopped = False
        self._threads = [Thread(target=self._work_off, daemon=True) for _ in range(limits.workers)]

        for thread in self._threads:
            thread.start()

    def submit(self, work: Callable[[Page], Result], page: Page) -> "Future[Result]":
        """Return the future result of a module's function for a page.

        The future's error is an ExtractionError if the page could not be finished: it took too long
        or too much memory, it raised, or its worker died.
        """
        future: Future[Result] = Future()
        self._tasks.put(Task(work, page, future))
        return future

    def close(self) -> None:
        """Finish the submitted pages, then end the workers."""
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join()

    def stop(self) -> None:
        """End the workers at once; waiting pages are cancelled."""
        self._stopped = True

        with suppress(Empty):
            while True:
                if task := self._tasks.get_nowait():
                    task.future.cancel()

        for worker in tuple(self._workers):
            worker.kill()

        self.close()

    def __enter__(self) -> Self:
        """Return the pool itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the pool; after an error, also Ctrl-C, waiting pages are cancelled."""
        if kind is None:
            self.close()
        else:
            self.stop()

    def _work_off(self) -> None:
        """Give pages to one worker after another, until there are no more."""
        worker: WorkerProcess | None = None

        while task := self._tasks.get():
            is_wanted = not self._stopped and task.future.set_running_or_notify_cancel()
            if is_wanted:
                worker = self._work_on(task, worker)

            del task  # a thread that waits for the next page holds none

        self._end(worker)

    def _work_on(self, task: Task, worker: WorkerProcess | None) -> WorkerProcess | None:
        """Settle a page's future and return the worker for the next page; None for a new one."""
        try:
            if worker is None or not worker.is_waiting():
                self._end(worker)
                worker = None
                worker = self._start()

            answer = worker.ask(task.work, task.page)
        except Exception as error:
            # The edge of the thread: without it pages would wait for ever
            self._end(worker)
            task.future.set_exception(_without_frames(error))
            return None

        if answer.failure is None:
            task.future.set_result(answer.value)
        else:
            task.future.set_exception(ExtractionError(answer.failure))

        if not answer.last:
            return worker

        self._end(worker)
        return None

    def _start(self) -> WorkerProcess:
        """Return a new worker."""
        worker = WorkerProcess(self._limits)
        self._workers.add(worker)
        if self._stopped:  # meanwhile: `stop` has not seen it
            worker.kill()
        return worker

    def _end(self, worker: WorkerProcess | None) -> None:
        """End a worker."""
        if worker:
            self._workers.discard(worker)
            worker.end()


def _without_frames(error: Exception) -> ExtractionError:
    """Return a copy of a page's error: the frames of the old one would keep the page in memory."""
    if isinstance(error, ExtractionError):
        return ExtractionError(str(error))
    return _no_worker(error)


def _no_worker(error: Exception) -> ExtractionError:
    """Return the error of a page that could not be given to a process."""
    return ExtractionError(
        f"no worker process could take it: {type(error).__name__}: {squash(str(error))}"
    )
