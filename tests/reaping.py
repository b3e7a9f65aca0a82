"""Ends what a run of the tests leaves running: servers, crawls and workers of tests that failed or were killed.

Each process that a test starts inherits a variable of the environment. A watcher ends all that have it when the tests
have ended, which it learns from a pipe: it does so after `kill -9` too. Where there is no /proc it finds nothing.
"""

import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

VARIABLE = "WATCHED_BY"
GRACE_SECONDS = 5.0  # from SIGTERM to SIGKILL


def watch_processes() -> None:
    """Have the processes that this one starts from now on end with it."""
    others = {name: value for name, value in os.environ.items() if name != VARIABLE}
    os.environ[VARIABLE] = str(os.getpid())
    reading, _ = os.pipe()  # the other end is open until this process ends; nothing inherits it
    os.posix_spawn(
        sys.executable,
        [sys.executable, "-S", __file__, os.environ[VARIABLE]],
        others,
        file_actions=[
            (os.POSIX_SPAWN_DUP2, reading, 0),
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),  # whoever reads our output is not to wait for it
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
        setpgroup=0,  # Ctrl-C is not for the watcher
    )
    os.close(reading)


def watched_by(watcher: str) -> list[int]:
    """Return the numbers of the processes with the variable of a run."""
    wanted = f"{VARIABLE}={watcher}".encode()
    return [int(folder.name) for folder in Path("/proc").glob("[0-9]*") if wanted in _environment(folder)]


def _environment(folder: Path) -> list[bytes]:
    with suppress(OSError):  # it has ended, or is another user's
        return (folder / "environ").read_bytes().split(b"\0")
    return []


def end_processes(watcher: str) -> None:
    """End the processes of a run: ask them, and kill those that don't."""
    for number in watched_by(watcher):
        _send(number, signal.SIGTERM)
    end = time.monotonic() + GRACE_SECONDS
    while watched_by(watcher) and time.monotonic() < end:
        time.sleep(0.1)
    while left := watched_by(watcher):
        for number in left:
            _send(number, signal.SIGKILL)
        time.sleep(0.1)


def _send(number: int, name: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(number, name)


if __name__ == "__main__":
    sys.stdin.read()
    end_processes(sys.argv[1])
