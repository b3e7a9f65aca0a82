"""Writing articles: which row a record belongs to, whether it is another version, and what becomes of the row."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, String, Table, column, delete, insert, select, tuple_, update, values

from newsspider.clock import utc_now
from newsspider.record import FIELD_NAMES, ArticleRecord
from newsspider.revisiting.changes import changed_fields, is_another_version, supersedes
from newsspider.store.dialects import among, in_batches, upsert
from newsspider.store.duplicates.linking import Duplicates, drop_duplicates, find_original, index_duplicates
from newsspider.store.duplicates.sketches import MIN_WORDS
from newsspider.store.schema.tables import aliases, articles, versions
from newsspider.store.search.index import search_index
from newsspider.store.telling import move_told
from newsspider.urls import normalise_url

_Text = tuple[str, ...]  # site, hash of the body, and of a short one the title
Fate = Literal["new", "changed", "unchanged", "merged", "dropped"]


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a record: the key of the article it is now part of, and whether it is new to it.

    A dropped one is a near-duplicate that is not kept; a linked one is kept and says what it is a near-duplicate of.
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
    """Write articles, in order, and return what became of each.

    Args:
        connection: in a transaction.
        records: articles.
        moved: for the key of a record, the addresses that now lead to it for good.
        duplicates: what becomes of near-duplicates.
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
        dropped = find_original(connection, {key: each for key, each in kept.items() if key not in before})
        kept = {key: each for key, each in kept.items() if key not in dropped}
    written = write_rows(connection, before, kept)
    linked = index_duplicates(connection, written) if duplicates != "off" else set()
    return [
        replace(each, fate="dropped" if each.key in dropped else each.fate, linked=each.key in linked)
        for each in stored
    ]


def read_articles(connection: Connection, keys: Iterable[str]) -> dict[str, ArticleRecord]:
    """Return the articles by key that are there."""
    query = select(articles.c.key, *(articles.c[name] for name in FIELD_NAMES)).where(among(articles.c.key, keys))
    return {row["key"]: ArticleRecord.from_dict(dict(row)) for row in connection.execute(query).mappings()}


def readdressed(record: ArticleRecord, url: str | None, also_at: Iterable[str]) -> ArticleRecord:
    """Return the record under the address that its page is known by; its own becomes one of the others."""
    others = {*also_at, *record.also_at, *([record.url] if record.url else [])} - {url}
    return replace(record, url=url or record.url, also_at=tuple(sorted(others)))


def delete_articles(connection: Connection, keys: Collection[str]) -> int:
    """Take articles out, and out of what is found by their texts; return how many."""
    query = select(articles.c.id, articles.c.title, articles.c.body).where(among(articles.c.key, keys))
    rows = _rows(connection, query)
    search_index(connection).remove(rows)
    drop_duplicates(connection, {row["id"] for row in rows}, keys)
    return int(connection.execute(delete(articles).where(among(articles.c.key, keys))).rowcount)


def seen_at(moment: str | None) -> tuple[bool, str]:
    """Return what orders moments, unknown ones last."""
    return moment is None, moment or ""


def find_keys(connection: Connection, records: Sequence[ArticleRecord]) -> list[str]:
    """Return the key under which each record is kept.

    Its own, unless the article is there under another: known as an alias, or the same text on the same site, as with a
    visitor's number in each address.
    """
    own = {record.key for record in records}
    there = set(connection.execute(select(articles.c.key).where(among(articles.c.key, own))).scalars())
    query = select(aliases.c.address, aliases.c.page).join(articles, articles.c.key == aliases.c.page)
    alias = {row.address: row.page for row in connection.execute(query.where(among(aliases.c.address, own - there)))}
    same_text = _keys_by_text(connection, [record for record in records if record.key not in there])
    keys = []
    for record in records:
        key = record.key if record.key in there else alias.get(record.key, record.key)
        if text := _text_of(record):
            key = same_text.setdefault(text, key) if key == record.key and key not in there else key
        there.add(key)
        keys.append(key)
    return keys


def _keys_by_text(connection: Connection, records: Iterable[ArticleRecord]) -> dict[_Text, str]:
    """Return the keys of articles that have the same site and text as one of the records."""
    wanted = {text for record in records if (text := _text_of(record))}
    if not wanted:
        return {}
    names = ("key", "url", "site", "body_hash", "title", "word_count")
    found: dict[_Text, str] = {}
    for some in in_batches({text[:2] for text in wanted}):
        query = select(*(articles.c[name] for name in names)).where(has_text(articles, some)).order_by(articles.c.id)
        for row in connection.execute(query).mappings():
            if text := _text_of(ArticleRecord.from_dict(dict(row))):
                found.setdefault(text, row["key"])
    return found


def has_text(table: Table, texts: Collection[_Text]) -> ColumnElement[bool]:
    """Return the condition that a row has one of some texts: pairs of site and hash of the body.

    The pairs are a table of their own here: given a plain list of two or more, SQLite reads every row.
    """
    pairs = values(column("site", String), column("body_hash", String), name="wanted").data(sorted(texts)).cte("wanted")
    return tuple_(table.c.site, table.c.body_hash).in_(select(pairs.c.site, pairs.c.body_hash))


def _text_of(record: ArticleRecord) -> _Text | None:
    """Return what two pages with the same text share; records without address or text have none.

    Short texts are shared by different articles too ("This video is not available in your country"): they count with
    the title.
    """
    if not (record.url and record.site and record.body_hash):
        return None
    return (record.site, record.body_hash, *((record.title or "",) if (record.word_count or 0) < MIN_WORDS else ()))


def _move(connection: Connection, key: str, earlier: Sequence[str]) -> None:
    """Take articles along that moved to another address for good."""
    there = read_articles(connection, [key, *earlier])
    for address in earlier:
        if address == key or address not in there:
            continue
        if key in there:  # it was found at its new address before
            joined = readdressed(there[key], there[key].url, [*there[address].also_at, there[address].url or address])
            first = min(joined.first_seen, there[address].first_seen, key=seen_at)
            _drop(connection, address)
            update_row = update(articles).where(articles.c.key == key)
            connection.execute(update_row.values(first_seen=first, also_at=list(joined.also_at)))
        else:
            connection.execute(update(articles).where(articles.c.key == address).values(key=key))
            connection.execute(update(versions).where(versions.c.key == address).values(key=key))
            connection.execute(update(articles).where(articles.c.duplicate_of == address).values(duplicate_of=key))
            there[key] = there[address]
        connection.execute(update(aliases).where(aliases.c.page == address).values(page=key))
        move_told(connection, [address], key)


def _drop(connection: Connection, key: str) -> None:
    """Take out an article that is there under another key."""
    delete_articles(connection, [key])
    connection.execute(delete(versions).where(versions.c.key == key))


def _settle(
    kept: ArticleRecord | None, record: ArticleRecord, key: str, passed: Sequence[str]
) -> tuple[Fate, ArticleRecord]:
    """Return what a record is to the article that is there, and the article as it is now.

    An article is read at one address, at best the one that is its key; what its other addresses show may differ a
    little (print and AMP pages), and would make a version with each run.
    """
    if kept is None:
        return "new", record
    same = _address(kept) in (_address(record), *passed)
    if not same and _address(record) != key:
        return "merged", readdressed(kept, kept.url, [record.url] if record.url else [])
    if not supersedes(kept, record):
        return "unchanged", kept
    latest = replace(
        readdressed(record, record.url, [*kept.also_at, *([kept.url] if kept.url else [])]),
        first_seen=min(kept.first_seen, record.first_seen, key=seen_at),
        version=kept.version,
        duplicate_of=kept.duplicate_of,
        similarity=kept.similarity,
    )
    if not same:
        return "merged", latest
    if is_another_version(kept, record):
        return "changed", replace(latest, version=kept.version + 1)
    return "unchanged", latest


def _address(record: ArticleRecord) -> str | None:
    return normalise_url(record.url) if record.url else record.source


def _keep_version(connection: Connection, key: str, earlier: ArticleRecord, later: ArticleRecord) -> None:
    """Keep an article as it was."""
    row = {
        "key": key,
        "version": earlier.version,
        "replaced_at": utc_now(),
        "changed": list(changed_fields(earlier, later)),
        "record": earlier.to_dict(),
    }
    connection.execute(insert(versions).values(row))


def write_rows(
    connection: Connection, before: Mapping[str, ArticleRecord], kept: Mapping[str, ArticleRecord]
) -> list[int]:
    """Upsert the rows that differ, bring the search index along, and return the ids of those with another text."""
    now = utc_now()
    changed = {key: record for key, record in kept.items() if before.get(key) != record}
    if not changed:
        return []
    retold = [key for key, record in changed.items() if _indexed_text(before.get(key)) != _indexed_text(record)]
    indexed = select(articles.c.id, articles.c.title, articles.c.body).where(among(articles.c.key, retold))
    search_index(connection).remove(_rows(connection, indexed))
    rows = [
        {**record.to_dict(), "key": key, "stored_at": now, "first_seen": record.first_seen or now}
        for key, record in changed.items()
    ]
    statement = upsert(connection, articles)
    replaced = {name: statement.excluded[name] for name in (*FIELD_NAMES, "stored_at")}
    connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=replaced), rows)
    written = _rows(connection, indexed)
    search_index(connection).add(written)
    return [row["id"] for row in written]


def _indexed_text(record: ArticleRecord | None) -> tuple[str | None, str | None] | None:
    return (record.title, record.body) if record else None


def _rows(connection: Connection, query: Any) -> list[dict[str, Any]]:
    """Return a query's rows as dicts."""
    return [dict(row) for row in connection.execute(query).mappings()]
