"""Records take the same steps outside of a crawl."""

from types import TracebackType

from newsspider.outputs.writers import RecordWriter
from newsspider.record import ArticleRecord
from pipelines.honour import Honour
from pipelines.record_steps import RecordSteps


class Listed(RecordWriter):
    """A writer that lists records."""

    def __init__(self) -> None:
        """Begin with none."""
        self.name = "a list"
        self.records: list[ArticleRecord] = []

    def write(self, record: ArticleRecord) -> None:
        self.records.append(record)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close nothing."""


def test_records_are_counted_and_written_unless_their_pages_ask_for_none() -> None:
    writer = Listed()
    steps = RecordSteps(Honour(["noindex"]), writer)
    first, second = (ArticleRecord(url=f"https://herald.example/{number}") for number in range(2))
    steps.take(first, {"noarchive"})
    steps.take(second, {"noindex"})
    assert writer.records == [first]
    assert steps.tally.left_out == 1
