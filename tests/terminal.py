"""Commands run on a terminal."""

import fcntl
import os
import pty
import struct
import subprocess
import termios
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

SECONDS = 120  # a command that hangs ends its test


def run_on_terminal(
    command: Sequence[str | Path],
    columns: int,
    cwd: Path | None = None,
    *,
    errors_too: bool = False,
    environment: Mapping[str, str] = os.environ,
    **more: str,
) -> tuple[int, str]:
    """Run a command with its standard output on a terminal; return its exit code and what the terminal gets.

    Args:
        command: the program and its arguments.
        columns: of the terminal.
        cwd: the folder to run it in.
        errors_too: whether standard error goes there, too.
        environment: this process's unless it is given.
        more: variables for its environment.
    """
    terminal, end = pty.openpty()
    fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    inherited = {name: value for name, value in environment.items() if name not in ("COLUMNS", "LINES")}
    with subprocess.Popen(
        list(command),
        stdin=subprocess.DEVNULL,
        stdout=end,
        stderr=end if errors_too else subprocess.PIPE,
        cwd=cwd,
        env={**inherited, "TERM": "xterm-256color", **more},
    ) as process:
        os.close(end)
        shown = b"".join(_iter_output(terminal))
        code = process.wait(SECONDS)
    os.close(terminal)
    return code, shown.decode().replace("\r\n", "\n")


def _iter_output(terminal: int) -> Iterator[bytes]:
    """Yield what comes, until the other end is closed."""
    while True:
        try:
            output = os.read(terminal, 1 << 16)
        except OSError:  # as Linux says it
            return
        if not output:
            return
        yield output
