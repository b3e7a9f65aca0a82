"""Runs of our two commands, as processes of their own.

Most are forked from a server that has imported everything (`tests/fork_server.py`), which saves the second that each
start takes. A test of the start itself, of imports or of the interpreter's options uses `subprocess` instead.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from array import array
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NoReturn

SCRAPY = str(Path(sys.executable).with_name("scrapy"))
NEWSSPIDER = str(Path(sys.executable).with_name("newsspider"))
SERVER = Path(__file__).with_name("fork_server.py")
# The interpreter reads variables with these beginnings when it starts; libraries read those of threads when loaded.
READ_AT_START = ("PYTHON", "LC_", "LANG", "TZ", "OMP_", "OPENBLAS_", "MKL_")

Finished = subprocess.CompletedProcess[str]


def run_program(
    words: Sequence[str],
    *,
    folder: Path | None = None,
    environment: Mapping[str, str],
    timeout: float,
    stdin: bytes | None = None,
) -> Finished:
    """Run a command and return how it ended, its output decoded as UTF-8.

    Raises:
        subprocess.TimeoutExpired: it did not end in time; it is killed.
    """
    if can_be_forked(words, environment) and stdin is None:
        return fork_server().run(words, folder or Path.cwd(), environment, timeout)
    return start_program(words, folder=folder, environment=environment, timeout=timeout, stdin=stdin)


def start_program(
    words: Sequence[str],
    *,
    folder: Path | None = None,
    environment: Mapping[str, str],
    timeout: float,
    stdin: bytes | None = None,
) -> Finished:
    """Do the same with an interpreter of its own."""
    done = subprocess.run(
        words,
        cwd=folder,
        env=environment,
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        timeout=timeout,
        check=False,
    )
    return Finished(words, done.returncode, done.stdout.decode(), done.stderr.decode())


def can_be_forked(words: Sequence[str], environment: Mapping[str, str]) -> bool:
    """Whether a fork can do the same: one of our commands, in an interpreter that would start as this one did."""
    return words[0] in {SCRAPY, NEWSSPIDER} and _read_at_start(environment) == _read_at_start(os.environ)


def _read_at_start(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name.startswith(READ_AT_START)}


@cache
def fork_server() -> "ForkServer":
    """Return this process's server; it ends when this process does, however that ends."""
    return ForkServer()


class ForkServer:
    """The server, seen from the tests."""

    def __init__(self) -> None:
        """Start it."""
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, SERVER, str(theirs.fileno())],
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # only a process of one thread can be forked safely
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,  # as those of a run: Python asks a stream what it is when it opens it
                stderr=subprocess.PIPE,
                pass_fds=[theirs.fileno()],
            )

    def run(self, words: Sequence[str], folder: Path, environment: Mapping[str, str], timeout: float) -> Finished:
        """Run a command in a child of the server and return how it ended.

        Raises:
            subprocess.TimeoutExpired: it did not end in time; it is killed.
        """
        ours, theirs = socket.socketpair()
        stdout, stderr = _Captured(), _Captured()
        with ours, ours.makefile("r", encoding="ascii") as answers:
            with theirs, Path(os.devnull).open("rb") as nothing:
                descriptors = array("i", [theirs.fileno(), nothing.fileno(), stdout.write_end, stderr.write_end])
                self._control.sendmsg([b"!"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, descriptors)])
            for captured in (stdout, stderr):
                captured.begin()
            ours.sendall(json.dumps([words, str(folder), dict(environment)]).encode() + b"\n")
            child = int(answers.readline() or self._fail())
            ours.settimeout(timeout)
            try:
                code = int(answers.readline())
            except TimeoutError:
                os.kill(child, signal.SIGKILL)
                raise subprocess.TimeoutExpired(words, timeout) from None
        return Finished(words, code, stdout.text(), stderr.text())

    def _fail(self) -> NoReturn:
        self._control.close()  # it ends, if it has not yet
        _, said = self._process.communicate()
        raise RuntimeError(f"the fork server does not answer: {said.decode()}")


class _Captured:
    """A pipe, and a thread that reads it to its end."""

    def __init__(self) -> None:
        """Open the pipe; its writing end is given away before `begin`."""
        self._read_end, self.write_end = os.pipe()
        self._content = b""
        self._thread = threading.Thread(target=self._read, daemon=True)

    def begin(self) -> None:
        """Close this process's writing end and begin to read."""
        os.close(self.write_end)
        self._thread.start()

    def text(self) -> str:
        """Wait for the end and return what was written."""
        self._thread.join()
        return self._content.decode()

    def _read(self) -> None:
        with open(self._read_end, "rb") as stream:  # noqa: PTH123 a descriptor has no path
            self._content = stream.read()
