"""Keeping the logs of the library that sends messages away from ours: they can contain passwords."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quietly() -> Iterator[list[str]]:
    """Hide the logs of Apprise and urllib3, which can contain whole URLs; lend the list of their warnings."""
    loggers = [logging.getLogger(name) for name in ("apprise", "urllib3")]
    before = [(logger.propagate, logger.level) for logger in loggers]
    kept = _Kept(logging.WARNING)
    for logger in loggers:
        logger.propagate = False
        logger.addHandler(kept)
    loggers[0].setLevel(
        logging.DEBUG
    )  # only these entries say whether a message was sent before the failure
    try:
        yield kept.lines
    finally:
        for logger, (propagate, level) in zip(loggers, before, strict=True):
            logger.removeHandler(kept)
            logger.propagate = propagate
            logger.setLevel(level)


class _Kept(logging.Handler):
    """Collects log messages."""

    def __init__(self, level: int) -> None:
        """Collect messages of this level or above."""
        super().__init__(level)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Collect a message."""
        self.lines.append(record.getMessage())
