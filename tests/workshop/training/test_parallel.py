"""Work on all cores: results are in order, and a job that dies, fails or is interrupted leaves nothing running."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from newsspider.errors import WorkerError
from newsspider.workshop.training.parallel import map_in_parallel
from tests.crawls import PATIENCE_SECONDS

pytestmark = pytest.mark.processes

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def _interrupt_what_hangs() -> object:
    """Interrupt a test that hangs: that is the fault these tests are about."""
    before = signal.signal(signal.SIGALRM, lambda *_: pytest.fail(f"hangs for {PATIENCE_SECONDS} seconds"))
    signal.alarm(PATIENCE_SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)
    assert multiprocessing.active_children() == []


def die(job: int) -> int:
    """Do every job but the third, on which the kernel kills the worker."""
    if job == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return job * 10


@pytest.mark.parametrize("processes", [1, 2, 3, 40])
def test_results_are_in_the_jobs_order(processes: int) -> None:
    def slow_first(job: int) -> int:
        time.sleep(0.05 if job == 0 else 0)
        return job * 10

    done: list[None] = []
    assert map_in_parallel(slow_first, range(20), processes, advance=lambda: done.append(None)) == [
        job * 10 for job in range(20)
    ]
    assert len(done) == 20


def test_work_may_close_over_what_can_not_be_pickled() -> None:
    lock = threading.Lock()
    assert map_in_parallel(lambda job: (job, lock.locked()), [1, 2, 3], 2) == [(1, False), (2, False), (3, False)]


def test_no_jobs_no_results() -> None:
    assert map_in_parallel(die, [], 2) == []


def test_result_larger_than_a_pipe_holds() -> None:
    assert [len(each) for each in map_in_parallel(lambda job: b"x" * job, [3_000_000, 5], 2)] == [3_000_000, 5]


def test_killed_worker_costs_its_job_only() -> None:
    assert map_in_parallel(die, range(8), 2, if_died=lambda job: -job) == [0, 10, 20, -3, 40, 50, 60, 70]


def test_every_worker_may_die() -> None:
    def die_always(job: int) -> int:
        os._exit(job)

    assert map_in_parallel(die_always, range(6), 2, if_died=lambda job: job) == list(range(6))


@pytest.mark.parametrize(
    ("name_of", "words"), [(lambda job: f"page {job}.html", r"^page 3\.html: .*died \(killed"), (None, "^job 4 of 8: ")]
)
def test_killed_worker_is_an_error_that_names_its_job(name_of: Callable[[int], str] | None, words: str) -> None:
    with pytest.raises(WorkerError, match=words):
        map_in_parallel(die, range(8), 2, name_of=name_of)


class PickyError(Exception):
    """An error that can be pickled but not unpickled."""

    def __init__(self, one: str, two: str) -> None:
        """Take two arguments, and hand on one."""
        super().__init__(one + two)


@pytest.mark.parametrize(
    ("error", "raised", "words"),
    [
        (ValueError("not a number"), ValueError, "^not a number"),
        (PickyError("not ", "this"), RuntimeError, "^PickyError: not this$"),
    ],
)
def test_error_in_a_job_is_raised_with_the_workers_traceback(
    error: Exception, raised: type[Exception], words: str
) -> None:
    def fail(job: int) -> int:
        if job == 3:
            raise error
        return job

    with pytest.raises(raised, match=words) as caught:
        map_in_parallel(fail, range(8), 2)
    if raised is ValueError:
        assert "in fail" in "".join(caught.value.__notes__)


def test_result_that_can_not_be_pickled_is_an_error() -> None:
    with pytest.raises((TypeError, AttributeError, RuntimeError)):
        map_in_parallel(lambda job: threading.Lock(), range(4), 2)


@pytest.fixture
def _interruptible() -> object:
    """Let SIGINT be an interrupt: reactors and commands that ran in this process before may have taken it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_interruptible")
def test_interrupt_ends_all_workers() -> None:
    parent = os.getpid()

    def work_until_killed(job: int) -> None:
        while True:
            time.sleep(2)
            if job == 0:  # and again: Python loses a signal that comes just as it begins to wait
                os.kill(parent, signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        map_in_parallel(work_until_killed, range(4), 2)


def test_error_of_advance_ends_all_workers() -> None:
    def stop() -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        map_in_parallel(lambda job: job, range(4), 2, advance=stop)


def test_workers_have_one_thread_also_in_libraries_that_they_load_themselves() -> None:
    program = """
from newsspider.workshop.training.parallel import map_in_parallel
def count_threads(job):
    import sklearn.ensemble
    from threadpoolctl import threadpool_info
    return [library["num_threads"] for library in threadpool_info()]
print({threads for each in map_in_parallel(count_threads, range(4), 2) for threads in each})
"""
    environment = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "{1}\n"


def test_workers_end_when_the_parent_is_killed(tmp_path: Path) -> None:
    program = """
import os, sys, time
from newsspider.workshop.training.parallel import map_in_parallel
def work(job):
    with open(sys.argv[1], "a") as file:
        file.write(f"{os.getpid()}\\n")
    time.sleep(0.2)
map_in_parallel(work, range(1000), 2)
"""
    pids = tmp_path / "pids"
    with subprocess.Popen([sys.executable, "-c", program, pids], cwd=ROOT, stderr=subprocess.DEVNULL) as parent:
        while not pids.exists() or len(set(pids.read_text().split())) < 2:
            time.sleep(0.05)
        parent.kill()
    workers = {int(pid) for pid in pids.read_text().split()}
    while any(Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes() for pid in workers):
        time.sleep(0.05)
