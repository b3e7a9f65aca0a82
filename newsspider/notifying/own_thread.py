"""Calling a library that has threads and locks of its own, so that Ctrl-C can't make the process hang."""

from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

Result = TypeVar("Result")


def call_in_thread(call: Callable[[], Result]) -> Result:
    """Call a function in a thread of its own, and return its result or raise its error.

    Ctrl-C raises KeyboardInterrupt in the main thread, wherever it is. A `threading.Condition` that
    was just entered stays locked then, such as that of a future. The thread that settles the future
    would wait for it without end, and the process would wait for that thread. The queue here has no
    lock that Python code could leave.
    """
    outcomes: SimpleQueue[Result | Exception] = SimpleQueue()

    def work() -> None:
        try:
            outcomes.put(call())
        except Exception as error:  # the edge of the thread; it is raised below
            outcomes.put(error)

    Thread(target=work, name="newsspider message", daemon=True).start()
    outcome = outcomes.get()

    if isinstance(outcome, Exception):
        raise outcome
    return outcome
