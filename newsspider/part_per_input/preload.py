"""Imported by each local Dask worker when it starts: Ctrl-C goes to all processes, and the client decides."""

import signal

signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGHUP, signal.SIG_IGN)
