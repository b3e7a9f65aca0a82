"""Parquet: typed columns, row groups written as they fill, readable after a kill.

A Parquet file has its directory at its end, so a truncated file is lost completely. Therefore each
row group becomes a complete file of its own in `x.parquet.parts`, and the end of the run joins
them. After a kill the parts are there, each readable, and `--resume` continues with them.
"""

import shutil
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any

from newsspider.errors import OutputError, UsageError
from newsspider.files import PRIVATE_FOLDER, make_private, replace_file
from newsspider.kinds import RETRIED_KINDS
from newsspider.outputs.parquet_rows import as_row, parquet_schema
from newsspider.outputs.writers import RecordWriter
from newsspider.record import ArticleRecord

ROW_GROUP_RECORDS = 2_000  # in memory at a time; readers pass over whole groups
# Of text, in a row group: its rows, columns and compressed columns take some 60 MB of memory. By
# their number alone, records of 120 KB took 1,000 MB.
ROW_GROUP_CHARS = 4_000_000
COMPRESSION = "zstd"
PART = "{:06}.parquet"
PARTS_SUFFIX = ".parts"


class ParquetWriter(RecordWriter):
    """Records to a Parquet file."""

    def __init__(self, path: Path, *, anew: bool = True) -> None:
        """Overwrite the file, or continue it and the parts that a killed run left.

        Args:
            path: the file.
            anew: whether it is overwritten.

        Raises:
            UsageError: pyarrow is not installed.
            OutputError: it can't be written.
        """
        self.name = str(path.absolute())
        self._arrow, self._parquet = _import_arrow(path)
        self._schema = parquet_schema(self._arrow)
        self._path = path
        self._folder = parts_folder(path)
        self._rows: list[dict[str, Any]] = []
        self._chars = 0

        try:
            self._folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
            if anew:
                self._empty_folder()  # which itself stays: its lock is the run's
                path.unlink(missing_ok=True)

            if path.exists():
                path.replace(self._next_part())
        except OSError as error:
            raise OutputError(f"{path}: {error.strerror}") from error

    def write(self, record: ArticleRecord) -> None:
        """Take a record; a full row group is written.

        Raises:
            OutputError: it can't be written.
        """
        row = as_row(record)
        self._rows.append(row)
        self._chars += _chars_of(row)
        if len(self._rows) >= ROW_GROUP_RECORDS or self._chars >= ROW_GROUP_CHARS:
            self._write_group()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write the last row group and join all groups, also after an interruption."""
        whole = self._path.with_name(f"{self._path.name}.whole")

        try:
            self._write_group()
            make_private(whole)

            with self._parquet.ParquetWriter(whole, self._schema, compression=COMPRESSION) as file:
                for part in sorted(self._folder.glob("*.parquet")):
                    groups = self._parquet.ParquetFile(part)

                    for number in range(groups.num_row_groups):
                        file.write_table(self._fitted(groups.read_row_group(number)))

            replace_file(whole, self._path)
            shutil.rmtree(self._folder)
        except (OSError, self._arrow.ArrowException) as failure:
            whole.unlink(missing_ok=True)
            raise OutputError(
                f"{self.name}: {failure}; what was written is in {self._folder}"
            ) from failure

    def _empty_folder(self) -> None:
        """Delete the parts that an earlier run left."""
        for part in self._folder.iterdir():
            part.unlink()

    def _write_group(self) -> None:
        """Write the waiting rows as a part, which appears when it is complete."""
        if not self._rows:
            return

        part = self._next_part()
        unfinished = part.with_suffix(".part")

        try:
            make_private(unfinished)
            table = self._arrow.Table.from_pylist(self._rows, schema=self._schema)
            self._parquet.write_table(table, unfinished, compression=COMPRESSION)
            replace_file(unfinished, part)
        except OSError as error:
            raise OutputError(f"{part}: {error.strerror or error}") from error

        self._rows, self._chars = [], 0

    def _next_part(self) -> Path:
        """Return the path of the next part."""
        numbers = (int(part.stem) for part in self._folder.glob("*.parquet") if part.stem.isdigit())
        return self._folder / PART.format(max(numbers, default=-1) + 1)

    def _fitted(self, table: Any) -> Any:
        """Return a table with our columns: an earlier version may have had others."""
        missing = [field for field in self._schema if field.name not in table.schema.names]
        for field in missing:
            table = table.append_column(field, self._arrow.nulls(len(table), field.type))
        return table.select(self._schema.names).cast(self._schema)


def _chars_of(value: Any) -> int:
    """Return the number of characters in a value and in its parts.

    >>> _chars_of({"title": "Ferry", "authors": ["Ann Lee"], "provenance": [("title", "markup")]})
    23
    """
    if isinstance(value, str):
        return len(value)

    if isinstance(value, dict):
        return sum(map(_chars_of, value.values()))

    if isinstance(value, list | tuple):
        return sum(map(_chars_of, value))

    return 0


def parts_folder(path: Path) -> Path:
    """Return the folder of a file's row groups until they are joined."""
    return path.with_name(f"{path.name}{PARTS_SUFFIX}")


def mend_file(path: Path) -> None:
    """Leave the file as it is: all of its parts are complete."""


def iter_sources(path: Path) -> Iterator[str]:
    """Yield the sources of the records in a file and its parts.

    Raises:
        OutputError: one of them is not a Parquet file of records.
    """
    for part in _files(path):
        for batch in _batches(part, ["source"]):
            yield from filter(None, batch.column("source").to_pylist())


def drop_retried(path: Path) -> None:
    """Remove the pages that will be tried again from a quarantine file and its parts.

    Raises:
        OutputError: one of them is not a Parquet file of records, or can't be written.
    """
    arrow, parquet = _import_arrow(path)

    for part in _files(path):
        rest = part.with_suffix(".rest")
        batches = _batches(part, None)

        if (first := next(batches, None)) is None:
            continue

        make_private(rest)

        with parquet.ParquetWriter(rest, first.schema, compression=COMPRESSION) as file:
            for batch in chain([first], batches):
                kept = [kind not in RETRIED_KINDS for kind in batch.column("kind").to_pylist()]
                file.write_batch(batch.filter(arrow.array(kept)))

        replace_file(rest, part)


def _files(path: Path) -> list[Path]:
    """Return a file, if it exists, and its parts."""
    parts = sorted(parts_folder(path).glob("*.parquet"))
    return [path, *parts] if path.exists() else parts


def _batches(path: Path, columns: list[str] | None) -> Iterator[Any]:
    """Yield a file's rows in batches.

    Raises:
        OutputError: it is not a Parquet file of records.
    """
    arrow, parquet = _import_arrow(path)

    try:
        yield from parquet.ParquetFile(path).iter_batches(columns=columns)
    except (arrow.ArrowException, KeyError, ValueError) as error:
        raise OutputError(
            f"{path}: not a Parquet file of records, so --resume can't continue from it"
        ) from error


def _import_arrow(path: Path) -> tuple[Any, Any]:
    """Return pyarrow and its module for Parquet.

    Raises:
        UsageError: it is not installed; one line that names the extra.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise UsageError(
            f"{path}: Parquet needs the extra: pip install 'newsspider[parquet]'"
        ) from error

    return pyarrow, parquet
