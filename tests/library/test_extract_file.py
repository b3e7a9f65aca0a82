"""`newsspider.extract_file`: one archive to one part, whatever runs it."""

import csv
import json
import os
from pathlib import Path

import pytest

import newsspider
from newsspider import Limits, UnreadableError, UsageError
from tests.warcs import read_lines, write_warc

HERE = Limits(workers=0)
KINDS = {"article": 3, "empty": 1}


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write_warc(tmp_path / "news" / "x.warc.gz", "x", 3)


def test_part_has_the_records_and_counts_of_its_archive(archive: Path, tmp_path: Path) -> None:
    part = newsspider.extract_file("news/x.warc.gz", "out", HERE, format="jsonl")
    assert (part.made, part.kinds) == (True, KINDS)
    assert [Path(file).parent.name for file in part.files] == ["articles", "quarantine"]
    rows = read_lines(*map(Path, part.files))
    assert [row[0] for row in rows] == sorted(f"news/x.warc.gz#urn:test:x-{each}" for each in (0, 1, 2, "empty"))


def test_part_that_is_there_is_not_made_again_and_its_own_records_are_counted(archive: Path) -> None:
    first = newsspider.extract_file(archive, "out", HERE, format="jsonl")
    inodes = [Path(file).stat().st_ino for file in first.files]
    second = newsspider.extract_file(archive, "out", HERE, format="jsonl")
    assert (second.made, second.kinds, second.files) == (False, KINDS, first.files)
    assert [Path(file).stat().st_ino for file in second.files] == inodes


def test_part_is_made_again_when_it_is_to_be_replaced(archive: Path) -> None:
    newsspider.extract_file(archive, "out", HERE, format="jsonl")
    write_warc(archive, "y", 1)
    assert newsspider.extract_file(archive, "out", HERE, format="jsonl", replace=True).kinds == {
        "article": 1,
        "empty": 1,
    }


@pytest.mark.parametrize("form", ["parquet", "jsonl", "json", "csv"])
def test_records_of_every_format_are_counted_in_the_file(archive: Path, form: str) -> None:
    if form == "parquet" and not os.environ.get("NEWSSPIDER_NO_SKIPS"):
        pytest.importorskip("pyarrow")
    made = newsspider.extract_file(archive, "out", HERE, format=form)
    found = newsspider.extract_file(archive, "out", HERE, format=form)
    assert (made.made, found.made) == (True, False)
    assert made.kinds == found.kinds == KINDS


def test_other_tools_names_are_written_and_counted_as_articles(archive: Path) -> None:
    part = newsspider.extract_file(archive, "out", HERE, format="jsonl", schema="trafilatura")
    assert "source-hostname" in json.loads(Path(part.files[0]).read_text().splitlines()[0])
    assert newsspider.extract_file(archive, "out", HERE, format="jsonl", schema="trafilatura").kinds == KINDS


def test_folder_is_one_part(archive: Path, tmp_path: Path) -> None:
    write_warc(tmp_path / "news" / "y.warc.gz", "y", 1)
    assert newsspider.extract_file("news", "out", HERE, format="csv").kinds == {"article": 4, "empty": 2}
    (file,) = (tmp_path / "out" / "articles").iterdir()
    with file.open() as stream:
        assert len(list(csv.DictReader(stream))) == 4


def test_damage_is_a_failed_page_of_the_part(archive: Path) -> None:
    write_warc(archive, "x", 3, damaged=True)
    assert newsspider.extract_file(archive, "out", HERE, format="jsonl").kinds == {
        "article": 2,
        "empty": 1,
        "failed": 1,
    }


def test_remote_archive_and_output_are_the_same_by_url(archive: Path) -> None:
    fsspec = __import__("fsspec") if os.environ.get("NEWSSPIDER_NO_SKIPS") else pytest.importorskip("fsspec")
    system = fsspec.filesystem("memory")
    system.store.clear()
    system.put_file(str(archive), "/news/x.warc.gz")
    part = newsspider.extract_file("memory://news/x.warc.gz", "memory://out", HERE, format="jsonl")
    assert part.kinds == KINDS
    record = json.loads(system.cat_file(part.files[0]).splitlines()[0])
    assert record["source"] == "memory://news/x.warc.gz#urn:test:x-0"
    assert not newsspider.extract_file("memory://news/x.warc.gz", "memory://out", HERE, format="jsonl").made
    assert system.glob("/out/.unfinished/*") == []
    system.store.clear()


@pytest.mark.parametrize(
    ("path", "more", "error", "said"),
    [
        ("gone.warc.gz", {}, UsageError, r"gone\.warc\.gz: no such file"),
        ("memory://gone.warc.gz", {}, UnreadableError, r"memory://gone\.warc\.gz: no such file"),
        ("news/*", {}, UsageError, r"news/\*: several files"),
        (
            "news/x.warc.gz",
            {"format": "markdown"},
            UsageError,
            "--format markdown: parts are written as parquet, jsonl",
        ),
        ("news/x.warc.gz", {"schema": "nonsense"}, UsageError, "--schema nonsense: no such schema"),
    ],
)
def test_what_is_wrong_is_one_error(
    archive: Path, path: str, more: dict[str, str], error: type[Exception], said: str
) -> None:
    write_warc(archive.with_name("y.warc.gz"), "y", 1)
    with pytest.raises(error, match=said):
        newsspider.extract_file(path, "out", HERE, **{"format": "jsonl", **more})  # type: ignore[arg-type]
    assert not list(Path("out").glob("*/*")) if Path("out").exists() else True
