"""Scrapy's CSV export (-O, -o, FEEDS), made safe for spreadsheets and for files that have rows already."""

import csv
import logging
from collections.abc import Mapping
from io import BufferedWriter, BytesIO
from pathlib import Path
from typing import Any

from itemadapter import ItemAdapter
from scrapy.exporters import CsvItemExporter

from newsspider.text import guard_cell

logger = logging.getLogger(__name__)


class GuardedCsvExporter(CsvItemExporter):
    """Scrapy's CSV, in which no cell is a formula, and appended rows have the columns of the header."""

    def __init__(self, file: BytesIO, *args: Any, **options: Any) -> None:
        """Write to a file. A file that has rows already gets no second header."""
        super().__init__(file, *args, **options)
        self._path = Path(str(file.name)) if isinstance(file, BufferedWriter) else None

    def serialize_field(self, field: Any, name: str, value: Any) -> Any:
        """Return the value of a cell."""
        serialized = super().serialize_field(field, name, value)
        return guard_cell(serialized) if isinstance(serialized, str) else serialized

    def _write_headers_and_set_fields_to_export(self, item: Any) -> None:
        """Write the header, or use the columns of the header that the file has."""
        columns: list[str] = []
        if self.include_headers_line:
            columns = read_columns(self._path, str(self.encoding))

        names = self._columns_by_field(item)
        if set(columns).isdisjoint(names.values()):
            super()._write_headers_and_set_fields_to_export(item)
            return

        self._warn_of_missing(columns, names)
        fields = {column: name for name, column in names.items()}
        self.fields_to_export = {fields.get(column, column): column for column in columns}

    def _columns_by_field(self, item: Any) -> dict[str, str]:
        """Return the names of the wanted columns by field."""
        wanted = self.fields_to_export or ItemAdapter(item).field_names()
        return dict(wanted) if isinstance(wanted, Mapping) else {name: name for name in wanted}

    def _warn_of_missing(self, columns: list[str], names: Mapping[str, str]) -> None:
        """Log which fields have no column in the file."""
        missing = [column for column in names.values() if column not in columns]
        if missing:
            text = "%s: the file has no columns for %s: they are left out"
            logger.warning(text, self._path, ", ".join(missing))


def read_columns(path: Path | None, encoding: str) -> list[str]:
    """Return the first row of a CSV file; an empty list if there is no file or no row."""
    if path is None or not path.is_file():
        return []
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        return next(csv.reader(file), [])
