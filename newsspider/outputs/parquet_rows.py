"""A record as a row of a Parquet file: typed columns, moments beside their texts."""

from datetime import date, datetime
from typing import Any

from newsspider.record import FIELD_NAMES, LIST_FIELDS, ArticleRecord

# ISO text → the moment it names, where it names one: a time without a zone or a day alone is no moment.
MOMENTS = {
    "published": "published_utc",
    "modified": "modified_utc",
    "fetched_at": "fetched_utc",
    "first_seen": "first_seen_utc",
}
DAY = "published_day"  # the day as the page gives it, in its own zone
DAY_CHARS = len("2026-03-24")


def as_row(record: ArticleRecord) -> dict[str, Any]:
    """Return a record's values by column."""
    row = record.to_dict()
    row["provenance"] = list(record.provenance.items())
    for text, moment in MOMENTS.items():
        row[moment] = _moment(row[text])
    row[DAY] = _day(record.published)
    return row


def parquet_schema(arrow: Any) -> Any:
    """Return the columns: the record's fields, each moment beside its text."""
    text = arrow.string()
    update = arrow.struct([("time", text), ("title", text), ("text", text)])
    types = {
        **dict.fromkeys(LIST_FIELDS, arrow.list_(text)),
        **dict.fromkeys(("word_count", "version"), arrow.int32()),
        **dict.fromkeys(("confidence", "similarity"), arrow.float64()),
        "is_free": arrow.bool_(),
        "provenance": arrow.map_(text, text),
        "live_updates": arrow.list_(update),
    }
    columns = []
    for name in FIELD_NAMES:
        columns.append((name, types.get(name, text)))
        if name in MOMENTS:
            columns.append((MOMENTS[name], arrow.timestamp("us", tz="UTC")))
        if name == "published":
            columns.append((DAY, arrow.date32()))
    return arrow.schema(columns)


def _moment(value: str | None) -> datetime | None:
    """Return the moment that an ISO 8601 text names, None where it names none."""
    try:
        moment = datetime.fromisoformat(value or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _day(value: str | None) -> date | None:
    """Return the day of an ISO 8601 text."""
    try:
        return date.fromisoformat((value or "")[:DAY_CHARS])
    except ValueError:
        return None
