"""One thread per worker: the workers are the parallelism."""

import os

_LIBRARIES = ("OPENBLAS", "OMP", "MKL")


def keep_numpy_to_one_thread() -> None:
    """Make numpy use one thread, if it is not imported yet.

    Each thread of OpenBLAS reserves address space of its own.
    """
    for library in _LIBRARIES:
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
