"""Pages that are no articles, by their addresses."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, delete, select

from newsspider.clock import utc_now
from newsspider.record import ArticleRecord
from newsspider.store.articles import readdressed
from newsspider.store.dialects import among, upsert
from newsspider.store.schema.tables import quarantine

KEPT_COLUMNS = frozenset({"id", "key", "first_seen"})  # what a page keeps when it is stored again


def write_quarantine(connection: Connection, read: Iterable[ArticleRecord]) -> None:
    """Upsert pages that are no articles; a stored page keeps its address and the day it was first seen."""
    records = _by_key(read)
    if not records:
        return
    stored_at = utc_now()
    known = select(quarantine.c.key, quarantine.c.url, quarantine.c.also_at).where(among(quarantine.c.key, records))
    addresses = {row.key: (row.url, row.also_at) for row in connection.execute(known)}
    rows = [
        {
            **(readdressed(record, *addresses[key]) if key in addresses else record).to_dict(),
            "key": key,
            "stored_at": stored_at,
            "first_seen": record.first_seen or stored_at,
        }
        for key, record in records.items()
    ]
    statement = upsert(connection, quarantine)
    replaced = {name: statement.excluded[name] for name in quarantine.c.keys() if name not in KEPT_COLUMNS}  # noqa: SIM118
    connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=replaced), rows)


def drop_from_quarantine(connection: Connection, source: str, kinds: Collection[str]) -> None:
    """Take a source's records of some kinds out."""
    of_kinds = quarantine.c.kind.in_(list(kinds))
    connection.execute(delete(quarantine).where(quarantine.c.source == source, of_kinds))


def _by_key(records: Iterable[ArticleRecord]) -> dict[str, ArticleRecord]:
    """Return one record a key: the last one read, with the addresses of all."""
    merged: dict[str, ArticleRecord] = {}
    for record in records:
        earlier = merged.get(record.key)
        merged[record.key] = readdressed(record, earlier.url, earlier.also_at) if earlier else record
    return merged
