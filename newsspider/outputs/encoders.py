"""Encoders: the form of a record in a text file."""

import csv
import json
from collections.abc import Callable
from itertools import chain, repeat
from typing import IO, Any

from newsspider.errors import UsageError
from newsspider.outputs.schemas import SCHEMAS, View
from newsspider.record import FIELD_NAMES, ArticleRecord
from newsspider.text import guard_cell

# What a person looks for in a table of articles
CSV_FIRST = ("published", "title", "authors", "site", "url")
CSV_COLUMNS = tuple(dict.fromkeys((*CSV_FIRST, *FIELD_NAMES)))

WriteRecord = Callable[[ArticleRecord], None]
Encoder = Callable[[IO[str]], WriteRecord]
Render = Callable[[ArticleRecord], str]


def encode_json_lines(stream: IO[str]) -> WriteRecord:
    """Return a function that writes a record as a line of JSON."""

    def write(record: ArticleRecord) -> None:
        stream.write(record.to_json() + "\n")

    return write


def _lines_as(view: View) -> Encoder:
    """Return an encoder that writes a line of JSON per record."""

    def encode(stream: IO[str]) -> WriteRecord:
        def write(record: ArticleRecord) -> None:
            stream.write(json.dumps(view(record), ensure_ascii=False) + "\n")

        return write

    return encode


def _array_as(view: View) -> Encoder:
    """Return an encoder that begins a JSON array and adds records; the format's `end` closes it."""

    def encode(stream: IO[str]) -> WriteRecord:
        separators = chain("\n", repeat(",\n"))
        stream.write("[")

        def write(record: ArticleRecord) -> None:
            stream.write(next(separators) + json.dumps(view(record), ensure_ascii=False, indent=1))

        return write

    return encode


def _file_as(view: View) -> Render:
    """Return a function that returns a record's own file of JSON."""
    return lambda record: json.dumps(view(record), ensure_ascii=False, indent=1) + "\n"


encode_json = _array_as(ArticleRecord.to_dict)
render_json = _file_as(ArticleRecord.to_dict)
# The formats that can have another tool's field names.
_WITH_SCHEMA: dict[str, Callable[[View], Encoder | Render]] = {
    "jsonl": _lines_as,
    "json": _array_as,
    "json-files": _file_as,
}


def choose_encoder(schema: str | None, form: str | None) -> Encoder | Render | None:
    """Return the encoder for another tool's field names, or None for our own.

    Args:
        schema: one of SCHEMAS, or None.
        form: the output's format; None for a database.

    Returns:
        An encoder, for one file per record a function that returns the record's file.

    Raises:
        UsageError: there is no such schema, or the format isn't JSON, which all schemas need.
    """
    if schema is None:
        return None

    if schema not in SCHEMAS:
        raise UsageError(f"--schema {schema}: no such schema; use one of {', '.join(SCHEMAS)}")

    if form not in _WITH_SCHEMA:
        raise UsageError(
            f"--schema {schema}: written as JSON only: name a .jsonl or .json file, or a folder "
            "for one file per article"
        )

    return _WITH_SCHEMA[form](SCHEMAS[schema])


def encode_csv(stream: IO[str]) -> WriteRecord:
    """Write the header and return a function that writes a record as a row."""
    rows = csv.writer(stream)
    rows.writerow(CSV_COLUMNS)

    def write(record: ArticleRecord) -> None:
        values = record.to_dict()
        rows.writerow(_cell(values[name]) for name in CSV_COLUMNS)

    return write


def _cell(value: object) -> object:
    """Return a value as a cell, which is empty for None.

    A page must not run formulas in the reader's spreadsheet: text that looks like a formula gets an
    apostrophe before it. A list of texts becomes one text; other lists and objects become JSON.

    >>> _cell("=HYPERLINK(1)"), _cell(-1), _cell([]), _cell(["Ann Lee, Jr.", "Bo Ek"])
    ("'=HYPERLINK(1)", -1, '', 'Ann Lee, Jr.; Bo Ek')
    """
    if value is None or value in ([], {}):
        return ""

    if isinstance(value, str):
        return guard_cell(value)

    if isinstance(value, list) and not _holds_objects(value):
        return guard_cell("; ".join(part or "" for part in value))

    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)

    return value


def _holds_objects(values: list[Any]) -> bool:
    return any(isinstance(each, dict) for each in values)
