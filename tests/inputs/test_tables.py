"""JSON lines and Parquet with a column of pages."""

import builtins
import gzip
import json
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet

from newsspider.errors import UsageError
from newsspider.inputs import page_bytes, tables
from newsspider.inputs.reading import iter_pages
from newsspider.inputs.table_columns import Columns
from newsspider.pages.page import parse_raw
from newsspider.pages.raw_page import RawPage
from tests.archives import FERRY, STORM

URL = "https://herald.example/ferry"
ROWS: list[dict[str, Any]] = [{"html": FERRY.decode(), "url": URL}, {"html": STORM.decode(), "url": None}]


def read(path: Path, columns: Columns = Columns()) -> list[RawPage]:  # noqa: B008
    return list(iter_pages([str(path)], columns=columns))


def write_lines(path: Path, *rows: Any) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_byte_order_mark_before_the_first_line_is_none_of_it(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "pages.jsonl", *ROWS)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert [page.body for page in read(path)] == [FERRY, STORM]


def test_lines_are_pages_named_by_their_number(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "pages.jsonl", *ROWS)
    assert [(page.body, page.url, page.source) for page in read(path)] == [
        (FERRY, URL, f"{path}#1"),
        (STORM, None, f"{path}#2"),
    ]
    (tmp_path / "pages").write_bytes(gzip.compress(path.read_bytes()))
    assert [page.body for page in read(tmp_path / "pages")] == [FERRY, STORM]


@pytest.mark.parametrize("convert", [str, str.encode])
def test_parquet_rows_are_pages(convert: Any, tmp_path: Path) -> None:
    columns: dict[str, list[Any]] = {
        "n": [1, 2],
        "html": [convert(row["html"]) for row in ROWS],
        "url": [row["url"] for row in ROWS],
    }
    parquet.write_table(pyarrow.table(columns), tmp_path / "pages")
    assert [(page.body, page.url, page.source) for page in read(tmp_path / "pages")] == [
        (FERRY, URL, f"{tmp_path / 'pages'}#1"),
        (STORM, None, f"{tmp_path / 'pages'}#2"),
    ]


def test_columns_can_be_named(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "x.jsonl", {"html": "no", "seite": FERRY.decode(), "adresse": URL})
    (page,) = read(path, Columns("seite", "adresse"))
    assert (page.body, page.url) == (FERRY, URL)


def test_text_that_was_decoded_is_not_decoded_by_what_it_declares(tmp_path: Path) -> None:
    html = '<meta charset="windows-1251"><p>Cafe at the old harbour &amp; café</p>'
    (page,) = read(write_lines(tmp_path / "x.jsonl", {"html": html}))
    assert "harbour &amp; café" in parse_raw(page).html


@pytest.mark.parametrize(
    ("row", "columns", "problem"),
    [
        ({"text": "x", "n": 1}, Columns(), "no column of pages is known; it has text, n: name one with --html-column"),
        ({"html": "x"}, Columns("seite"), "no column seite; it has html: name one with --html-column"),
        ({"html": "x"}, Columns(url="u"), "no column u; it has html: name one with --url-column"),
        ({"html": [1]}, Columns(), "the column html contains list, not pages"),
    ],
)
def test_what_a_table_lacks_is_said(row: dict[str, Any], columns: Columns, problem: str, tmp_path: Path) -> None:
    (page,) = read(write_lines(tmp_path / "x.jsonl", row), columns)
    assert page.problem == f"can't be read: {problem}"


def test_lines_that_are_no_row_cost_themselves_only(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "x.jsonl", *ROWS)
    path.write_bytes(path.read_bytes() + b"{broken\n[1]\n\n" + b"[" * 100_000 + b"\n" + path.read_bytes())
    pages = read(path)
    assert [page.body for page in pages if not page.problem] == [FERRY, STORM, FERRY, STORM]
    assert [page.source for page in pages if page.problem] == [f"{path}#{number}" for number in (3, 4, 6)]


def test_line_over_the_limit_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "LINE_BYTES", 2000)
    path = write_lines(tmp_path / "x.jsonl", ROWS[0], {"html": "x" * 50_000}, ROWS[1])
    assert [page.body for page in read(path)] == [FERRY, b"", STORM]


def test_page_over_the_limit_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_bytes, "MAX_PAGE_BYTES", 1 << 20)
    (page,) = read(write_lines(tmp_path / "x.jsonl", {"html": "x" * (1 << 20) + "x"}))
    assert page.problem == "larger than 1 MiB"


def test_parquet_cut_short_is_reported(tmp_path: Path) -> None:
    parquet.write_table(pyarrow.table({"html": [FERRY]}), tmp_path / "x")
    (tmp_path / "x").write_bytes((tmp_path / "x").read_bytes()[:-9])
    (page,) = read(tmp_path / "x")
    assert page.problem
    assert page.problem.startswith("can't be read: ")


def test_missing_pyarrow_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x").write_bytes(b"PAR1")
    real = builtins.__import__

    def refuse(name: str, *arguments: Any) -> Any:
        if name == "pyarrow":
            raise ImportError(name)
        return real(name, *arguments)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(UsageError, match=r"pip install 'newsspider\[parquet\]'"):
        read(tmp_path / "x")
