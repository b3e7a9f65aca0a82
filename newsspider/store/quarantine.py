"""Pages that are not articles, by their addresses."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, delete, select

from newsspider.clock import utc_now
from newsspider.record import ArticleRecord
from newsspider.store.articles import with_addresses
from newsspider.store.dialects import among, upsert
from newsspider.store.schema.tables import quarantine

KEPT_COLUMNS = frozenset({"id", "key", "first_seen"})  # unchanged when a page is stored again


def write_quarantine(connection: Connection, records: Iterable[ArticleRecord]) -> None:
    """Upsert pages that are not articles; a stored page keeps its address and its `first_seen`."""
    by_key = _by_key(records)
    if not by_key:
        return

    known = select(quarantine.c.key, quarantine.c.url, quarantine.c.also_at)
    stored = connection.execute(known.where(among(quarantine.c.key, by_key)))
    addresses = {row.key: (row.url, row.also_at) for row in stored}
    stored_at = utc_now()
    rows = []
    for key, record in by_key.items():
        if key in addresses:
            record = with_addresses(record, *addresses[key])
        first_seen = record.first_seen or stored_at
        rows.append(
            {**record.to_dict(), "key": key, "stored_at": stored_at, "first_seen": first_seen}
        )

    statement = upsert(connection, quarantine)
    columns = (column.name for column in quarantine.c if column.name not in KEPT_COLUMNS)
    replaced = {name: statement.excluded[name] for name in columns}
    connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=replaced), rows)


def drop_from_quarantine(connection: Connection, source: str, kinds: Collection[str]) -> None:
    """Delete a source's records of some kinds."""
    of_kinds = quarantine.c.kind.in_(list(kinds))
    connection.execute(delete(quarantine).where(quarantine.c.source == source, of_kinds))


def _by_key(records: Iterable[ArticleRecord]) -> dict[str, ArticleRecord]:
    """Return one record per key: the last one read, with the addresses of all."""
    merged: dict[str, ArticleRecord] = {}
    for record in records:
        earlier = merged.get(record.key)
        if earlier:
            record = with_addresses(record, earlier.url, earlier.also_at)
        merged[record.key] = record
    return merged
