"""The end of a terminal or session, handled like the stop signal of systemd and docker."""

import signal
from types import FrameType

_asked: list[bool] = []


def end_on_hangup() -> None:
    """Handle SIGHUP like SIGTERM; under nohup it stays ignored."""
    if signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:
        signal.signal(signal.SIGHUP, _ask_to_end)


def _ask_to_end(_number: int, _frame: FrameType | None) -> None:
    """Raise SIGTERM once.

    The shell repeats the terminal's signal, and a second SIGTERM would end a crawl at once.
    """
    if _asked:  # the second one arrived during the first
        return
    _asked.append(True)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.raise_signal(signal.SIGTERM)
