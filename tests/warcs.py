"""Archives of small articles for tests of parts, and records compared as sets of rows."""

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.archives import response

PROSE = "<p>" + "The ferry sails again from the old harbour, said the harbour master on Monday. " * 4 + "</p>"
PAGE = "<html><body><article><h1>Ferry number {}</h1>{}</article></body></html>"
Row = tuple[str, ...]


def write_warc(path: Path, name: str, pages: int, *, site: str = "herald.example", damaged: bool = False) -> Path:
    """Write a WARC of articles and one page without text; with damage, one of its records can't be read."""
    members = [
        gzip.compress(response(f"https://{site}/{name}-{number}", PAGE.format(f"{name}-{number}", PROSE).encode()))
        for number in range(pages)
    ]
    members.append(gzip.compress(response(f"https://{site}/{name}-empty", b"<html><body></body></html>")))
    if damaged:
        members[1] = members[1][:80] + bytes(30) + members[1][110:]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(members))
    return path


def rows_of(records: Iterable[dict[str, Any]]) -> list[Row]:
    """Return what is compared of records, sorted: each record is one row."""
    names = ("source", "kind", "url", "title", "body", "reason")
    return sorted(tuple(str(record[name]) for name in names) for record in records)


def read_lines(*files: Path) -> list[Row]:
    """Return the rows of JSON lines files."""
    return rows_of(json.loads(line) for file in files for line in file.read_text("utf-8").splitlines())


def read_parts(folder: Path) -> list[Row]:
    """Return the rows of all parts, and see that articles and other pages are parted."""
    articles = _records(folder / "articles")
    quarantine = _records(folder / "quarantine")
    assert {record["kind"] for record in articles} <= {"article"}
    assert "article" not in {record["kind"] for record in quarantine}
    return rows_of([*articles, *quarantine])


def _records(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for file in folder.glob("*.parquet"):
        from pyarrow import parquet

        found += parquet.read_table(file).to_pylist()
    for file in folder.glob("*.jsonl"):
        found += [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return found
