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


def encode_json_lines(stream: IO[str]) -> WriteRecord:
    """Return a function that writes a record as a line of JSON."""

    def write(record: ArticleRecord) -> None:
        stream.write(record.to_json() + "\n")

    return write


def encode_json(stream: IO[str]) -> WriteRecord:
    """Begin a JSON array and return a function that adds a record; the format's `end` closes it."""
    separators = chain("\n", repeat(",\n"))
    stream.write("[")

    def write(record: ArticleRecord) -> None:
        stream.write(next(separators) + json.dumps(record.to_dict(), ensure_ascii=False, indent=1))

    return write


def encode_as(view: View) -> Encoder:
    """Return an encoder of JSON lines with another tool's field names."""

    def encode(stream: IO[str]) -> WriteRecord:
        def write(record: ArticleRecord) -> None:
            stream.write(json.dumps(view(record), ensure_ascii=False) + "\n")

        return write

    return encode


def choose_encoder(schema: str | None, form: str | None) -> Encoder | None:
    """Return the encoder for another tool's field names, or None for our own.

    Args:
        schema: one of SCHEMAS, or None.
        form: the output's format; None for a database.

    Raises:
        UsageError: there is no such schema, or the format isn't JSON lines, which all schemas need.
    """
    if schema is None:
        return None

    if schema not in SCHEMAS:
        raise UsageError(f"--schema {schema}: no such schema; use one of {', '.join(SCHEMAS)}")

    if form != "jsonl":
        raise UsageError(f"--schema {schema}: written as JSON lines only")

    return encode_as(SCHEMAS[schema])


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
