"""The pool: workers are replaced when they die, grow or have done their share, and end when they are told to."""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from weakref import WeakSet

import pytest

from newsspider.errors import ExtractionError
from newsspider.pages.raw_page import RawPage
from newsspider.pool import Limits, Pool
from newsspider.pool import worker as worker_module
from newsspider.pool.worker import PAGES_PER_COLLECTION
from tests.patience import PATIENCE_SECONDS

pytestmark = pytest.mark.processes

PAGE = RawPage(body=b"<p>The ferry sails again.</p>")
kept: list[bytearray] = []  # what a page leaves behind in its worker


def tell_pid(raw: RawPage) -> int:
    return os.getpid()


def sleep_long(raw: RawPage) -> None:
    time.sleep(600)


def work_long(raw: RawPage) -> None:
    while True:
        sum(range(1000))


def use_processor(raw: RawPage) -> float:
    """Take a second of processor time and return it: with busy neighbours that is more by the clock."""
    while time.process_time() < 1:
        sum(range(1000))
    return time.process_time()


def stop_self(raw: RawPage) -> None:
    os.kill(os.getpid(), signal.SIGSTOP)


def leave_much(raw: RawPage) -> int:
    """Leave more behind than half the memory that a worker of 512 MiB may have."""
    kept.append(bytearray(b"x") * (260 << 20))
    return os.getpid()


def take_all_memory(raw: RawPage) -> None:
    """Leave no room, not even for a number."""
    places: list[float] = [0.0] * 100_000
    held: object = None
    try:
        while True:
            held = (held,)
    except MemoryError:
        for place in range(len(places)):
            places[place] = float(place)


def return_lambda(raw: RawPage) -> Callable[[], int]:
    return lambda: 1


class Cycle:
    """An object that only a look for cycles removes."""

    def __init__(self) -> None:
        """Hold itself."""
        self.me = self


left: "WeakSet[Cycle]" = WeakSet()


def leave_cycle(raw: RawPage) -> int:
    """Leave a cycle behind and return how many there are."""
    left.add(Cycle())
    return len(left)


def has_ended(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


def wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_one_worker_takes_page_after_page() -> None:
    with Pool(Limits(workers=1)) as pool:
        assert len({pool.submit(tell_pid, PAGE).result(PATIENCE_SECONDS) for _ in range(5)}) == 1


def test_worker_that_was_killed_while_it_waited_costs_no_page() -> None:
    with Pool(Limits(workers=1)) as pool:
        first = pool.submit(tell_pid, PAGE).result(PATIENCE_SECONDS)
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: has_ended(first))
        assert pool.submit(tell_pid, PAGE).result(PATIENCE_SECONDS) != first


def test_worker_that_was_killed_at_work_costs_its_page_only() -> None:
    with Pool(Limits(workers=1)) as pool:
        first = pool.submit(tell_pid, PAGE).result(PATIENCE_SECONDS)
        killed, next_page = pool.submit(sleep_long, PAGE), pool.submit(tell_pid, PAGE)
        wait_until(killed.running)
        time.sleep(0.2)  # until the page has reached it
        os.kill(first, signal.SIGKILL)
        with pytest.raises(ExtractionError, match=r"the worker process died \(SIGKILL\)"):
            killed.result(PATIENCE_SECONDS)
        assert next_page.result(PATIENCE_SECONDS) != first


@pytest.mark.parametrize(
    ("work", "limits", "said"),
    [
        (work_long, Limits(workers=1, deadline=0.5, patience=300), "took longer than 0.5 s"),
        (sleep_long, Limits(workers=1, patience=0.5), "not finished within 10 s"),
        (stop_self, Limits(workers=1, patience=0.5), "not finished within 10 s"),
    ],
    ids=["works", "sleeps", "stopped"],
)
def test_worker_over_its_deadline_is_replaced(work: Callable[[RawPage], None], limits: Limits, said: str) -> None:
    with Pool(limits) as pool:
        first = pool.submit(tell_pid, PAGE).result(PATIENCE_SECONDS)
        with pytest.raises(ExtractionError, match=said):
            pool.submit(work, PAGE).result(PATIENCE_SECONDS)
        assert has_ended(first)
        assert pool.submit(tell_pid, PAGE).result(PATIENCE_SECONDS) != first


def test_time_that_a_worker_waits_is_not_its_pages() -> None:
    """A worker that is stopped for longer than its deadline, as by a busy machine, finishes its page."""
    with Pool(Limits(workers=1, deadline=4, patience=45)) as pool:
        first = pool.submit(tell_pid, PAGE).result(PATIENCE_SECONDS)
        used = pool.submit(use_processor, PAGE)
        os.kill(first, signal.SIGSTOP)
        time.sleep(5)
        os.kill(first, signal.SIGCONT)
        assert used.result(PATIENCE_SECONDS) >= 1


def test_worker_that_stands_still_while_a_large_page_is_sent_is_replaced() -> None:
    with Pool(Limits(workers=1, patience=0.5)) as pool:
        first = pool.submit(tell_pid, PAGE).result(PATIENCE_SECONDS)
        os.kill(first, signal.SIGSTOP)
        with pytest.raises(ExtractionError, match="not finished within 10 s"):
            pool.submit(tell_pid, RawPage(body=bytes(8 << 20))).result(PATIENCE_SECONDS)
        assert pool.submit(tell_pid, PAGE).result(PATIENCE_SECONDS) != first


def test_worker_that_has_grown_is_replaced_before_the_next_page() -> None:
    with Pool(Limits(workers=1, memory=512)) as pool:
        first = pool.submit(leave_much, PAGE).result(PATIENCE_SECONDS)
        assert pool.submit(leave_much, PAGE).result(PATIENCE_SECONDS) != first


def test_cycles_that_pages_leave_behind_are_removed_between_pages() -> None:
    with Pool(Limits(workers=1)) as pool:
        counts = [pool.submit(leave_cycle, PAGE).result(PATIENCE_SECONDS) for _ in range(2 * PAGES_PER_COLLECTION)]
    assert counts == [*range(1, PAGES_PER_COLLECTION + 1)] * 2


def test_result_that_can_not_be_sent_costs_its_page_only() -> None:
    with Pool(Limits(workers=1)) as pool:
        with pytest.raises(ExtractionError, match="the worker process died"):
            pool.submit(return_lambda, PAGE).result(PATIENCE_SECONDS)
        assert pool.submit(tell_pid, PAGE).result(PATIENCE_SECONDS)


def test_work_that_can_not_be_sent_costs_its_page_only() -> None:
    with Pool(Limits(workers=1)) as pool:
        with pytest.raises(ExtractionError, match="no worker process could take it"):
            pool.submit(lambda raw: 1, PAGE).result(PATIENCE_SECONDS)
        assert pool.submit(tell_pid, PAGE).result(PATIENCE_SECONDS)


def test_closed_pool_has_finished_what_was_submitted_and_ended_its_workers() -> None:
    with Pool(Limits(workers=2)) as pool:
        futures = [pool.submit(tell_pid, PAGE) for _ in range(20)]
    pids = {future.result(0) for future in futures}
    wait_until(lambda: all(map(has_ended, pids)))


def test_stopped_pool_ends_at_once() -> None:
    pool = Pool(Limits(workers=1))
    pid = pool.submit(tell_pid, PAGE).result(PATIENCE_SECONDS)
    at_work, waiting = pool.submit(sleep_long, PAGE), pool.submit(tell_pid, PAGE)
    wait_until(at_work.running)
    pool.stop()
    assert isinstance(at_work.exception(0), ExtractionError)
    assert waiting.cancelled()
    wait_until(lambda: has_ended(pid))


def hang_unwatched() -> None:
    """Do as a worker whose parent has died."""
    worker_module.ORPHAN_SECONDS = 0.1
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    worker_module.answer_page(sleep_long, PAGE, 10, 0.1, 1024)


def test_worker_ends_by_itself_when_its_parent_has_died_and_its_page_hangs() -> None:
    process = multiprocessing.get_context("forkserver").Process(target=hang_unwatched)
    process.start()
    process.join(PATIENCE_SECONDS)
    assert process.exitcode == -signal.SIGALRM


def test_page_that_leaves_no_memory_for_a_number_ends_with_its_reason() -> None:
    limits = Limits(workers=1, deadline=PATIENCE_SECONDS, patience=2, memory=256)
    with Pool(limits) as pool:
        with pytest.raises(ExtractionError, match="needed more than 256 MiB of memory"):
            pool.submit(take_all_memory, PAGE).result(2 * PATIENCE_SECONDS)
        assert pool.submit(tell_pid, PAGE).result(PATIENCE_SECONDS)
