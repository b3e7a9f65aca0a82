"""A worker process: it receives pages and answers with results, until it has grown too large."""

import gc
import os
import resource
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from newsspider.mending.parsers import load_parsers

PAGES_PER_WORKER = 2_000  # then it is replaced, which bounds what libraries leak
# A page makes 100,000 small objects and a dozen cycles: looking for those amid its work costs 1 to
# 2 % of it.
PAGES_PER_COLLECTION = 50
# Of the memory limit still held after a page: the next one would be short of memory through no
# fault
LARGE_SHARE = 0.5
# After a page's time by the clock a worker that nobody ended, its parent being dead, ends itself
ORPHAN_SECONDS = 5.0
OUT_OF_TIME = signal.SIGPROF  # ends a worker whose page took too much processor time, in C code too
# The parent goes first: it feeds all workers, and in a crawl its event loop must not wait for them
NICENESS = 5
MIB = 1 << 20


@dataclass(frozen=True)
class Answer:
    """The result of the work on a page.

    Attributes:
        value: the value that the work returned.
        failure: why it returned nothing, or None.
        last: whether the worker ends with this page.
    """

    value: Any = None
    failure: str | None = None
    last: bool = False


def serve_pages(
    connection: Connection,
    deadline: float,
    clock_deadline: float,
    memory: int,
    parsers: Sequence[str] = (),
) -> None:
    """Answer (work, page) after (work, page) until the other end is closed.

    Args:
        connection: the first message through it, None, says that the worker is ready.
        deadline: seconds of processor time per page; then OUT_OF_TIME ends the process.
        clock_deadline: seconds per page by the clock; the parent watches them, and this process if
            the parent died.
        memory: MiB of address space while a page is worked on.
        parsers: modules with mends; imported here, so that no page is charged for it.
    """
    _set_signals()
    os.nice(NICENESS)
    load_parsers(parsers)

    with suppress(EOFError, OSError):  # the parent has closed its end, or died
        connection.send(None)

        for number in range(1, PAGES_PER_WORKER + 1):
            work, page = connection.recv()
            answer = answer_page(work, page, deadline, clock_deadline, memory)

            is_large = resident_bytes() > LARGE_SHARE * memory * MIB
            last = answer.last or is_large or number == PAGES_PER_WORKER
            connection.send(Answer(answer.value, answer.failure, last))

            if last:
                return

            if number % PAGES_PER_COLLECTION == 0:
                gc.collect()


def _set_signals() -> None:
    """Ignore the signals that the parent handles for all, and end at once at all others."""
    for name in (signal.SIGINT, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)
    for name in (signal.SIGTERM, signal.SIGALRM, OUT_OF_TIME):
        # Python's own handlers would wait for libxml2 to return.
        signal.signal(name, signal.SIG_DFL)


def answer_page(
    work: Callable[[Any], Any], page: object, deadline: float, clock_deadline: float, memory: int
) -> Answer:
    """Do the work on a page within the limits."""
    unlimited = _limit_memory(memory)
    _set_timers(deadline, clock_deadline + ORPHAN_SECONDS)

    try:
        try:
            value = work(page)
        finally:
            # First, and without a `with`: to unwind one, Python needs memory for a number, and
            # without memory it tries for ever.
            if unlimited:
                resource.setrlimit(resource.RLIMIT_AS, unlimited)
            _set_timers(0, 0)
    except MemoryError:
        return Answer(failure=f"needed more than {memory} MiB of memory", last=True)
    except Exception as error:
        # The edge of the process: an error must cost this page only
        return Answer(failure=f"{type(error).__name__}: {error}")

    return Answer(value)


def _limit_memory(mib: int) -> tuple[int, int] | None:
    """Limit the address space, and return its limits before; None if the system refuses."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    hard = before[1]
    most = mib * MIB if hard == resource.RLIM_INFINITY else min(mib * MIB, hard)

    try:
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    except ValueError:  # macOS has the limit in name only
        return None

    return before


def _set_timers(processor_seconds: float, clock_seconds: float) -> None:
    """End this process after seconds of processor time or by the clock; 0 for no limit."""
    signal.setitimer(signal.ITIMER_PROF, processor_seconds)
    signal.setitimer(signal.ITIMER_REAL, clock_seconds)


def resident_bytes() -> int:
    """Return the memory of this process; its peak if the system does not report the present."""
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
