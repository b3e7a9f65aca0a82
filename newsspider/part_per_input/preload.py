"""Loaded by each local Dask worker when it starts: Ctrl-C goes to all processes, and the client decides."""

import signal


def dask_setup(_worker: object) -> None:
    """Ignore Ctrl-C and a terminal's end; importing this module alone changes nothing."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
