"""The same work on all cores, over data that is too large to be pickled.

Workers are forked, so they inherit the work and all that it closes over. Each has its own pipe, and
no lock is shared: `multiprocessing.Pool` waits forever when a worker dies while it holds the lock
of the pool's queue.
"""

import multiprocessing
import os
import pickle
import signal
import traceback
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, suppress
from importlib.util import find_spec
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from newsspider.errors import WorkerError

Job = TypeVar("Job")
Done = TypeVar("Done")
Work = Callable[[Any], Any]
Workers = dict[
    Connection, tuple[BaseProcess, int]
]  # by this side of the pipe: the process, and the job it is at


def map_in_parallel(
    work: Callable[[Job], Done],
    jobs: Sequence[Job],
    processes: int,
    *,
    advance: Callable[[], None] = lambda: None,
    if_died: Callable[[Job], Done] | None = None,
    name_of: Callable[[Job], str] | None = None,
) -> list[Done]:
    """Return the jobs' results in order, from forked processes where the system has them.

    Args:
        work: the function for a job; only its result is pickled.
        jobs: they are dealt one at a time to whichever worker is free.
        processes: number of workers; 1 = work in this process.
        advance: called in this process for each finished job.
        if_died: returns the result of a job whose worker died; without it the death is an error.
        name_of: names a job in that error; by default its number.

    Raises:
        WorkerError: a worker died, and there is no `if_died`.
        Exception: whatever the work raised, with the worker's traceback as a note.
    """
    results: dict[int, Any] = {}
    with closing(
        _iter_outcomes(work, jobs, processes)
    ) as outcomes:  # whatever happens, the workers are ended
        for index, result, error in outcomes:
            results[index] = result
            if isinstance(error, WorkerError):
                if if_died is None:
                    name = name_of(jobs[index]) if name_of else f"job {index + 1} of {len(jobs)}"
                    raise WorkerError(f"{name}: {error}")
                results[index] = if_died(jobs[index])
            elif error is not None:
                raise error

            advance()

    return [results[index] for index in range(len(jobs))]


def _iter_outcomes(
    work: Work, jobs: Sequence[Any], processes: int
) -> Generator[tuple[int, Any, Exception | None], None, None]:
    """Yield (index, result, error) of each job as it is finished."""
    if processes < 2 or len(jobs) < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield from ((index, work(job), None) for index, job in enumerate(jobs))
        return

    waiting = iter(range(len(jobs)))
    workers: Workers = {}
    try:
        for index in islice(waiting, processes):
            _start_worker(work, jobs, workers, index)

        while workers:
            for pipe in wait(list(workers)):
                assert isinstance(pipe, Connection)
                process, index = workers[pipe]
                try:
                    result, error = pickle.loads(pipe.recv_bytes())
                except (
                    EOFError,
                    OSError,
                ):  # its death closes the pipe, perhaps in the middle of a result
                    _end_worker(pipe, workers)
                    result, error = (
                        None,
                        WorkerError(f"the worker process died ({_how_it_ended(process)})"),
                    )

                following = next(waiting, None)
                if following is None:
                    _end_worker(pipe, workers)
                elif pipe in workers:
                    _deal(pipe, process, workers, following)
                else:
                    _start_worker(work, jobs, workers, following)

                yield index, result, error
    finally:
        for pipe in list(workers):
            _end_worker(pipe, workers)


def _start_worker(work: Work, jobs: Sequence[Any], workers: Workers, index: int) -> None:
    ours, theirs = multiprocessing.Pipe()
    inherited = [*workers, ours]
    process = multiprocessing.get_context("fork").Process(
        target=_work_on, args=(work, jobs, theirs, inherited), daemon=True
    )
    process.start()
    theirs.close()  # the worker holds the only other end: it is closed when the worker dies
    _deal(ours, process, workers, index)


def _deal(pipe: Connection, process: BaseProcess, workers: Workers, index: int) -> None:
    workers[pipe] = process, index
    with suppress(OSError):  # it has just died, which the next wait notices
        pipe.send(index)


def _end_worker(pipe: Connection, workers: Workers) -> None:
    if pipe in workers:
        process, _ = workers.pop(pipe)
        pipe.close()
        process.kill()
        process.join()


def _how_it_ended(process: BaseProcess) -> str:
    code = process.exitcode or 0
    if code == -signal.SIGKILL:
        return "killed: perhaps the system is out of memory"
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def _work_on(
    work: Work, jobs: Sequence[Any], pipe: Connection, inherited: list[Connection]
) -> None:
    """In the worker: do the jobs whose numbers come through the pipe, until the other side closes it."""
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C reaches every process; the parent ends its workers itself
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for other in inherited:
        other.close()  # else its siblings would not notice the parent's death

    _limit_threads()
    with suppress(EOFError, OSError):
        while True:
            pipe.send_bytes(_outcome(work, jobs[pipe.recv()]))


def _limit_threads() -> None:
    """Keep to one thread: there are as many processes as cores, so more threads would wait for one another."""
    os.environ["OMP_NUM_THREADS"] = "1"  # read by libraries that the work is yet to load
    if find_spec("threadpoolctl") is not None:  # comes with scikit-learn, the extra of training
        from threadpoolctl import threadpool_limits

        threadpool_limits(1)  # of libraries that are loaded


def _outcome(work: Work, job: Any) -> bytes:
    """Return a job's result and its error, pickled; one of them is None."""
    try:
        return pickle.dumps((work(job), None))
    except Exception as error:  # the edge of a process: the parent raises it
        error.add_note(traceback.format_exc())
        with suppress(Exception):
            packed = pickle.dumps((None, error))
            pickle.loads(packed)  # some errors can be pickled but not unpickled
            return packed
        return pickle.dumps((None, RuntimeError(f"{type(error).__name__}: {error}")))
