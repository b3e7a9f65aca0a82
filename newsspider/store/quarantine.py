"""Pages that are not articles, by their addresses."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, delete, select

from newsspider.clock import utc_now
from newsspider.record import ArticleRecord
from newsspider.store.articles import with_addresses
from newsspider.store.dialects import among
from newsspider.store.replacing import replace_rows
from newsspider.store.schema.tables import quarantine

KEPT_COLUMNS = frozenset({"id", "key", "first_seen"})  # unchanged when a page is stored again
_REPLACED_COLUMNS = [each.name for each in quarantine.c if each.name not in KEPT_COLUMNS]


def write_quarantine(connection: Connection, records: Iterable[ArticleRecord]) -> None:
    """Upsert pages that are not articles; a stored page keeps its address and its `first_seen`."""
    by_key = _by_key(records)
    if not by_key:
        return

    known = select(quarantine.c.key, quarantine.c.url, quarantine.c.also_at)
    stored = connection.execute(known.where(among(quarantine.c.key, by_key)))
    addresses = {row.key: (row.url, row.also_at) for row in stored}
    for key, known_at in addresses.items():
        by_key[key] = with_addresses(by_key[key], *known_at)

    rows = list(_iter_rows(by_key, utc_now()))
    replace_rows(connection, quarantine, rows, keys=["key"], replaced=_REPLACED_COLUMNS)


def _iter_rows(records: Mapping[str, ArticleRecord], now: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of pages, by key."""
    for key, record in records.items():
        first_seen = record.first_seen or now
        yield {**record.to_dict(), "key": key, "stored_at": now, "first_seen": first_seen}


def drop_from_quarantine(connection: Connection, source: str, kinds: Collection[str]) -> None:
    """Delete a source's records of some kinds."""
    of_kinds = quarantine.c.kind.in_(list(kinds))
    connection.execute(delete(quarantine).where(quarantine.c.source == source, of_kinds))


def _by_key(records: Iterable[ArticleRecord]) -> dict[str, ArticleRecord]:
    """Return one record per key: the last one read, with the addresses of all."""
    merged: dict[str, ArticleRecord] = {}
    for record in records:
        if earlier := merged.get(record.key):
            record = with_addresses(record, earlier.url, earlier.also_at)
        merged[record.key] = record
    return merged
