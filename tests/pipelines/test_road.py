"""Records walk the whole road where no crawl is."""

from types import TracebackType

from newsspider.outputs.writers import RecordWriter
from newsspider.record import ArticleRecord
from pipelines.honour import Honour
from pipelines.road import Road


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
    road = Road(Honour(["noindex"]), writer)
    first, second = (ArticleRecord(url=f"https://herald.example/{number}") for number in range(2))
    road.take(first, {"noarchive"})
    road.take(second, {"noindex"})
    assert writer.records == [first]
    assert road.tally.left_out == 1
