"""Writing articles: new rows, new versions, and merging other addresses of the same article."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import Connection, delete, insert, select, update

from newsspider.clock import utc_now
from newsspider.record import FIELD_NAMES, ArticleRecord
from newsspider.revisiting.changes import changed_fields, is_another_version, supersedes
from newsspider.store.article_keys import find_keys
from newsspider.store.dialects import among
from newsspider.store.duplicates.linking import (
    Duplicates,
    drop_duplicates,
    find_original,
    index_duplicates,
)
from newsspider.store.replacing import replace_rows
from newsspider.store.schema.tables import aliases, articles, versions
from newsspider.store.search.index import search_index
from newsspider.store.sent_articles import move_sent_articles
from newsspider.urls import normalise_url

Fate = Literal["new", "changed", "unchanged", "merged", "dropped"]


@dataclass(frozen=True, slots=True)
class Stored:
    """The result of writing a record.

    Attributes:
        record: as it was read.
        key: the key of the article that it is now part of.
        fate: "dropped" for a near-duplicate that is not kept.
        linked: whether it is kept and linked to an article that it is a near-duplicate of.
    """

    record: ArticleRecord
    key: str
    fate: Fate
    linked: bool = False


def write_articles(
    connection: Connection,
    records: Sequence[ArticleRecord],
    moved: Mapping[str, Sequence[str]],
    duplicates: Duplicates,
) -> list[Stored]:
    """Write articles, in order, and return the result for each.

    Args:
        connection: in a transaction.
        records: articles.
        moved: for the key of a record, the addresses that now redirect to it permanently.
        duplicates: how to treat near-duplicates.
    """
    if not records:
        return []

    for key, earlier in moved.items():
        _move(connection, key, earlier)
    keys = find_keys(connection, records)
    before = read_articles(connection, keys)

    kept = dict(before)
    stored = []
    for record, key in zip(records, keys, strict=True):
        fate, result = _settle(kept.get(key), record, key, moved.get(record.key, ()))
        if fate == "changed":
            _keep_version(connection, key, kept[key], result)
        kept[key] = result
        stored.append(Stored(record, key, fate))

    dropped: Collection[str] = ()
    if duplicates == "drop":
        dropped = find_original(connection, _without(kept, before))
        kept = _without(kept, dropped)

    written = write_rows(connection, before, kept)
    linked: Collection[str] = ()
    if duplicates != "off":
        linked = index_duplicates(connection, written)
    return [_with_duplicates(each, dropped, linked) for each in stored]


def _with_duplicates(stored: Stored, dropped: Collection[str], linked: Collection[str]) -> Stored:
    """Return a result with the decisions about near-duplicates."""
    if stored.key in dropped:
        stored = replace(stored, fate="dropped")
    return replace(stored, linked=stored.key in linked)


def read_articles(connection: Connection, keys: Iterable[str]) -> dict[str, ArticleRecord]:
    """Return the stored articles by key."""
    columns = [articles.c[name] for name in FIELD_NAMES]
    query = select(articles.c.key, *columns).where(among(articles.c.key, keys))
    rows = connection.execute(query).mappings()
    return {row["key"]: ArticleRecord.from_dict(dict(row)) for row in rows}


def with_addresses(record: ArticleRecord, url: str | None, also_at: Iterable[str]) -> ArticleRecord:
    """Return the record under another address; its own becomes one of `also_at`."""
    others = {*also_at, *record.also_at}
    if record.url:
        others.add(record.url)
    return replace(record, url=url or record.url, also_at=tuple(sorted(others - {url})))


def delete_articles(connection: Connection, keys: Collection[str]) -> int:
    """Delete articles and their entries in the indexes of texts; return how many."""
    query = select(articles.c.id, articles.c.title, articles.c.body)
    rows = _rows(connection, query.where(among(articles.c.key, keys)))
    search_index(connection).remove(rows)
    drop_duplicates(connection, {row["id"] for row in rows}, keys)
    deleted = connection.execute(delete(articles).where(among(articles.c.key, keys)))
    return int(deleted.rowcount)


def seen_at(moment: str | None) -> tuple[bool, str]:
    """Return a sort key for moments that puts unknown ones last."""
    return moment is None, moment or ""


def write_rows(
    connection: Connection, before: Mapping[str, ArticleRecord], kept: Mapping[str, ArticleRecord]
) -> list[int]:
    """Upsert the rows that differ, update the search index, and return the ids of rows with a new text."""
    changed = {key: record for key, record in kept.items() if before.get(key) != record}
    if not changed:
        return []

    retold = _with_new_text(before, changed)
    text = select(articles.c.id, articles.c.title, articles.c.body)
    indexed = text.where(among(articles.c.key, retold))
    search_index(connection).remove(_rows(connection, indexed))

    rows = list(_iter_rows(changed, utc_now()))
    replaced = (*FIELD_NAMES, "stored_at")
    replace_rows(connection, articles, rows, keys=["key"], replaced=replaced)

    written = _rows(connection, indexed)
    search_index(connection).add(written)
    return [row["id"] for row in written]


def _with_new_text(
    before: Mapping[str, ArticleRecord], changed: Mapping[str, ArticleRecord]
) -> list[str]:
    """Return the keys of articles whose text in the search index is not their text any more."""
    return [key for key, record in changed.items() if _differs(before.get(key), record)]


def _differs(before: ArticleRecord | None, after: ArticleRecord) -> bool:
    return _indexed_text(before) != _indexed_text(after)


def _without(kept: Mapping[str, ArticleRecord], keys: Collection[str]) -> dict[str, ArticleRecord]:
    return {key: record for key, record in kept.items() if key not in keys}


def _iter_rows(changed: Mapping[str, ArticleRecord], now: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of articles, by key."""
    for key, record in changed.items():
        first_seen = record.first_seen or now
        yield {**record.to_dict(), "key": key, "stored_at": now, "first_seen": first_seen}


def _move(connection: Connection, key: str, earlier: Sequence[str]) -> None:
    """Move articles to the key of the address that theirs now redirect to."""
    there = read_articles(connection, [key, *earlier])
    for address in earlier:
        if address == key or address not in there:
            continue
        if key in there:  # it was found at its new address before
            _merge_into(connection, key, there[key], address, there[address])
        else:
            _rename(connection, address, key)
            there[key] = there[address]
        connection.execute(update(aliases).where(aliases.c.page == address).values(page=key))
        move_sent_articles(connection, [address], key)


def _merge_into(
    connection: Connection, key: str, kept: ArticleRecord, address: str, moved: ArticleRecord
) -> None:
    """Delete an article that is stored under its new address too; that one gets its addresses and age."""
    joined = with_addresses(kept, kept.url, [*moved.also_at, moved.url or address])
    first = min(joined.first_seen, moved.first_seen, key=seen_at)
    delete_articles(connection, [address])
    connection.execute(delete(versions).where(versions.c.key == address))
    row = update(articles).where(articles.c.key == key)
    connection.execute(row.values(first_seen=first, also_at=list(joined.also_at)))


def _rename(connection: Connection, earlier: str, key: str) -> None:
    """Change the key of an article, of its versions, and of the links to it."""
    for column in (articles.c.key, versions.c.key, articles.c.duplicate_of):
        statement = update(column.table).where(column == earlier)
        connection.execute(statement.values({column.name: key}))


def _settle(
    kept: ArticleRecord | None, record: ArticleRecord, key: str, passed: Sequence[str]
) -> tuple[Fate, ArticleRecord]:
    """Return the fate of a record, and its article as it is now.

    An article is read at one address, if possible at the one that is its key. Pages at its other
    addresses (print and AMP pages) may differ a little, and would make a version with each run.
    """
    if kept is None:
        return "new", record

    same = _address(kept) in (_address(record), *passed)
    if not same and _address(record) != key:
        return "merged", with_addresses(kept, kept.url, [record.url] if record.url else [])
    if not supersedes(kept, record):
        return "unchanged", kept

    latest = _take_over(kept, record)
    if not same:
        return "merged", latest
    if is_another_version(kept, record):
        return "changed", replace(latest, version=kept.version + 1)
    return "unchanged", latest


def _take_over(kept: ArticleRecord, record: ArticleRecord) -> ArticleRecord:
    """Return a newer record of an article with the values that only the store knows."""
    others = [*kept.also_at, *([kept.url] if kept.url else [])]
    return replace(
        with_addresses(record, record.url, others),
        first_seen=min(kept.first_seen, record.first_seen, key=seen_at),
        version=kept.version,
        duplicate_of=kept.duplicate_of,
        similarity=kept.similarity,
    )


def _address(record: ArticleRecord) -> str | None:
    return normalise_url(record.url) if record.url else record.source


def _keep_version(
    connection: Connection, key: str, earlier: ArticleRecord, later: ArticleRecord
) -> None:
    """Keep an article as it was before a change."""
    row = {
        "key": key,
        "version": earlier.version,
        "replaced_at": utc_now(),
        "changed": list(changed_fields(earlier, later)),
        "record": earlier.to_dict(),
    }
    connection.execute(insert(versions).values(row))


def _indexed_text(record: ArticleRecord | None) -> tuple[str | None, str | None] | None:
    return (record.title, record.body) if record else None


def _rows(connection: Connection, query: Any) -> list[dict[str, Any]]:
    """Return a query's rows as dicts."""
    return [dict(row) for row in connection.execute(query).mappings()]
