"""Importing our modules has no effect on the process: tests import all of them."""

import subprocess
import sys

import pytest

from tests.fork_server import LEFT_OUT

PROGRAM = f"""
import signal
from importlib import import_module
from pkgutil import walk_packages

import newsspider

before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
for module in walk_packages(newsspider.__path__, "newsspider."):
    if module.name not in {sorted(LEFT_OUT)}:
        import_module(module.name)
        now = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
        assert now == before, module.name
"""


@pytest.mark.processes
def test_no_module_makes_its_process_deaf_to_signals() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
