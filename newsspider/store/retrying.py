"""Waiting for a database whose server is away for a moment: it restarts, or the network breaks."""

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from newsspider.errors import StoreLostError

logger = logging.getLogger(__name__)

RETRY_SECONDS = 60.0  # a server restarts in seconds, and recovers from a crash in a minute
FIRST_WAIT_SECONDS = 0.25
LONGEST_WAIT_SECONDS = 5.0

Result = TypeVar("Result")

_tries = 0  # of this process, since its start


def count_tries() -> int:
    """Return the number of failed calls; a watchdog knows by it that the event loop waits and doesn't hang."""
    return _tries


def with_retries(call: Callable[[], Result], seconds: float = RETRY_SECONDS) -> Result:
    """Call a function, and repeat it while the server can't be reached; repeating it must be harmless.

    Raises:
        StoreLostError: the server stayed away for this number of seconds.
    """
    end = time.monotonic() + seconds
    wait = FIRST_WAIT_SECONDS
    while True:
        try:
            return call()
        except StoreLostError as error:
            _note_try()
            left = end - time.monotonic()
            if left <= 0:
                raise
            logger.warning("%s; trying again for %.0f seconds", error, left)
            time.sleep(min(wait, left))
            wait = min(2 * wait, LONGEST_WAIT_SECONDS)


def _note_try() -> None:
    global _tries
    _tries += 1
