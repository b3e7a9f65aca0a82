"""A terminal that goes away, or a session that ends, asks to stop as systemd and docker do."""

import signal
from types import FrameType

_asked: list[bool] = []


def end_on_hangup() -> None:
    """Take SIGHUP as SIGTERM; under nohup it stays ignored."""
    if signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:
        signal.signal(signal.SIGHUP, _ask_to_end)


def _ask_to_end(_number: int, _frame: FrameType | None) -> None:
    """Ask once: the shell repeats what the terminal sent, and a second SIGTERM ends a crawl at once."""
    if _asked:  # the second was on its way when the first was taken
        return
    _asked.append(True)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.raise_signal(signal.SIGTERM)
