"""Feed exporters (-O, -o, FEEDS) where Scrapy's own would hand strangers' text on as something else."""

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
    """Scrapy's CSV, in which no cell is a formula, and rows added to a file have the columns of its header."""

    def __init__(self, file: BytesIO, *args: Any, **options: Any) -> None:
        """Write to a file; one that has rows already gets no second header."""
        super().__init__(file, *args, **options)
        self._path = Path(str(file.name)) if isinstance(file, BufferedWriter) else None

    def serialize_field(self, field: Any, name: str, value: Any) -> Any:
        """Return a cell's value."""
        serialized = super().serialize_field(field, name, value)
        return guard_cell(serialized) if isinstance(serialized, str) else serialized

    def _write_headers_and_set_fields_to_export(self, item: Any) -> None:
        """Write the header, or take the columns of the one that is there."""
        columns = read_columns(self._path, str(self.encoding)) if self.include_headers_line else []
        wanted = self.fields_to_export or ItemAdapter(item).field_names()
        names = dict(wanted) if isinstance(wanted, Mapping) else {name: name for name in wanted}
        if not set(columns) & set(names.values()):
            super()._write_headers_and_set_fields_to_export(item)
            return
        if left_out := [column for column in names.values() if column not in columns]:
            logger.warning(
                "%s: the file has no columns for %s: they are left out",
                self._path,
                ", ".join(left_out),
            )
        fields = {column: name for name, column in names.items()}
        self.fields_to_export = {fields.get(column, column): column for column in columns}


def read_columns(path: Path | None, encoding: str) -> list[str]:
    """Return the first row of a CSV file, nothing of one that is empty or not a file."""
    if path is None or not path.is_file():
        return []
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        return next(csv.reader(file), [])
