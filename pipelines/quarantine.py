"""The separation of articles from other pages.

Articles go on; other pages go to quarantine with kind and reason.
"""

from collections.abc import Callable
from types import TracebackType
from typing import Any

from newsspider.outputs.output_locks import Claim
from newsspider.outputs.writers import RecordWriter
from newsspider.record import ArticleRecord


def reason_to_drop(record: ArticleRecord) -> str | None:
    """Return why a record isn't an article, or None for articles.

    >>> reason_to_drop(ArticleRecord(url="https://herald.example/", kind="index", reason="a list"))
    'index: a list (https://herald.example/)'
    """
    if record.is_article:
        return None
    return f"{record.kind}: {record.reason} ({record.url or record.source})"


class PartingWriter(RecordWriter):
    """Articles to one writer, other records to another, which is opened for its first record."""

    def __init__(
        self,
        articles: RecordWriter,
        open_quarantine: Callable[[], RecordWriter] | None = None,
        claim: Claim | None = None,
    ) -> None:
        """Write to both; without a quarantine, other records are only counted.

        Args:
            articles: an open writer.
            open_quarantine: opens the other one.
            claim: the right to write to both, which ends with them.
        """
        self.name = articles.name
        self._claim = claim or Claim()
        self._articles = articles
        self._open_quarantine = open_quarantine
        self._quarantine: RecordWriter | None = None

    def write(self, record: ArticleRecord) -> None:
        """Write the record to the writer for its kind."""
        if record.is_article:
            self._articles.write(record)
        elif self._open_quarantine:
            self._quarantine = self._quarantine or self._open_quarantine()
            self._quarantine.write(record)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Complete both."""
        with self._claim:
            try:
                if self._quarantine:
                    self._quarantine.__exit__(kind, error, trace)
            finally:
                self._articles.__exit__(kind, error, trace)


class QuarantinePipeline:
    """Passes only articles on to the feeds (-O, FEEDS); other records are already stored."""

    def process_item(self, item: Any) -> Any:
        """Pass on articles, and items that aren't records.

        Raises:
            DropItem: the record isn't an article; the text is its kind and reason.
        """
        from scrapy.exceptions import DropItem

        if isinstance(item, ArticleRecord) and (reason := reason_to_drop(item)):
            raise DropItem(reason)
        return item
