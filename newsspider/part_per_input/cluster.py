"""A run over many inputs on a Dask cluster: one task per input, each with a pool of its own.

The pool inside the task is needed: without it a page that kills its process takes the worker with it, and Dask runs the
task again on the next worker, until four workers are dead.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from multiprocessing import current_process
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any
from uuid import uuid4

from newsspider.errors import (
    ClusterError,
    NewsspiderError,
    OutputError,
    UnreadableError,
    UsageError,
)
from newsspider.part_per_input import LOCAL
from newsspider.part_per_input.dask_connection import WORKERS_SECONDS, connect_to_cluster
from newsspider.part_per_input.destinations import open_parts
from newsspider.part_per_input.make_part import Part, Recipe, make_part
from newsspider.part_per_input.part_names import Input
from newsspider.part_per_input.running import Outcome, Progress

STOP_SECONDS = 5.0  # for workers to hear that a run was interrupted
POLL_SECONDS = 10.0  # between looks at the cluster while no task ends
REPORT_SECONDS = 1.0  # between a task's reports of its pages
RETRIES = 2  # of a task whose input could not be read; a worker's death does not count

_stopped: set[str] = set()  # runs that were interrupted, in a worker


def make_parts_on_cluster(
    inputs: Iterable[Input], out: str, recipe: Recipe, address: str, progress: Progress
) -> Iterator[Outcome]:
    """Yield the outcome of each input as its task ends. An iterator that is closed early stops the tasks.

    Args:
        inputs: their locations must be the same on all workers.
        out: an absolute path or a URL that all workers can write to.
        recipe: how parts are made; `limits.workers` processes work on the pages of one task.
        address: of the scheduler, or LOCAL for a cluster of `limits.workers` tasks with one process each.
        progress: is told from all tasks.

    Raises:
        UsageError: Dask is not installed, no scheduler answers, or the workers can't make parts.
        OutputError: a part can't be written.
        ClusterError: the scheduler or all workers are gone.
    """
    task_recipe = _of_task(recipe, address)
    with connect_to_cluster(address, recipe.limits.workers, recipe.limits.parsers) as client:
        run = uuid4().hex
        _subscribe(client, run, progress)
        ended: SimpleQueue[Any] = SimpleQueue()
        tasks: dict[str, tuple[Any, Input]] = {}
        try:
            for given in inputs:
                key = f"newsspider-{run}-{given.part_name}"
                future = client.submit(
                    _run_task, given, out, task_recipe, run, key=key, retries=RETRIES, pure=False
                )
                tasks[key] = (future, given)
                future.add_done_callback(ended.put)
            while tasks:
                future = _next_ended(client, ended)
                _, given = tasks.pop(future.key)
                outcome = _outcome_of(future, given)
                progress.note_input()
                yield outcome
        except BaseException:
            _stop(client, run, [future for future, _ in tasks.values()])
            raise


def _of_task(recipe: Recipe, address: str) -> Recipe:
    """Return the recipe as each task has it."""
    return replace(recipe, limits=replace(recipe.limits, workers=1)) if address == LOCAL else recipe


def _next_ended(client: Any, ended: "SimpleQueue[Any]") -> Any:
    """Return the next task that has ended.

    Raises:
        ClusterError: the scheduler is gone, or no worker is left.
    """
    workers_seen = monotonic()
    while True:
        try:
            return ended.get(timeout=POLL_SECONDS)
        except Empty:
            pass
        if client.status != "running":
            raise ClusterError("the Dask scheduler is gone")
        with suppress(Exception):  # it is just going away: the next look says so
            if client.nthreads():
                workers_seen = monotonic()
        if monotonic() - workers_seen > WORKERS_SECONDS:
            raise ClusterError(f"no Dask worker has been there for {WORKERS_SECONDS:.0f} s")


def _outcome_of(future: Any, given: Input) -> Outcome:
    """Return the result for a task's input.

    Raises:
        UsageError, OutputError: no task can succeed.
        ClusterError: the scheduler is gone.
    """
    from distributed import CancelledError, KilledWorker

    try:
        result = future.result()
    except CancelledError as error:
        raise ClusterError("the Dask scheduler is gone") from error
    except KilledWorker as error:
        problem = f"{given.source}: its Dask worker died {error.allowed_failures + 1} times"
        return Outcome(given, problem=problem)
    except UnreadableError as error:
        return Outcome(given, problem=str(error))
    except Exception as error:  # the task's edge: a fault must cost its input only
        return Outcome(
            given, problem=f"{given.source}: {type(error).__name__}: {' '.join(str(error).split())}"
        )
    if isinstance(result, NewsspiderError):
        raise result
    return Outcome(given, result)


def _run_task(given: Input, out: str, recipe: Recipe, run: str) -> Part | NewsspiderError:
    """Make the part of an input in a worker; an error that another try can't mend is returned.

    Raises:
        UnreadableError: the input can't be read.
    """
    from distributed import get_worker

    current_process().daemon = False  # of a worker that was started with other settings than ours
    worker = get_worker()
    reporter = _Reporter(worker, given.part_name, run)
    try:
        part = make_part(given, open_parts(out, recipe.form), recipe, reporter.advance)
    except UnreadableError as error:
        raise UnreadableError(f"{error} (on worker {worker.address})") from error
    except (UsageError, OutputError, ClusterError) as error:
        return type(error)(f"{error} (on worker {worker.address})")
    reporter.report()
    return part


class _Reporter:
    """Tells the client how many pages of a task are done."""

    def __init__(self, worker: Any, name: str, run: str) -> None:
        """Report from a worker."""
        self._worker = worker
        self._name = name
        self._run = run
        self._pages = 0
        self._reported = monotonic()

    def advance(self) -> None:
        """Count a page.

        Raises:
            ClusterError: the run was interrupted.
        """
        self._pages += 1
        if self._run in _stopped:
            raise ClusterError("interrupted")
        if monotonic() - self._reported > REPORT_SECONDS:
            self.report()

    def report(self) -> None:
        """Send the number of pages."""
        self._worker.log_event(_topic(self._run), [self._name, self._pages])
        self._reported = monotonic()


def _topic(run: str) -> str:
    return f"newsspider-{run}"


def _subscribe(client: Any, run: str, progress: Progress) -> None:
    """Let the reports of a run's tasks reach its progress."""

    def note(event: tuple[float, tuple[str, int]]) -> None:
        name, pages = event[1]
        progress.note_pages(name, pages)

    client.subscribe_topic(_topic(run), note)


def _stop(client: Any, run: str, futures: list[Any]) -> None:
    """Cancel waiting tasks, and ask running ones to stop."""

    def tell() -> None:
        with suppress(Exception):  # the cluster may be gone
            client.cancel(futures)
            client.run(_note_stopped, run, on_error="ignore")

    if futures:
        thread = Thread(target=tell, daemon=True)
        thread.start()
        thread.join(STOP_SECONDS)


def _note_stopped(run: str) -> None:
    _stopped.add(run)
