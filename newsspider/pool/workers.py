"""The pool: one thread per worker process gives it pages, watches the clock and replaces it."""

import multiprocessing
import os
import signal
import socket
import struct
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import wait
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from types import ModuleType, TracebackType
from typing import Any, Self, TypeVar

from newsspider.errors import ExtractionError
from newsspider.pool.limits import Limits
from newsspider.pool.worker import OUT_OF_TIME, Answer, serve_pages
from newsspider.text import squash

# To be forked from the server, or on a busy machine to import everything by itself
START_SECONDS = 60.0
END_SECONDS = 5.0  # for a worker to end
# An exit code can be read once, and starting a process reads those of all that have ended: one
# thread at a time.
_REAPING = Lock()

Page = TypeVar("Page")
Result = TypeVar("Result")


@dataclass(frozen=True)
class _Task:
    """A page, the work on it, and the future of the result."""

    work: Callable[[Any], Any]
    page: Any
    future: "Future[Any]"


class Pool:
    """Worker processes that each work on one page at a time; `with` closes it."""

    def __init__(self, limits: Limits) -> None:
        """Start the threads; a process is started when there is a page for it."""
        self._limits = limits
        self._tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self._workers: set[_Worker] = set()
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
        self._tasks.put(_Task(work, page, future))
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
        worker: _Worker | None = None

        while task := self._tasks.get():
            is_wanted = not self._stopped and task.future.set_running_or_notify_cancel()
            if is_wanted:
                worker = self._work_on(task, worker)

            del task  # a thread that waits for the next page holds none

        self._end(worker)

    def _work_on(self, task: _Task, worker: "_Worker | None") -> "_Worker | None":
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

    def _start(self) -> "_Worker":
        """Return a new worker."""
        worker = _Worker(self._limits)
        self._workers.add(worker)
        if self._stopped:  # meanwhile: `stop` has not seen it
            worker.kill()
        return worker

    def _end(self, worker: "_Worker | None") -> None:
        """End a worker."""
        if worker:
            self._workers.discard(worker)
            worker.end()


class _Worker:
    """A worker process, seen from the outside."""

    def __init__(self, limits: Limits) -> None:
        """Start it and wait until it is ready, so that no page is charged for that.

        Raises:
            ExtractionError: it did not become ready.
            OSError: the system has no room for another process.
        """
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["newsspider.pool.preload"])
        self._limits = limits
        self._connection, theirs = context.Pipe()
        _set_send_timeout(self._connection.fileno(), limits.clock_deadline)
        arguments = (theirs, limits.deadline, limits.clock_deadline, limits.memory, limits.parsers)
        self._process = context.Process(
            target=serve_pages, args=arguments, name="newsspider worker", daemon=True
        )

        try:
            with _REAPING, _hidden_main():
                self._process.start()
        finally:
            theirs.close()  # the worker's death must close its end

        self._receive(START_SECONDS, f"no worker process became ready within {START_SECONDS:.0f} s")

    def is_waiting(self) -> bool:
        """Whether it is still alive: only from a dead worker there is something to read."""
        return not self._connection.poll(0)

    def ask(self, work: Callable[[Any], Any], page: object) -> Answer:
        """Return the result for a page.

        Raises:
            ExtractionError: a deadline passed, or the worker died; it can't be used after that.
        """
        too_late = f"not finished within {self._limits.clock_deadline:g} s"

        try:
            self._connection.send((work, page))
        except BlockingIOError as error:
            # It is stopped, with half of a page in the pipe
            self.kill()
            raise ExtractionError(too_late) from error
        except OSError as error:
            raise ExtractionError(self._cause_of_death()) from error

        answer = self._receive(self._limits.clock_deadline, too_late)
        assert isinstance(answer, Answer)

        return answer

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    def end(self) -> None:
        """Tell it to end, and kill it if it doesn't."""
        self._connection.close()
        if self._reap() is None:
            self.kill()
            self._reap()

    def _receive(self, seconds: float, too_late: str) -> object:
        """Return its next message.

        Raises:
            ExtractionError: none came in time, or it died.
        """
        try:
            if self._connection.poll(seconds):
                return self._connection.recv()
        except (EOFError, OSError) as error:
            raise ExtractionError(self._cause_of_death()) from error

        self.kill()
        raise ExtractionError(too_late)

    def _cause_of_death(self) -> str:
        """Return the cause of its death."""
        code = self._reap()
        if code == -OUT_OF_TIME:
            return f"took longer than {self._limits.deadline:g} s"

        cause = f"exit code {code}"
        if code is not None and code < 0:
            cause = signal.Signals(-code).name

        return f"the worker process died ({cause})"

    def _reap(self) -> int | None:
        """Return its exit code, or None if it is still running."""
        wait([self._process.sentinel], END_SECONDS)
        with _REAPING:
            return self._process.exitcode


@contextmanager
def _hidden_main() -> Iterator[None]:
    """Hide the program's main module while a worker is started.

    multiprocessing would make each worker import it: a script without `if __name__ == "__main__"`
    would run once more in each of them, and no worker needs it.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _set_send_timeout(descriptor: int, seconds: float) -> None:
    """Make sending through a pair of sockets fail if it makes no progress for some time."""
    with socket.socket(fileno=os.dup(descriptor)) as shared:  # its options are the pair's own
        whole, fraction = divmod(seconds, 1)
        shared.setsockopt(
            socket.SOL_SOCKET,
            socket.SO_SNDTIMEO,
            struct.pack("ll", int(whole), int(fraction * 1e6)),
        )


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
