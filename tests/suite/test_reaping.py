"""What a run of the tests leaves running ends with it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crawls import ROOT, wait_until
from tests.reaping import VARIABLE

pytestmark = pytest.mark.processes

RUN = """
import subprocess, sys, time
from tests.reaping import watch_processes
watch_processes()
program = "import signal, time; signal.signal(signal.SIGTERM, signal.{handler}); print(flush=True); time.sleep(600)"
with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, start_new_session=True) as left:
    left.stdout.readline()
    print(left.pid, flush=True)
    time.sleep(600)
"""


def lives(number: int) -> bool:
    """Whether a process runs; one that has ended and that nobody has waited for has no command line."""
    file = Path(f"/proc/{number}/cmdline")
    return file.exists() and file.read_bytes() != b""


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs Linux's /proc")
@pytest.mark.parametrize("handler", ["SIG_DFL", "SIG_IGN"])
def test_process_of_a_killed_run_ends(handler: str) -> None:
    words = [sys.executable, "-c", RUN.replace("{handler}", handler)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, cwd=ROOT) as run:
        assert run.stdout is not None
        left = int(run.stdout.readline())
        assert lives(left)
        run.send_signal(signal.SIGKILL)
    wait_until(lambda: not lives(left), "the end of the process")


def test_processes_of_this_run_are_watched() -> None:
    assert os.environ[VARIABLE] == str(os.getpid())
