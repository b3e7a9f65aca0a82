"""All steps for commands without a crawl: the work of Scrapy's pipelines, in their order."""

from collections.abc import Collection

from newsspider.outputs.writers import RecordWriter
from newsspider.record import ArticleRecord
from pipelines.count import Tally
from pipelines.honour import Honour


class RecordSteps:
    """Honours, counts and writes each record; the writer separates articles from other pages.

    Attributes:
        tally: the counts.
    """

    def __init__(self, honour: Honour, writer: RecordWriter) -> None:
        """Write to an open writer."""
        self.tally = Tally()
        self._honour = honour
        self._writer = writer

    def take(self, record: ArticleRecord, directives: Collection[str] = ()) -> None:
        """Process a record.

        Args:
            record: a page's record.
            directives: the page's requests to robots.

        Raises:
            OutputError, StoreError: it could not be written.
        """
        if not self._honour.lets_record(directives):
            self.tally.left_out += 1
            return
        self.tally.add(record)
        self._writer.write(record)
