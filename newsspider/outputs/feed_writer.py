"""The newest articles of a run as one feed, which appears when it is complete."""

import heapq
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from newsspider.clock import as_text
from newsspider.errors import OutputError
from newsspider.files import make_private, replace_file
from newsspider.outputs.writers import RecordWriter
from newsspider.record import ArticleRecord
from newsspider.text import count_of
from newsspider.urls import is_web_url

# Readers fetch the whole file each time; newspapers' own feeds have 20 to 100 entries
FEED_ENTRIES = 100
STANDARD_OUTPUT = "-"

RenderFeed = Callable[[Sequence[ArticleRecord]], str]


class FeedWriter(RecordWriter):
    """Keeps the newest articles and writes them as one feed at the end, newest first."""

    def __init__(self, target: str, render: RenderFeed, limit: int = FEED_ENTRIES) -> None:
        """Write nothing yet: readers of the earlier feed see it until the new one is complete.

        Args:
            target: a file, or `-` for standard output.
            render: returns the feed.
            limit: the maximum number of entries.
        """
        self._path = None if target == STANDARD_OUTPUT else Path(target)
        self.name = str(self._path.absolute()) if self._path else "standard output"
        self._render = render
        self._limit = limit
        self._newest: list[tuple[str, int, ArticleRecord]] = []  # a heap, the oldest first
        self._given = 0
        self._without_url = 0

    def write(self, record: ArticleRecord) -> None:
        """Keep a record if it is among the newest; an entry of a feed needs an address."""
        if not (record.url and is_web_url(record.url)):
            self._without_url += 1
            return

        self._given += 1
        moment = entry_moment(record)
        heapq.heappush(self._newest, (as_text(moment) if moment else "", -self._given, record))

        if len(self._newest) > self._limit:
            heapq.heappop(self._newest)

    def notes(self) -> list[str]:
        """Return the number of records that are not in the feed."""
        left_out = {
            "without a URL, which a feed's entry needs": self._without_url,
            f"older than the newest {self._limit}": self._given - len(self._newest),
        }

        return [
            f"left out: {count_of(number, 'record')} {why}"
            for why, number in left_out.items()
            if number
        ]

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write the feed, unless the run failed.

        Raises:
            OutputError: it can't be written.
        """
        if error is not None:
            return

        feed = self._render([record for _, _, record in sorted(self._newest, reverse=True)])
        if self._path is None:
            sys.stdout.write(feed)
            sys.stdout.flush()
        else:
            _write_whole(self._path, feed)


def entry_moment(record: ArticleRecord) -> datetime | None:
    """Return when an article was published, else when it was first seen or fetched, or None.

    A day alone means its midnight, and a time without a zone is in UTC.

    >>> str(entry_moment(ArticleRecord(published="2026-03-24"))), entry_moment(ArticleRecord())
    ('2026-03-24 00:00:00+00:00', None)
    """
    return read_entry_moment(record.published) or read_entry_moment(
        record.first_seen or record.fetched_at
    )


def read_entry_moment(text: str | None) -> datetime | None:
    """Return the moment of a record's date in the date's own zone, or None."""
    try:
        moment = datetime.fromisoformat(text or "")
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)

        moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None

    return moment


def _write_whole(path: Path, feed: str) -> None:
    """Put a feed in the place of a file.

    Raises:
        OutputError: it can't be written.
    """
    part = path.with_name(f"{path.name}.part")

    try:
        make_private(part)
        part.write_text(feed, encoding="utf-8", newline="")
        make_private(path)
        replace_file(part, path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise OutputError(f"{path}: {error.strerror}") from error
