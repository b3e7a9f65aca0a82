"""How a record stands in a file."""

import csv
import io
import json

import pytest

from newsspider.outputs.encoders import encode_csv, encode_json_lines
from newsspider.outputs.formats import formats_of
from newsspider.record import FIELD_NAMES, ArticleRecord

RECORD = ArticleRecord(
    url="https://herald.example/ferry",
    title='The "old" ferry, back',
    body="One.\n\nTwo, 東京.",
    authors=("Ann Lee, Jr.", "Bo Ek"),
    provenance={"title": "markup"},
    is_free=False,
    word_count=4,
)


def test_json_lines_are_a_record_a_line() -> None:
    stream = io.StringIO()
    write = encode_json_lines(stream)
    write(RECORD)
    write(ArticleRecord())
    records = [ArticleRecord.from_dict(json.loads(line)) for line in stream.getvalue().splitlines()]
    assert records == [RECORD, ArticleRecord()]


def read_csv(*records: ArticleRecord) -> list[dict[str, str]]:
    stream = io.StringIO(newline="")
    write = encode_csv(stream)
    for record in records:
        write(record)
    stream.seek(0)
    return list(csv.DictReader(stream))


def test_csv_begins_with_day_title_authors_site_and_address() -> None:
    stream = io.StringIO()
    encode_csv(stream)
    assert stream.getvalue().startswith("published,title,authors,site,url,canonical_url,")
    assert sorted(stream.getvalue().strip().split(",")) == sorted(FIELD_NAMES)


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ("title", 'The "old" ferry, back'),
        ("body", "One.\n\nTwo, 東京."),
        ("authors", "Ann Lee, Jr.; Bo Ek"),
        ("provenance", '{"title": "markup"}'),
        ("is_free", "False"),
        ("word_count", "4"),
        ("published", ""),
        ("tags", ""),
    ],
)
def test_csv_cell_can_be_read(field: str, cell: str) -> None:
    (row,) = read_csv(RECORD)
    assert row[field] == cell


def test_csv_list_that_looks_like_a_formula_is_none() -> None:
    (row,) = read_csv(ArticleRecord(tags=("=1+1", "ferry")))
    assert row["tags"] == "'=1+1; ferry"


def test_csv_has_a_row_a_record() -> None:
    assert [row["title"] for row in read_csv(RECORD, ArticleRecord(title="b"))] == [RECORD.title, "b"]


def test_every_text_format_takes_every_field() -> None:
    for row in formats_of("text").values():
        stream = io.StringIO()
        row.load()(stream)(RECORD)
        assert "東京" in stream.getvalue()


@pytest.mark.parametrize(
    "title",
    [
        "=1+1",
        "+44 20",
        "-5 degrees",
        "@herald",
        "\tx",
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM(1)",
        "\n=1+1",
        "=cmd|' /C calc'!A0",
    ],
)
def test_csv_cell_that_looks_like_a_formula_is_none(title: str) -> None:
    (row,) = read_csv(ArticleRecord(title=title, section=title))
    assert row["title"] == row["section"] == f"'{title}"
