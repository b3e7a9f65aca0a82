"""A few pages in a copy of the process: the same records and the same limits as in the pool's workers."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newsspider.pool.forked_worker import FEW_PAGES, LEAST_DEADLINE
from tests.patience import PATIENCE_SECONDS

pytestmark = pytest.mark.processes

# In a process of its own: this one has threads and numpy.
PROGRAM = """
import json, os, signal, sys, time
from functools import partial
from types import SimpleNamespace

from newsspider.pages.raw_page import RawPage, SavedPage
from newsspider.pool import Limits, iter_extracted
from newsspider.pool.forked_worker import ForkedWorker
import newsspider.pool.records as records

HTML = b"<html><body><article><h1>Ferry is back</h1>" + b"<p>The ferry sails again, said the harbour master.</p>" * 9
made = []

class Noted(ForkedWorker):
    def __init__(self, limits):
        made.append(limits.workers)
        super().__init__(limits)

records.ForkedWorker = Noted

def page(name, action=None):
    headers = SimpleNamespace(items=action) if action else {}
    return RawPage(body=HTML, url=f"https://herald.example/{name}", source=name, headers=headers)

def work_long():
    while True:
        sum(range(1000))

def allocate():
    held = []
    while True:
        held.append(bytearray(16 << 20))

def tell(pages, limits=Limits(workers=2), **options):
    found = [each.record for each in iter_extracted(pages, limits, **{"may_fork": True, **options})]
    print(json.dumps([len(made), [[each.source, each.kind, each.reason] for each in found]]))
"""


def run(lines: str) -> tuple[int, list[list[str | None]]]:
    """Return how many pools of one fork the program made, and (source, kind, reason) of its records."""
    command = [sys.executable, "-c", PROGRAM + lines]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS)
    assert done.returncode == 0, done.stderr
    made, rows = json.loads(done.stdout)
    return made, rows


@pytest.mark.parametrize(("policy", "is_imported"), [("always", True), ("unsure", False), ("never", False)])
def test_fork_imports_trafilatura_where_every_page_asks_it(policy: str, is_imported: bool) -> None:
    lines = f"ForkedWorker(Limits(witness={policy!r})).close()\n"
    _, rows = run(f"{lines}print(json.dumps([0, [[str('trafilatura' in sys.modules)]]]))")
    assert rows == [[str(is_imported)]]


@pytest.mark.parametrize("ordered", [True, False])
def test_a_few_pages_are_extracted_without_a_server(ordered: bool) -> None:
    made, rows = run(f"tell([page(str(number)) for number in range({FEW_PAGES})], ordered={ordered})")
    assert made == 1
    assert rows == [[str(number), "article", None] for number in range(FEW_PAGES)]


@pytest.mark.parametrize(
    "lines",
    [
        f"tell([page(str(number)) for number in range({FEW_PAGES + 1})], ordered=True)",
        "tell([page('0')], may_fork=False)",
        f"tell([page('0')], Limits(workers=2, deadline={LEAST_DEADLINE - 1}))",
        "import numpy; tell([page('0')])",
        "from mmap import mmap; held = mmap(-1, 200 << 20); tell([page('0')])",
        "from threading import Event, Thread; Thread(target=Event().wait, daemon=True).start(); tell([page('0')])",
    ],
)
def test_server_is_used_for_more_pages_and_where_a_copy_is_not_safe(lines: str) -> None:
    made, rows = run(lines)
    assert made == 0
    assert rows == [[str(number), "article", None] for number in range(len(rows))]


def test_death_hang_hunger_and_error_cost_one_record_each() -> None:
    made, rows = run(
        """
tell([
    page("first"), page("abort", os.abort), page("exit", partial(os._exit, 3)), page("hunger", allocate),
    page("raise", partial(int, "no number")), page("hang", work_long), page("last"),
], Limits(workers=1, deadline=5, patience=100, memory=512))
"""
    )
    assert made == 1
    assert rows == [
        ["first", "article", None],
        ["abort", "failed", "the worker process died (SIGABRT)"],
        ["exit", "failed", "the worker process died (exit code 3)"],
        ["hunger", "failed", "needed more than 512 MiB of memory"],
        ["raise", "failed", "ValueError: invalid literal for int() with base 10: 'no number'"],
        ["hang", "failed", "took longer than 5 s"],
        ["last", "article", None],
    ]


def test_fork_holds_none_of_its_parents_files_and_ends_with_it(tmp_path: Path) -> None:
    """Its locks would last longer than the parent, and a second run would find the output locked."""
    program = f"""
held = open({str(tmp_path / "held")!r}, "w")
def note():
    files = [os.path.realpath(f"/dev/fd/{{name}}") for name in os.listdir("/dev/fd")]
    with open({str(tmp_path / "note.part")!r}, "w") as file:
        json.dump([os.getpid(), files], file)
    os.rename({str(tmp_path / "note.part")!r}, {str(tmp_path / "note")!r})
    work_long()
tell([page("note", note)], Limits(workers=1, deadline=5, patience=0.1))
"""
    with subprocess.Popen([sys.executable, "-c", PROGRAM + program], stderr=subprocess.DEVNULL) as parent:
        wait_for((tmp_path / "note").exists)
        parent.kill()
    pid, files = json.loads((tmp_path / "note").read_text(encoding="utf-8"))
    assert str(tmp_path / "held") not in files
    wait_for(lambda: not is_alive(pid))


def test_interrupted_run_ends_its_fork(tmp_path: Path) -> None:
    program = f"""
def note():
    with open({str(tmp_path / "note.part")!r}, "w") as file:
        file.write(str(os.getpid()))
    os.rename({str(tmp_path / "note.part")!r}, {str(tmp_path / "note")!r})
    work_long()
tell([page("note", note)], Limits(workers=1, deadline=1000))
"""
    with subprocess.Popen([sys.executable, "-c", PROGRAM + program], stderr=subprocess.DEVNULL) as parent:
        wait_for((tmp_path / "note").exists)
        parent.send_signal(signal.SIGINT)
        assert parent.wait(PATIENCE_SECONDS) != 0
    wait_for(lambda: not is_alive(int((tmp_path / "note").read_text(encoding="utf-8"))))


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and that nobody has waited for does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_for(holds: object) -> None:
    assert callable(holds)
    started = time.monotonic()
    while not holds():
        assert time.monotonic() - started < PATIENCE_SECONDS
        time.sleep(0.02)
