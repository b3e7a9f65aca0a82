"""Rows that are inserted, or replace the row with the same key."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table

from newsspider.store.dialects import upsert


def replace_rows(
    connection: Connection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    *,
    keys: Sequence[str],
    replaced: Iterable[str],
) -> None:
    """Insert rows; where a row with the same keys exists, only the replaced columns change.

    Args:
        connection: in a transaction.
        table: the table.
        rows: at least one; all have the same columns.
        keys: the columns that identify a row.
        replaced: the columns that an existing row takes from the new one.
    """
    statement = upsert(connection, table)
    new = {name: statement.excluded[name] for name in replaced}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=new), rows)
