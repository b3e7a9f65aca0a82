"""How a record stands in a file: the formats by suffix."""

import csv
import json
from collections.abc import Callable
from typing import IO

from newsspider.outputs.schemas import View
from newsspider.record import FIELD_NAMES, ArticleRecord
from newsspider.text import guard_cell

WriteRecord = Callable[[ArticleRecord], None]
Encoder = Callable[[IO[str]], WriteRecord]


def encode_json_lines(stream: IO[str]) -> WriteRecord:
    """Return what writes a record as a line of JSON."""

    def write(record: ArticleRecord) -> None:
        stream.write(record.to_json() + "\n")

    return write


def encode_as(view: View) -> Encoder:
    """Return an encoder of JSON lines in another tool's names."""

    def encode(stream: IO[str]) -> WriteRecord:
        def write(record: ArticleRecord) -> None:
            stream.write(json.dumps(view(record), ensure_ascii=False) + "\n")

        return write

    return encode


def encode_csv(stream: IO[str]) -> WriteRecord:
    """Write the header and return what writes a record as a row; lists and objects are JSON in their cell."""
    rows = csv.writer(stream)
    rows.writerow(FIELD_NAMES)

    def write(record: ArticleRecord) -> None:
        rows.writerow(_cell(value) for value in record.to_dict().values())

    return write


def _cell(value: object) -> object:
    """Return a value as a cell: empty for none."""
    if value is None or value in ([], {}):
        return ""
    if isinstance(value, str):
        return guard_cell(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


FORMATS: dict[str, Encoder] = {
    ".jsonl": encode_json_lines,
    ".jsonl.gz": encode_json_lines,
    ".csv": encode_csv,
}


def format_suffix(name: str) -> str | None:
    """Return the suffix of FORMATS that a file's name ends in, or None.

    >>> format_suffix("news/Articles.JSONL.gz"), format_suffix("articles.doc")
    ('.jsonl.gz', None)
    """
    return next((suffix for suffix in FORMATS if name.lower().endswith(suffix)), None)
