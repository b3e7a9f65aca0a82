"""The same work on all cores, over data that is too large to be pickled."""

import multiprocessing
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

Job = TypeVar("Job")
Done = TypeVar("Done")

_work: list[Callable[[Any], Any]] = []  # inherited by the forked workers, with all that it closes over


def map_in_parallel(work: Callable[[Job], Done], jobs: Sequence[Job], processes: int) -> list[Done]:
    """Return the jobs' results in order, from forked processes where the system has them."""
    if processes < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return [work(job) for job in jobs]
    _work[:] = [work]
    try:
        with multiprocessing.get_context("fork").Pool(processes) as pool:
            return pool.map(_call, jobs, chunksize=max(1, min(16, len(jobs) // (4 * processes))))
    finally:
        _work.clear()


def _call(job: Any) -> Any:
    from threadpoolctl import threadpool_limits  # comes with scikit-learn, the extra of training

    with threadpool_limits(1):  # the processes are as many as the cores: threads in each would wait for one another
        return _work[0](job)
