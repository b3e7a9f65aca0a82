"""`-O x.csv`: no cell is a spreadsheet's formula."""

import csv
import io

from newsspider.record import ArticleRecord
from newsspider.spiders.exporters import GuardedCsvExporter


def test_cell_that_begins_as_a_formula_gets_an_apostrophe() -> None:
    stream = io.BytesIO()
    exporter = GuardedCsvExporter(stream)
    exporter.start_exporting()
    exporter.export_item(ArticleRecord(title="=HYPERLINK(1)", body="Ferry", word_count=-1))
    exporter.finish_exporting()
    stream.seek(0)
    (row,) = csv.DictReader(io.TextIOWrapper(stream, "utf-8"))
    assert row["title"] == "'=HYPERLINK(1)"
    assert row["body"] == "Ferry"
    assert row["word_count"] == "-1"
