"""Commands to go on with, which work when they are pasted."""

import shlex
import shutil
import sys
from pathlib import Path

NAME = "newsspider"


def command_line(*words: str, database: str | None = None) -> str:
    """Return a command of ours as the user can type it here.

    Args:
        words: its subcommand and arguments.
        database: the database that the user named, if any; the other commands need to be told it
            too.
    """
    named = ["--db", database] if database else []
    return shlex.join([_program(), *words, *named])


def _program() -> str:
    """Return the command that runs this program: its name if it is on the PATH, else its file."""
    file = Path(sys.argv[0])
    if file.name != NAME or not file.is_file():
        return NAME
    found = shutil.which(NAME)
    return NAME if found and Path(found).samefile(file) else sys.argv[0]
