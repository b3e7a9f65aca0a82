"""A Dask scheduler and workers as processes of their own, and mends that hold pages up or kill their process."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from tests.cli.conftest import command_environment
from tests.crawls import wait_until
from tests.patience import PATIENCE_SECONDS
from tests.programs import NEWSSPIDER

REGISTERED = "Registered to: "  # in a worker's log

MENDS = """
import os
import signal
import time
import uuid
from pathlib import Path
from newsspider import for_site

HERE = Path(__file__).parent

@for_site("gated.example")
def wait(page, record):
    if page.url.endswith("-1"):
        (HERE / f"reached-{uuid.uuid4().hex}").touch()
        while not (HERE / "open").exists():
            time.sleep(0.02)
    return record

@for_site("poisoned.example")
def kill_or_hang(page, record):
    if page.url.endswith("-0"):
        os.kill(os.getpid(), signal.SIGSEGV)
    while page.url.endswith("-1"):
        pass
    return record
"""


def need_dask() -> None:
    """Skip the test without Dask; fail it where nothing may be skipped."""
    if not os.environ.get("NEWSSPIDER_NO_SKIPS"):
        pytest.importorskip("distributed")
        pytest.importorskip("pyarrow")


class Gate:
    """The mends' module, and its gate: the second page of each archive of gated.example waits until it is open."""

    def __init__(self, folder: Path) -> None:
        """Write the module to a new folder; the gate is shut."""
        folder.mkdir()
        self.module = folder / "gate.py"
        self.module.write_text(MENDS, encoding="utf-8")
        self._open = folder / "open"

    def open(self) -> None:
        """Let pages through."""
        self._open.touch()

    def shut(self) -> None:
        """Hold pages up, and forget those that were."""
        self._open.unlink(missing_ok=True)
        for mark in self.module.parent.glob("reached-*"):
            mark.unlink()

    def wait_for(self, pages: int) -> None:
        """Wait until so many pages have been held up since the gate was shut."""
        wait_until(lambda: len(list(self.module.parent.glob("reached-*"))) >= pages, f"{pages} pages at the gate")


class Cluster:
    """A scheduler and its workers; `with` ends them, and prints their log if the test failed."""

    def __init__(self, folder: Path, workers: int) -> None:
        """Start them."""
        folder.mkdir()
        self._folder = folder
        self._log = folder / "log"
        self._registered = 0
        file = folder / "scheduler.json"
        words = ["distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
        self.scheduler = self._start([*words, "--scheduler-file", str(file)])
        wait_until(lambda: file.exists() and file.read_text().endswith("}"), "the scheduler's file")
        self.address: str = json.loads(file.read_text())["address"]
        self.workers = [self.start_worker() for _ in range(workers)]

    def start_worker(self, *, nanny: bool = False, **environment: str) -> "subprocess.Popen[bytes]":
        """Start a worker of one thread, and wait until the scheduler knows it.

        A run waits a minute for its first worker. With a nanny, a worker imports Dask in two processes after each
        other: on a machine with thirty processes per core that takes longer.

        Raises:
            AssertionError: it ended instead.
        """
        words = ["distributed.cli.dask_worker", self.address, "--nthreads", "1", "--no-dashboard"]
        local = ["--local-directory", str(self._folder)]
        worker = self._start([*words, *local, "--nanny" if nanny else "--no-nanny"], **environment)
        self._registered += 1
        wait_until(lambda: self._is_registered() or worker.poll() is not None, "a worker")
        assert self._is_registered(), self._log.read_text()
        return worker

    def _is_registered(self) -> bool:
        return self._log.read_text().count(REGISTERED) >= self._registered

    def _start(self, words: Sequence[str], **environment: str) -> "subprocess.Popen[bytes]":
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", *words], stdout=log, stderr=log, env={**os.environ, **environment}
            )

    def __enter__(self) -> Self:
        """Return the cluster itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Kill what is left."""
        if error:
            sys.stdout.write(self._log.read_text())
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


def start_extract(folder: Path, *words: str | Path) -> "subprocess.Popen[str]":
    """Start `newsspider extract` in a folder."""
    return subprocess.Popen(
        [NEWSSPIDER, "extract", *map(str, words)],
        cwd=folder,
        env=command_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: "subprocess.Popen[str]") -> tuple[int, str]:
    """Wait for a command and return its exit code and its standard error."""
    _, said = process.communicate(timeout=PATIENCE_SECONDS)
    return process.returncode, said
