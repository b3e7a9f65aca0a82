"""Standard streams that the caller has closed."""

import os
import sys

# A closed stream is opened the wrong way round: reading or writing it fails as before.
_WRONG_WAY = ((0, os.O_WRONLY), (1, os.O_RDONLY), (2, os.O_WRONLY))


def open_closed_streams() -> None:
    """Open standard streams that the caller has closed.

    Otherwise a database or output file would get one of their numbers, and messages would be
    written into it.
    """
    for number, flags in _WRONG_WAY:
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, flags)  # gets the lowest number that is free: this one

    # Python's own streams are None where they were closed
    sys.stdin = sys.stdin or os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = sys.stdout or os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = sys.stderr or os.fdopen(2, "w", encoding="utf-8", closefd=False)
