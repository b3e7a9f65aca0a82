"""A record as a row of a Parquet file: typed columns, moments beside their texts."""

from typing import Any

from newsspider.clock import day_in, moment_in
from newsspider.record import FIELDS, ArticleRecord
from newsspider.record.fields import Shape, shape_of


def as_row(record: ArticleRecord) -> dict[str, Any]:
    """Return a record's values by column.

    A text without a time or zone names no moment; a day is the page's own, in its zone.
    """
    row = record.to_dict()

    for each in FIELDS:
        text = row[each.name]
        if each.shape == "mapping":
            row[each.name] = list(text.items())

        if each.moment:
            row[each.moment] = moment_in(text)

        if each.day:
            row[each.day] = day_in(text)

    return row


def parquet_schema(arrow: Any) -> Any:
    """Return the columns: the record's fields, each moment beside its text."""
    types = _column_types(arrow)
    columns = []

    for each in FIELDS:
        entry = arrow.struct([(name, types[shape_of(hint)]) for name, hint in each.entry.items()])
        of_entries = {"entries": arrow.list_(entry), "object": entry}
        columns.append((each.name, of_entries.get(each.shape) or types[each.shape]))

        if each.moment:
            columns.append((each.moment, arrow.timestamp("us", tz="UTC")))

        if each.day:
            columns.append((each.day, arrow.date32()))

    return arrow.schema(columns)


def _column_types(arrow: Any) -> dict[Shape, Any]:
    """Return the types of columns, except for objects and entries, which depend on their names."""
    text = arrow.string()
    return {
        "text": text,
        "word": text,
        "texts": arrow.list_(text),
        "integer": arrow.int32(),
        "number": arrow.float64(),
        "boolean": arrow.bool_(),
        "mapping": arrow.map_(text, text),
    }
