"""The whole road, walked where no crawl is: what Scrapy's pipelines do for a crawl, step by step and in their order."""

from collections.abc import Collection

from newsspider.outputs.writers import RecordWriter
from newsspider.record import ArticleRecord
from pipelines.count import Tally
from pipelines.honour import Honour


class Road:
    """Honours, counts, and writes each record; the writer parts articles from all else.

    Attributes:
        tally: what was counted.
    """

    def __init__(self, honour: Honour, writer: RecordWriter) -> None:
        """Lead to an open writer."""
        self.tally = Tally()
        self._honour = honour
        self._writer = writer

    def take(self, record: ArticleRecord, directives: Collection[str] = ()) -> None:
        """Lead a record to its end.

        Args:
            record: of a page.
            directives: what the page asks of robots.

        Raises:
            OutputError, StoreError: it could not be written.
        """
        if not self._honour.lets_record(directives):
            self.tally.left_out += 1
            return
        self.tally.add(record)
        self._writer.write(record)
