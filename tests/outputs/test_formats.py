"""The output formats: one table, which names of files, messages and help follow."""

from pathlib import Path

import pytest

from newsspider.outputs.formats import DEFAULT, FORMATS, format_suffix
from tests.package_copy import PackageCopy

pytestmark = pytest.mark.processes

TAB_SEPARATED = '''
"""Tab-separated titles."""

from typing import IO

from newsspider.outputs.encoders import WriteRecord
from newsspider.record import ArticleRecord


def encode_tsv(stream: IO[str]) -> WriteRecord:
    """Return what writes a record's address and title."""

    def write(record: ArticleRecord) -> None:
        stream.write(f"{record.url}\\t{record.title}\\n")

    return write
'''
HTML_NOTES = '''
"""Pages that hold nothing but the article."""

from newsspider.record import ArticleRecord


def render_html(record: ArticleRecord) -> str:
    """Return the page."""
    return f"<h1>{record.title}</h1>"
'''
PAGE = f"<title>Ferry</title><article><h1>Ferry sails</h1><p>{'It sails at six from the old harbour. ' * 20}</p>"


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.jsonl", ".jsonl"),
        ("a.b.jsonl.gz", ".jsonl.gz"),
        ("A.CSV", ".csv"),
        ("a.json", ".json"),
        ("a.json.gz", ".json.gz"),
        ("notes.md", ".md"),
        ("a.xml", ".xml"),
        ("a.rss", ".rss"),
        ("feed.json", "feed.json"),
        ("feed.json.gz", ".json.gz"),
        ("a.doc", None),
        ("a.csv.gz", ".csv.gz"),
        ("a.jsonl.ZST", ".jsonl.zst"),
        ("a.parquet", ".parquet"),
        ("jsonl", None),
        ("", None),
    ],
)
def test_suffix_names_the_format(name: str, suffix: str | None) -> None:
    assert format_suffix(name) == suffix


def test_every_format_can_be_loaded() -> None:
    assert all(callable(row.load()) for row in FORMATS.values())
    for row in FORMATS.values():
        if row.resuming:
            module = row.load_resuming()
            assert all(callable(getattr(module, name)) for name in ("mend_file", "iter_sources", "drop_retried"))
    assert FORMATS[DEFAULT].shape == "text"


def test_no_suffix_means_two_formats() -> None:
    suffixes = [suffix for row in FORMATS.values() for suffix in row.suffixes]
    assert len(suffixes) == len(set(suffixes))


@pytest.fixture
def copy(tmp_path: Path) -> PackageCopy:
    """A copy of the package with a page beside it."""
    (tmp_path / "page.html").write_text(PAGE)
    return PackageCopy(tmp_path)


def test_new_text_format_is_one_row_and_one_module(copy: PackageCopy) -> None:
    copy.add_module("outputs/tab_separated.py", TAB_SEPARATED)
    row = '    "tsv": OutputFormat("text", ".tsv", "tab_separated:encode_tsv"),\n'
    copy.insert("outputs/formats.py", '    "parquet": OutputFormat(', row)
    assert copy.changed == {"outputs/formats.py"}
    arguments = ("extract", "page.html", "--url", "https://herald.example/ferry")
    for more in (["--format", "tsv"], ["-o", "x.tsv"]):
        done = copy.run_command(*arguments, *more)
        assert done.returncode == 0, done.stderr
        written = done.stdout or (copy.folder / "x.tsv").read_text()
        assert written == "https://herald.example/ferry\tFerry sails\n"
    assert copy.run_command(*arguments, "-o", "x.tsv.gz").returncode == 0
    known = "jsonl, json, csv, rss, atom, jsonfeed, tsv, parquet,"
    assert f"use one of {known}" in copy.run_command(*arguments, "--format", "x").stderr
    options = " ".join(copy.run_command("export", "--help").stdout.split())
    files = ".rss, .atom, feed.json, .parquet, .md, .txt file"
    assert f"a .jsonl, .json, .csv, .tsv (also .jsonl.gz, .tsv.zst …), {files}" in options


def test_new_folder_format_is_one_row_and_one_module(copy: PackageCopy) -> None:
    copy.add_module("outputs/html_notes.py", HTML_NOTES)
    row = '    "html": OutputFormat("folder", ".html", "html_notes:render_html", is_read_as_pages=True),\n'
    copy.insert("outputs/formats.py", '    "tei": OutputFormat(', row)
    done = copy.run_command("extract", "page.html", "-o", "notes", "--format", "html")
    assert done.returncode == 0, done.stderr
    assert [path.read_text() for path in copy.folder.glob("notes/*/*.html")] == ["<h1>Ferry sails</h1>"]
    refused = copy.run_command("extract", ".", "-o", "notes", "--format", "html")
    assert "it is in ., which is an input" in refused.stderr
    assert "write one file per article" in " ".join(copy.run_command("export", "--help").stdout.split())
