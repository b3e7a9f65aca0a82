"""The two targets that Apprise doesn't have: a file that messages are appended to, and a shell command."""

import os
import stat
import subprocess
from pathlib import Path

from newsspider.files import PRIVATE_FILE

COMMAND_SECONDS = 60  # a command that hangs must not keep the next run from starting
TITLE_VARIABLE = "NEWSSPIDER_TITLE"
STDERR = 2


def append_to_file(path: str, text: str) -> str | None:
    """Append a text to a file, all of it or nothing; return the reason if this fails."""
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NONBLOCK, PRIVATE_FILE)
    except OSError as error:
        return f"{path}: {error.strerror}"
    try:
        return _append(number, text.encode())
    except OSError as error:
        return f"{path}: {error.strerror}"
    finally:
        os.close(number)


def run_command(command: str, text: str, title: str) -> str | None:
    """Run a shell command with a text on its standard input; return the reason if it fails.

    The command's output goes to standard error, because a crawl's standard output can be records.
    """
    environment = {**os.environ, TITLE_VARIABLE: title}
    try:
        done = subprocess.run(
            command,
            shell=True,
            input=text.encode(),
            env=environment,
            stdout=STDERR,
            timeout=COMMAND_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"did not end within {COMMAND_SECONDS} s"
    return f"ended with exit code {done.returncode}" if done.returncode else None


def check_file(path: Path) -> str | None:
    """Return the reason why a file can't be written, or None."""
    if path.is_dir():
        return f"{path}: is a folder"
    if not path.parent.is_dir():
        return f"{path.parent}: no such folder"
    if path.exists() and not path.is_file():
        return f"{path}: not a file"
    return None


def _append(number: int, content: bytes) -> str | None:
    """Write all of the content; if this fails, remove the part that was written.

    Raises:
        OSError: the disk failed or is full.
    """
    before = os.fstat(number)
    if not stat.S_ISREG(before.st_mode):
        return "not a file"
    try:
        while content:
            content = content[os.write(number, content) :]
        os.fsync(number)
    except OSError:
        os.ftruncate(number, before.st_size)
        raise
    return None
