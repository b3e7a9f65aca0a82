"""Two hundred requests at once, hostile pages among them: none is lost, the deadline holds, memory stays flat."""

import fcntl
import re
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from newsspider.mending.parsers import load_parsers
from newsspider.pool import Limits
from newsspider.serving.extraction_queue import PLACES_PER_WORKER
from tests.serving.running import Answer, Running, running
from tests.serving.stores import PAGE, fill

pytestmark = pytest.mark.processes

REQUESTS = 200
DEADLINE = 1.0
LARGEST_MIB = 18
GROWTH_MIB = 320  # of this process at most; the huge pages held twice each, as they come, would be 570
MENDS = """
import os
from newsspider import for_site

@for_site("loop.example")
def hang(page, record):
    while True:
        pass

@for_site("crash.example")
def die(page, record):
    os._exit(9)

@for_site("greedy.example")
def grow(page, record):
    return "x" * (4 << 30)
"""
HUGE = b"<p>" + b"The ferry sails. " * (LARGEST_MIB * (1 << 20) // 17)
NESTED = b"<div>" * 200_000 + b"<p>The ferry sails."
# Each page with the status and the words of its answer.
PAGES: dict[str, tuple[str, bytes, int, str]] = {
    "plain": ("herald.example", PAGE.encode(), 200, '"kind":"article"'),
    "loop": ("loop.example", PAGE.encode(), 422, "took longer than 1 s"),
    "crash": ("crash.example", PAGE.encode(), 422, "the worker process died"),
    "greedy": ("greedy.example", PAGE.encode(), 422, "memory"),
    "huge": ("huge.example", HUGE, 0, ""),
    "nested": ("nested.example", NESTED, 0, ""),
    "empty": ("empty.example", b"", 400, "the body is empty"),
    "image": ("image.example", b"\x89PNG\r\n\x1a\n" + bytes(99), 200, '"kind":"not_html"'),
}
# So many of each; the others are plain.
HOSTILE = {"loop": 4, "crash": 4, "greedy": 3, "huge": 16, "nested": 6, "empty": 5, "image": 5}
FINISHED = {200, 422}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    mends = tmp_path / "hostile_mends.py"
    mends.write_text(MENDS, encoding="utf-8")
    load_parsers([str(mends)])
    fill(str(tmp_path / "news.db"))
    limits = Limits(workers=2, deadline=DEADLINE, parsers=(str(mends),))
    with running(str(tmp_path / "news.db"), tmp_path, limits=limits) as started:
        yield started


def resident_mib() -> float:
    """Return the memory of this process, which the server runs in."""
    return int(re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024  # type: ignore[index]


def test_none_of_two_hundred_requests_is_lost(server: Running) -> None:
    names = [name for name, number in HOSTILE.items() for _ in range(number)]
    names = [names[place // 4] if place % 4 == 0 and place // 4 < len(names) else "plain" for place in range(REQUESTS)]
    before = resident_mib()
    peak = [before]
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.05):
            peak.append(resident_mib())

    watcher = threading.Thread(target=watch)
    watcher.start()

    def ask(name: str) -> Answer:
        host, body, *_ = PAGES[name]
        return server.ask(f"/extract?url=https://{host}/ferry", body)

    with ThreadPoolExecutor(REQUESTS) as clients:
        answers = list(clients.map(ask, names))
    done.set()
    watcher.join()
    for name, answer in zip(names, answers, strict=True):
        _, _, status, said = PAGES[name]
        assert answer.status == status or (not status and answer.status in FINISHED), (name, answer)
        assert said in answer.text
    assert Counter(names).keys() == PAGES.keys()
    assert server.context.queue.waiting == 0
    assert max(peak) - before < GROWTH_MIB
    assert server.ask("/extract", PAGE.encode()).json()["kind"] == "article"  # it goes on


SLOW_MEND = """
import fcntl
from newsspider import for_site

@for_site("slow.example")
def wait(page, record):
    with open({lock!r}) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
    return record
"""


def test_too_many_are_sent_away_and_told_when_to_come_again(tmp_path: Path) -> None:
    lock, mends = tmp_path / "lock", tmp_path / "slow_mends.py"
    mends.write_text(SLOW_MEND.format(lock=str(lock)), encoding="utf-8")
    load_parsers([str(mends)])
    fill(str(tmp_path / "news.db"))
    limits = Limits(workers=1, parsers=(str(mends),))
    asked = []
    with (
        ThreadPoolExecutor() as clients,
        running(str(tmp_path / "news.db"), tmp_path, limits=limits, max_waiting=1) as server,
    ):
        with lock.open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            for _ in range(PLACES_PER_WORKER + 1):
                asked.append(clients.submit(server.ask, "/extract?url=https://slow.example/", PAGE.encode()))
            while not server.context.queue.waiting:
                assert server.ask("/health").status == 200  # it answers meanwhile
            sent_away = server.ask("/extract", PAGE.encode())
        assert (sent_away.status, sent_away.headers["retry-after"]) == (503, "10")
        assert sent_away.json() == {"error": "1 page waiting: try again later"}
        assert [each.result().status for each in asked] == [200] * len(asked)
