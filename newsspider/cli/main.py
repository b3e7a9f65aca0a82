"""The command's entry: its errors as one line, its exit codes.

Each worker process imports this module, since it is the main one; the command line is loaded by who
needs it.
"""

import errno
import os
import signal
import sys
import traceback
from io import BufferedWriter, RawIOBase, TextIOWrapper

from newsspider.cli.closed_streams import open_closed_streams
from newsspider.errors import ExitCode, NewsspiderError
from newsspider.sighup import end_on_hangup

UNWRITABLE = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF}
)  # full, failed or closed


def main() -> None:
    """Run the command: an error is one line on standard error, a fault of ours a traceback with its own exit code."""
    try:
        _run()
    except Exception:
        traceback.print_exc()
        sys.exit(ExitCode.CRASHED)


def _run() -> None:
    """Run the command; an error of ours ends it with its exit code."""
    from newsspider.cli.app import app

    open_closed_streams()
    if isinstance(sys.stdout, TextIOWrapper):
        if isinstance(sys.stdout.buffer, RawIOBase):
            # PYTHONUNBUFFERED: without a buffer, Python loses the rest of an incomplete write
            # left.
            sys.stdout = TextIOWrapper(BufferedWriter(sys.stdout.detach()), line_buffering=True)
        sys.stdout.reconfigure(
            encoding="utf-8"
        )  # records hold every script, whatever the locale is

    signal.signal(
        signal.SIGTERM, signal.default_int_handler
    )  # systemd and docker ask to stop as Ctrl-C does
    end_on_hangup()
    try:
        try:
            app()
        finally:
            sys.stdout.flush()  # a failed write must be reported while that is possible
    except NewsspiderError as error:
        sys.stderr.write(f"newsspider: {error}\n")
        sys.exit(error.exit_code)
    except OSError as error:
        if error.errno not in UNWRITABLE:
            if error.filename is None:
                raise
            sys.stderr.write(f"newsspider: {error.filename}: {error.strerror}\n")
            sys.exit(ExitCode.WRONG_USAGE)
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # the rest of it is tried again at the exit
        sys.stderr.write(f"newsspider: {error.filename or 'standard output'}: {error.strerror}\n")
        sys.exit(ExitCode.STORE_UNUSABLE)
