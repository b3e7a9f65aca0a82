"""`-O x.csv` and `-o x.csv`: no cell is a spreadsheet's formula, and a file has one header."""

import csv
import io
from pathlib import Path
from typing import cast

import pytest

from newsspider.crawl.exports.csv_exporter import GuardedCsvExporter
from newsspider.record import ArticleRecord


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


FERRY = ArticleRecord(title="Ferry", body="It sails.", tags=("harbour",))
STORM = ArticleRecord(title="Storm", body="It is over.")


def append(path: Path, *records: ArticleRecord, **options: object) -> list[list[str]]:
    with path.open("ab") as file:
        exporter = GuardedCsvExporter(cast(io.BytesIO, file), **options)
        exporter.start_exporting()
        for record in records:
            exporter.export_item(record)
        exporter.finish_exporting()
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_rows_added_to_a_file_come_without_a_second_header(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    append(path, FERRY)
    header, *rows = append(path, STORM, FERRY)
    assert [row[header.index("title")] for row in rows] == ["Ferry", "Storm", "Ferry"]


def test_rows_have_the_columns_of_the_header_that_is_there(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "x.csv"
    path.write_text("body,gone,title\r\n", encoding="utf-8")
    assert append(path, FERRY) == [["body", "gone", "title"], ["It sails.", "", "Ferry"]]
    assert "no columns for url, " in caplog.text


def test_renamed_fields_keep_their_names(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    names = {"title": "headline", "body": "text"}
    append(path, FERRY, fields_to_export=names)
    assert append(path, STORM, fields_to_export=dict(reversed(names.items()))) == [
        ["headline", "text"],
        ["Ferry", "It sails."],
        ["Storm", "It is over."],
    ]


def test_file_without_a_header_of_ours_gets_one(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("1,2\r\n", encoding="utf-8")
    assert append(path, FERRY, fields_to_export=["title"])[1:] == [["title"], ["Ferry"]]
    assert append(tmp_path / "y.csv", FERRY, fields_to_export=["title"]) == [["title"], ["Ferry"]]


def test_header_that_is_not_wanted_is_not_written(tmp_path: Path) -> None:
    assert append(tmp_path / "x.csv", FERRY, fields_to_export=["title"], include_headers_line=False) == [["Ferry"]]
