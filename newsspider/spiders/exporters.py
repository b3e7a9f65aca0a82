"""Feed exporters (-O, FEEDS) where Scrapy's own would hand strangers' text on as something else."""

from typing import Any

from scrapy.exporters import CsvItemExporter

from newsspider.text import guard_cell


class GuardedCsvExporter(CsvItemExporter):
    """Scrapy's CSV, in which no cell is a formula."""

    def serialize_field(self, field: Any, name: str, value: Any) -> Any:
        """Return a cell's value."""
        serialized = super().serialize_field(field, name, value)
        return guard_cell(serialized) if isinstance(serialized, str) else serialized
