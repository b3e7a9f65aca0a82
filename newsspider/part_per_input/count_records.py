"""The kinds of the records in a part that is there already."""

import csv
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

from newsspider.errors import OutputError
from newsspider.part_per_input.filesystems import describe, local_path, open_filesystem

# The kind where none is given: another tool's field names are for articles only
ARTICLE = "article"


def count_kinds(files: Iterable[str], form: str) -> Counter[str]:
    """Return how many records of each kind the files of a part hold.

    Raises:
        OutputError: one of them can't be read.
    """
    kinds: Counter[str] = Counter()
    for file in files:
        try:
            with _open(file) as stream:
                kinds.update(_READERS[form](stream))
        except Exception as error:  # a damaged file, or the client library's own errors
            raise OutputError(f"{file}: can't be counted: {describe(error)}") from error
    return kinds


def _open(file: str) -> Any:
    """Open a file or URL to be read as bytes."""
    path = local_path(file)
    if path is not None:
        return path.open("rb")
    system, inner = open_filesystem(file)
    return system.open(inner, "rb")


def _read_parquet(stream: IO[bytes]) -> Iterator[str]:
    from pyarrow import parquet

    yield from parquet.read_table(stream, columns=["kind"]).column("kind").to_pylist()


def _read_json_lines(stream: IO[bytes]) -> Iterator[str]:
    for line in stream:
        yield json.loads(line).get("kind", ARTICLE)


def _read_json(stream: IO[bytes]) -> Iterator[str]:
    for record in json.load(stream):
        yield record["kind"]


def _read_csv(stream: IO[bytes]) -> Iterator[str]:
    csv.field_size_limit(sys.maxsize)  # a body may be longer than 128 KiB
    for row in csv.DictReader(line.decode() for line in stream):
        yield row["kind"]


_READERS: dict[str, Callable[[IO[bytes]], Iterator[str]]] = {
    "parquet": _read_parquet,
    "jsonl": _read_json_lines,
    "json": _read_json,
    "csv": _read_csv,
}
PART_FORMATS = tuple(_READERS)
