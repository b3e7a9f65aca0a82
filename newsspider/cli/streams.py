"""Standard streams that the caller has closed."""

import os
import sys

# A closed stream is opened the wrong way round: who reads or writes gets the error of a closed one.
_WRONG_WAY = ((0, os.O_WRONLY), (1, os.O_RDONLY), (2, os.O_WRONLY))


def open_closed_streams() -> None:
    """Give closed standard streams their places back.

    A database or output would get their numbers, and their text.
    """
    for number, flags in _WRONG_WAY:
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, flags)  # gets the lowest number that is free: this one

    sys.stdin = sys.stdin or os.fdopen(
        0, encoding="utf-8", closefd=False
    )  # None where it was closed
    sys.stdout = sys.stdout or os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = sys.stderr or os.fdopen(2, "w", encoding="utf-8", closefd=False)
