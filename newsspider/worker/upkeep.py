"""The tasks of a worker beside its crawls: watches are told, the report is written, old pages are removed."""

import time

from scrapy.settings import BaseSettings

from newsspider.crawl.archiving.retention import read_retention, remove_expired
from newsspider.crawl_command.running import Command, tell_new, write_report_of

COMMAND = Command("newsspider worker")
REST_SECONDS = 600.0  # between two reports and removals: both read much of the database


class Upkeep:
    """The work of a crawl's end, repeated by a worker that doesn't end."""

    def __init__(self, settings: BaseSettings) -> None:
        """Prepare the work that the settings ask for.

        Raises:
            UsageError: NEWSSPIDER_RETENTION is not an age.
        """
        self._settings = settings
        self._age = read_retention(settings)
        self._told = 0
        self._next = time.monotonic() + REST_SECONDS

    def look(self, finished: int, *, is_last: bool = False) -> None:
        """Do the work that is due; it takes as long as the database needs.

        Args:
            finished: how many turns the worker has finished.
            is_last: whether the worker ends; then the report is written, too.
        """
        if finished > self._told:
            self._told = finished
            tell_new(self._settings, COMMAND)
        if not is_last and time.monotonic() < self._next:
            return
        write_report_of(self._settings, COMMAND)
        if self._age is not None:
            remove_expired(self._settings, self._age)
        self._next = time.monotonic() + REST_SECONDS
