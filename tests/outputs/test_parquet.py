"""Parquet files, read by the tools that people read them with."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pandas
import polars
import pytest
from pyarrow import parquet as arrow_parquet

from newsspider.errors import OutputError
from newsspider.outputs import parquet
from newsspider.outputs.parquet import ParquetWriter, parts_folder
from newsspider.record import FIELD_NAMES, ArticleRecord
from pipelines.open_output import open_output

RECORD = ArticleRecord(
    url="https://herald.example/ferry",
    source="ferry.html",
    kind="live_blog",
    title="渡轮 is back",
    authors=("Ann Lee, Jr.", "Bo Ek"),
    published="2026-03-24T00:30:00+01:00",
    modified="2026-03-25",
    fetched_at="2026-03-26T10:00",
    body="It sails.",
    word_count=2,
    is_free=False,
    confidence=0.5,
    provenance={"title": "markup"},
    live_updates=({"time": "2026-03-24", "title": None, "text": "Off it goes."},),
    rights={
        "license": None, "copyright": "© Herald", "usage_terms": None, "robots": ("noai",), "tdm_reservation": True,
        "tdm_policy": None,
    },
)  # fmt: skip
OTHER = ArticleRecord(url="https://herald.example/b", source="b.html", title="b")
FAILED = ArticleRecord(source="c.html", kind="failed", reason="can't be read")


@pytest.fixture(autouse=True)
def small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "ROW_GROUP_RECORDS", 2)


def write_all(path: Path, *records: ArticleRecord, resume: bool = False) -> None:
    with open_output(str(path), resume=resume) as writer:
        for record in records:
            writer.write(record)


def read_titles(path: Path) -> list[str]:
    return [str(title) for title in arrow_parquet.read_table(path, columns=["title"]).column("title").to_pylist()]


def test_columns_have_types(tmp_path: Path) -> None:
    write_all(tmp_path / "x.parquet", RECORD, OTHER)
    first, second = arrow_parquet.read_table(tmp_path / "x.parquet").to_pylist()
    assert {name: first[name] for name in ("title", "authors", "word_count", "is_free", "confidence", "published")} == {
        "title": "渡轮 is back",
        "authors": ["Ann Lee, Jr.", "Bo Ek"],
        "word_count": 2,
        "is_free": False,
        "confidence": 0.5,
        "published": "2026-03-24T00:30:00+01:00",
    }
    assert first["provenance"] == [("title", "markup")]
    assert (first["rights"]["robots"], first["rights"]["tdm_reservation"]) == (["noai"], True)
    assert (second["rights"], second["images"]) == (None, [])
    assert first["live_updates"] == [{"time": "2026-03-24", "title": None, "text": "Off it goes."}]
    assert set(FIELD_NAMES) < set(first)
    assert (second["authors"], second["word_count"], second["published_utc"]) == ([], None, None)


def test_moments_are_utc_and_never_invented(tmp_path: Path) -> None:
    write_all(tmp_path / "x.parquet", RECORD)
    (row,) = arrow_parquet.read_table(tmp_path / "x.parquet").to_pylist()
    assert row["published_utc"] == datetime.datetime(2026, 3, 23, 23, 30, tzinfo=datetime.UTC)
    assert row["published_day"] == datetime.date(2026, 3, 24)
    assert (row["modified_utc"], row["fetched_utc"]) == (None, None)


@pytest.mark.parametrize(
    "read",
    [
        pytest.param(lambda path: pandas.read_parquet(path)["authors"].map(list).tolist(), id="pandas"),
        pytest.param(lambda path: polars.read_parquet(path)["authors"].to_list(), id="polars"),
        pytest.param(
            lambda path: [row[0] for row in duckdb.execute(f"SELECT authors FROM '{path}'").fetchall()], id="duckdb"
        ),
    ],
)
def test_files_are_read_by_other_tools(read: Callable[[Path], Any], tmp_path: Path) -> None:
    write_all(tmp_path / "x.parquet", RECORD, OTHER, RECORD)
    assert read(tmp_path / "x.parquet") == [["Ann Lee, Jr.", "Bo Ek"], [], ["Ann Lee, Jr.", "Bo Ek"]]


def test_run_leaves_one_file_and_its_quarantine(tmp_path: Path) -> None:
    write_all(tmp_path / "x.parquet", *[RECORD] * 5, FAILED)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.parquet", "x.quarantine.parquet"]
    assert arrow_parquet.ParquetFile(tmp_path / "x.parquet").metadata.num_rows == 5
    write_all(tmp_path / "x.parquet", OTHER)
    assert [path.name for path in tmp_path.iterdir()] == ["x.parquet"]
    assert read_titles(tmp_path / "x.parquet") == ["b"]


def test_run_without_records_leaves_an_empty_table(tmp_path: Path) -> None:
    write_all(tmp_path / "x.parquet")
    assert read_titles(tmp_path / "x.parquet") == []


def test_killed_run_leaves_readable_parts_and_resuming_completes_them(tmp_path: Path) -> None:
    killed = ParquetWriter(tmp_path / "x.parquet")
    for number in range(5):
        killed.write(ArticleRecord(title=str(number), source=f"{number}.html"))
    (parts_folder(tmp_path / "x.parquet") / "000009.part").write_bytes(b"PAR1 half of a row group")
    assert [read_titles(part) for part in sorted(parts_folder(tmp_path / "x.parquet").glob("*.parquet"))] == [
        ["0", "1"],
        ["2", "3"],
    ]
    with open_output(str(tmp_path / "x.parquet"), resume=True) as writer:
        assert [writer.holds(f"{number}.html") for number in range(5)] == [True] * 4 + [False]
        writer.write(ArticleRecord(title="4", source="4.html"))
    assert read_titles(tmp_path / "x.parquet") == ["0", "1", "2", "3", "4"]
    assert [path.name for path in tmp_path.iterdir()] == ["x.parquet"]


def test_resuming_a_finished_file_adds_to_it_and_tries_failed_pages_again(tmp_path: Path) -> None:
    index = ArticleRecord(source="i.html", kind="index", reason="a list")
    write_all(tmp_path / "x.parquet", OTHER, FAILED, index)
    with open_output(str(tmp_path / "x.parquet"), resume=True) as writer:
        assert [writer.holds(source) for source in ("b.html", "i.html", "c.html")] == [True, True, False]
        writer.write(ArticleRecord(title="c", source="c.html"))
        writer.write(ArticleRecord(source="d.html", kind="index"))
    assert read_titles(tmp_path / "x.parquet") == ["b", "c"]
    quarantine = arrow_parquet.read_table(tmp_path / "x.quarantine.parquet")
    assert quarantine.column("source").to_pylist() == ["i.html", "d.html"]


def test_file_of_something_else_is_not_gone_on_with(tmp_path: Path) -> None:
    (tmp_path / "x.parquet").write_bytes(b"PAR1 no table")
    with pytest.raises(OutputError, match=r"not a Parquet file of records, so --resume can't continue from it"):
        open_output(str(tmp_path / "x.parquet"), resume=True)


def test_file_of_an_earlier_version_is_gone_on_with(tmp_path: Path) -> None:
    write_all(tmp_path / "x.parquet", RECORD)
    table = arrow_parquet.read_table(tmp_path / "x.parquet").drop_columns(["similarity", "published_day"])
    arrow_parquet.write_table(table, tmp_path / "x.parquet")
    write_all(tmp_path / "x.parquet", OTHER, resume=True)
    assert read_titles(tmp_path / "x.parquet") == [RECORD.title, "b"]


def test_row_group_is_written_when_it_has_much_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "ROW_GROUP_RECORDS", 1_000)
    monkeypatch.setattr(parquet, "ROW_GROUP_CHARS", 10_000)
    with open_output(str(tmp_path / "x.parquet")) as writer:
        for number in range(10):
            writer.write(replace(OTHER, source=f"{number}.html", body="Ferry. " * 500))
        parts = sorted((tmp_path / "x.parquet.parts").glob("*.parquet"))
    assert len(parts) == 3
    assert len(read_titles(tmp_path / "x.parquet")) == 10
