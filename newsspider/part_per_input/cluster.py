"""A run over many inputs on a Dask cluster: one task per input, each with a pool of its own.

The pool inside the task is needed: without it a page that kills its process takes the worker with it, and Dask runs the
task again on the next worker, until four workers are dead.
"""

import logging
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, replace
from importlib.metadata import version
from multiprocessing import current_process
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any
from uuid import uuid4

from newsspider import __version__
from newsspider.errors import ClusterError, NewsspiderError, OutputError, UnreadableError, UsageError
from newsspider.extraction.version import extraction_version
from newsspider.mending.parsers import load_parsers
from newsspider.part_per_input import LOCAL
from newsspider.part_per_input.making import Part, Recipe, make_part
from newsspider.part_per_input.naming import Input
from newsspider.part_per_input.placing import open_parts
from newsspider.part_per_input.running import Outcome, Progress

CONNECT_SECONDS = 15.0  # for a scheduler to answer
WORKERS_SECONDS = 60.0  # for the first worker to be there; and without any worker later on
STOP_SECONDS = 5.0  # for workers to hear that a run was interrupted
POLL_SECONDS = 10.0  # between looks at the cluster while no task ends
REPORT_SECONDS = 1.0  # between a task's reports of its pages
RETRIES = 2  # of a task whose input could not be read; a worker's death does not count
LOCAL_MEMORY = 2 << 30  # bytes of a local worker; it holds its library, records waiting to be written, and no page
LOGGED = ("distributed", "tornado", "asyncio")
_SETTINGS = {
    "distributed.worker.daemon": False,  # a daemon's pool can't start processes
    "distributed.worker.preload": ["newsspider.part_per_input.preload"],
    "distributed.worker.http.routes": [],  # nothing is served to other users of this machine
    "distributed.scheduler.http.routes": [],
    # A task takes minutes: looking at it every 10 ms, and at memory and event loops every 20 to 100, is wasted.
    "distributed.worker.profile.enabled": False,
    "distributed.worker.memory.monitor-interval": "1s",
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.system-monitor.interval": "5s",
}

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
    _import_dask(address)
    with _silence(), _connect(address, recipe.limits.workers) as client:
        task_recipe = _of_task(recipe, address)
        _check_workers(client, task_recipe)
        run = uuid4().hex
        _subscribe(client, run, progress)
        ended: SimpleQueue[Any] = SimpleQueue()
        tasks: dict[str, tuple[Any, Input]] = {}
        try:
            for given in inputs:
                key = f"newsspider-{run}-{given.part_name}"
                future = client.submit(_run_task, given, out, task_recipe, run, key=key, retries=RETRIES, pure=False)
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
    """Return what became of a task's input.

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
        return Outcome(given, problem=f"{given.source}: {type(error).__name__}: {' '.join(str(error).split())}")
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
    """Cancel what waits, and tell the tasks that are at work to stop."""

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


def _import_dask(address: str) -> None:
    """See that Dask is there, and that an address can be one.

    Raises:
        UsageError: one line that says what is wrong.
    """
    if address != LOCAL and "://" not in address:
        raise UsageError(f"--dask {address}: expected {LOCAL} or a scheduler's address such as tcp://10.0.0.1:8786")
    try:
        import distributed  # noqa: F401  # makes its loggers
    except ImportError as error:
        raise UsageError("--dask needs the extra: pip install 'newsspider[cluster]'") from error


@contextmanager
def _connect(address: str, workers: int) -> Iterator[Any]:
    """Yield a client of the cluster.

    Raises:
        UsageError: no scheduler answers in time.
    """
    import dask
    from distributed import Client, LocalCluster

    if address == LOCAL:
        with dask.config.set(_SETTINGS):
            # TLS: without it every user of this machine could run code in the workers.
            cluster = LocalCluster(
                n_workers=max(1, workers),
                threads_per_worker=1,
                memory_limit=LOCAL_MEMORY,
                dashboard_address="127.0.0.1:0",  # None would mean port 8787
                scheduler_kwargs={"dashboard": False},
                silence_logs=logging.CRITICAL,
                security=True,
            )
            with cluster, Client(cluster, set_as_default=False) as client:
                yield client
        return
    try:
        with dask.config.set(_SETTINGS):
            client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, RuntimeError) as error:
        raise UsageError(f"--dask {address}: no Dask scheduler answers (waited {CONNECT_SECONDS:.0f} s)") from error
    with client:
        yield client


def _of_task(recipe: Recipe, address: str) -> Recipe:
    """Return the recipe as each task has it."""
    return replace(recipe, limits=replace(recipe.limits, workers=1)) if address == LOCAL else recipe


@dataclass(frozen=True)
class _Versions:
    """What must be the same on all machines for the same page to give the same record."""

    newsspider: str
    rules_and_model: str
    python: str
    distributed: str


def _describe_process(parsers: tuple[str, ...]) -> _Versions:
    """Return the versions of this process.

    Raises:
        UsageError: a module with mends can't be imported here.
    """
    load_parsers(parsers)
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return _Versions(__version__, extraction_version(), python, version("distributed"))


def _check_workers(client: Any, recipe: Recipe) -> None:
    """Refuse a cluster without workers, and workers that would make other records than this process.

    Raises:
        UsageError: one line that names the first worker and the difference.
    """
    from distributed import TimeoutError as TooLate

    try:
        client.wait_for_workers(1, timeout=WORKERS_SECONDS)
    except TooLate as error:
        raise UsageError(f"the Dask cluster has no workers (waited {WORKERS_SECONDS:.0f} s)") from error
    ours = _describe_process(recipe.limits.parsers)
    try:
        answers = client.run(_describe_process, recipe.limits.parsers, on_error="return")
    except Exception as error:  # what unpickling or the network raises
        raise UsageError(f"the Dask workers can't run newsspider: {_one_line(error)}") from error
    for worker, theirs in sorted(answers.items()):
        if isinstance(theirs, Exception):
            raise UsageError(f"worker {worker}: can't run newsspider: {_one_line(theirs)}")
        for name in (each.name for each in fields(_Versions)):
            here, there = getattr(ours, name), getattr(theirs, name)
            if here != there:
                raise UsageError(f"worker {worker}: {name.replace('_', ' ')} {there}, here {here}: install the same")


def _one_line(error: BaseException) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}"


@contextmanager
def _silence() -> Iterator[None]:
    """Keep Dask's log off the terminal: it has tracebacks for each lost worker; the run's own lines say more."""
    loggers = [logging.getLogger(name) for name in [*logging.root.manager.loggerDict] if name.startswith(LOGGED)]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
