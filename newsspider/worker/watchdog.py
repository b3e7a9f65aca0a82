"""A watchdog: a process whose event loop hangs ends itself, so that its sites go to others."""

import faulthandler
import os
import sys
from collections.abc import Callable
from threading import Event, Thread

from newsspider.errors import ExitCode
from newsspider.store.retrying import count_tries

TICK_SECONDS = 1.0
HANG_TICKS = 120  # without a beat: an hour-long page is read in another process, and nothing else takes so long


class Watchdog:
    """A thread that wants to hear of the event loop once in a while.

    It counts its own ticks, which stand still when the process is stopped: one that wakes up does not hang.
    """

    def __init__(self, held: Callable[[], list[str]], ticks: int = HANG_TICKS) -> None:
        """Watch.

        Args:
            held: the sites that are under way, for the last words.
            ticks: so many seconds without a beat are a loop that hangs.
        """
        self._held = held
        self._ticks = ticks
        self._beats = 0
        self._ended = Event()
        self._thread = Thread(target=self._watch, name="newsspider watchdog", daemon=True)

    def start(self) -> None:
        """Start watching."""
        self._thread.start()

    def stop(self) -> None:
        """Stop watching."""
        self._ended.set()
        self._thread.join()

    def beat(self) -> None:
        """Say that the event loop goes on."""
        self._beats += 1

    def _watch(self) -> None:
        """Count ticks without a sign of life; waiting for a server that is away is one."""
        seen, silent = (-1, -1), 0
        while not self._ended.wait(TICK_SECONDS):
            now = (self._beats, count_tries())
            silent = 0 if now != seen else silent + 1
            seen = now
            if silent >= self._ticks:
                self._end()

    def _end(self) -> None:
        """End the process at once; pages that its sites have not stored are fetched by the next holders."""
        sys.stderr.write(
            f"newsspider worker: the event loop hangs, with {', '.join(self._held()) or 'no site'}\n"
        )
        faulthandler.dump_traceback()
        os._exit(ExitCode.CRASHED)
