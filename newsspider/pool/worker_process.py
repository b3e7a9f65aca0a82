"""A worker process, seen from the outside."""

import gc
import multiprocessing
import os
import signal
import socket
import stat
import struct
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from functools import partial
from multiprocessing.connection import Connection, wait
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Any, Literal

from newsspider.errors import ExtractionError
from newsspider.extraction.witness_policy import WitnessPolicy
from newsspider.pool.limits import Limits
from newsspider.pool.worker import OUT_OF_TIME, Answer, serve_pages

# To be forked from the server, or on a busy machine to import everything by itself
START_SECONDS = 60.0
END_SECONDS = 5.0  # for a worker to end
# An exit code can be read once, and starting a process reads those of all that have ended: one
# thread at a time.
_REAPING = Lock()

StartMethod = Literal["forkserver", "fork"]
# The imports of the server, by the use of trafilatura, whose import takes a tenth of a second.
_PRELOAD = "newsspider.pool.preload"
_PRELOAD_TRAFILATURA = "newsspider.pool.preload_trafilatura"
PRELOADED: dict[WitnessPolicy, tuple[str, ...]] = {
    "always": (_PRELOAD, _PRELOAD_TRAFILATURA),
    "unsure": (_PRELOAD, _PRELOAD_TRAFILATURA),
    "never": (_PRELOAD,),
}


class WorkerProcess:
    """A worker process, seen from the outside."""

    def __init__(self, limits: Limits, method: StartMethod = "forkserver") -> None:
        """Start it and wait until it is ready, so that no page is charged for that.

        Args:
            limits: of its pages.
            method: "fork" copies this process, which must have one thread and have imported extraction.

        Raises:
            ExtractionError: it did not become ready.
            OSError: the system has no room for another process.
        """
        context: Any = multiprocessing.get_context(method)
        if method == "forkserver":
            context.set_forkserver_preload(list(PRELOADED[limits.witness]))

        self._limits = limits
        self._connection, theirs = context.Pipe()
        _set_send_timeout(self._connection.fileno(), limits.clock_deadline)
        arguments = (theirs, limits.deadline, limits.clock_deadline, limits.memory, limits.parsers)
        serve = partial(_serve_copied, self._connection) if method == "fork" else serve_pages
        self._process = context.Process(
            target=serve, args=arguments, name="newsspider worker", daemon=True
        )

        try:
            with _REAPING, _hidden_main() if method == "forkserver" else nullcontext():
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
        has_ended = wait([self._process.sentinel], END_SECONDS)
        with _REAPING:
            if has_ended:
                self._process.join(END_SECONDS)  # a fork's pipes close a moment before it has ended
            code: int | None = self._process.exitcode
            return code


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


def _serve_copied(parents_end: Connection, *arguments: Any) -> None:
    """Answer pages in a copy of the parent, without the parent's files.

    The parent's death must close its end of the pipe, and must end its locks on its outputs.
    """
    parents_end.close()
    _close_files()
    gc.disable()  # as in the server: a worker looks for cycles between pages
    serve_pages(*arguments)


def _close_files() -> None:
    """Close the files and folders that this process got from its parent, but no pipe and no socket."""
    for name in [each.name for each in Path("/dev/fd").iterdir()]:
        with suppress(OSError):  # the listing's own descriptor is gone
            mode = os.fstat(int(name)).st_mode
            if int(name) > sys.stderr.fileno() and (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
                os.close(int(name))
