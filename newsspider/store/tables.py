"""The tables: articles and quarantine hold one record a row in the same columns, runs says what was done when."""

from typing import Any

from sqlalchemy import JSON, Boolean, Column, Float, Index, Integer, MetaData, String, Table, Text
from sqlalchemy.types import TypeEngine

from newsspider.record import FIELD_NAMES, LIST_FIELDS

metadata = MetaData()

_TYPES: dict[str, TypeEngine[Any]] = {
    **dict.fromkeys(LIST_FIELDS | {"provenance"}, JSON()),
    **dict.fromkeys(("word_count", "version"), Integer()),
    **dict.fromkeys(("confidence", "similarity"), Float()),
    "is_free": Boolean(create_constraint=False),
}


def _record_table(name: str) -> Table:
    """Return a table with a column for each field of the record, and the key that makes it unique."""
    return Table(
        name,
        metadata,
        Column("id", Integer, primary_key=True),
        Column("key", String, nullable=False, unique=True),
        *(Column(field, _TYPES.get(field, Text())) for field in FIELD_NAMES),
        Column("stored_at", Text, nullable=False),  # ISO 8601, UTC; the last write of this row
        Index(f"ix_{name}_site_kind", "site", "kind"),
        Index(f"ix_{name}_source", "source"),
    )


articles = _record_table("articles")
quarantine = _record_table("quarantine")

# The parts of articles over several pages: a row for each address that a part names, the part's record once it came.
# The articles table holds the one record that they make together.
parts = Table(
    "parts",
    metadata,
    Column("address", String, primary_key=True),  # normalised
    Column("article", String, nullable=False, index=True),  # the same for all parts of an article
    Column("record", JSON(none_as_null=True)),  # as read, with the text of this part only
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("command", Text, nullable=False),
    Column("started_at", Text, nullable=False),  # ISO 8601, UTC
    Column("finished_at", Text),  # None: still running, or killed
    Column("arguments", JSON, nullable=False),
    Column("counts", JSON, nullable=False),  # kind or cause: number
    Column("exit_code", Integer),
)

schema_version = Table("schema_version", metadata, Column("version", Integer, nullable=False))
