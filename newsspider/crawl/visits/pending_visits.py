"""Visits whose records are still in the pipelines; a visit is stored together with its record."""

from collections.abc import Iterator

from newsspider.record import ArticleRecord
from newsspider.revisiting.page_states import Visit


class PendingVisits:
    """Visits with their records, by the URL of the record."""

    def __init__(self) -> None:
        """Start without visits."""
        self._by_url: dict[str, tuple[Visit, ArticleRecord]] = {}

    def add(self, url: str, visit: Visit, record: ArticleRecord) -> None:
        """Add the visit of a record that the pipelines are about to see."""
        self._by_url[url] = (visit, record)

    def take(self, record: ArticleRecord) -> Visit | None:
        """Remove and return the visit of a record; None if it has none."""
        visit, _ = self._by_url.pop(record.url or "", (None, None))
        return visit

    def take_answered(self, url: str) -> Iterator[tuple[Visit, ArticleRecord]]:
        """Remove and yield the visits of the response with this URL."""
        answered = [key for key, (visit, _) in self._by_url.items() if visit.url == url]
        for key in answered:
            yield self._by_url.pop(key)

    def take_all(self) -> Iterator[tuple[Visit, ArticleRecord]]:
        """Remove and yield all visits."""
        pending, self._by_url = self._by_url, {}
        yield from pending.values()
