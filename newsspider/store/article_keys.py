"""The key under which a record's article is stored."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, select

from newsspider.record import ArticleRecord
from newsspider.store.dialects import among
from newsspider.store.duplicates.sketches import MIN_WORDS
from newsspider.store.pairs import pair_among
from newsspider.store.schema.tables import aliases, articles

_Text = tuple[str, ...]  # site, hash of the body, and for a short body the title
_TEXT_COLUMNS = ("key", "url", "site", "body_hash", "title", "word_count")


def find_keys(connection: Connection, records: Sequence[ArticleRecord]) -> list[str]:
    """Return the key under which each record is stored.

    It is the record's own key, unless the article is stored under another one: as an alias, or
    with the same text on the same site (some sites put a visitor's number into each address).
    """
    own = {record.key for record in records}
    stored = _stored_keys(connection, own)
    by_alias = _keys_by_alias(connection, own - stored)
    by_text = _keys_by_text(connection, [each for each in records if each.key not in stored])

    keys = []
    for record in records:
        key = by_alias.get(record.key, record.key)
        text = _text_of(record)
        if text and key == record.key and key not in stored:
            key = by_text.setdefault(text, key)
        stored.add(key)
        keys.append(key)
    return keys


def _stored_keys(connection: Connection, keys: Collection[str]) -> set[str]:
    query = select(articles.c.key).where(among(articles.c.key, keys))
    return set(connection.execute(query).scalars())


def _keys_by_alias(connection: Connection, wanted: Collection[str]) -> dict[str, str]:
    """Return the keys of articles that have one of some addresses as an alias."""
    query = select(aliases.c.address, aliases.c.page).join(
        articles, articles.c.key == aliases.c.page
    )
    rows = connection.execute(query.where(among(aliases.c.address, wanted)))
    return {row.address: row.page for row in rows}


def _keys_by_text(connection: Connection, records: Iterable[ArticleRecord]) -> dict[_Text, str]:
    """Return the keys of articles that have the same site and text as one of the records."""
    wanted = set(filter(None, map(_text_of, records)))
    found: dict[_Text, str] = {}
    for row in _iter_with_text(connection, {text[:2] for text in wanted}):
        if text := _text_of(ArticleRecord.from_dict(row)):
            found.setdefault(text, row["key"])
    return found


def _iter_with_text(connection: Connection, texts: Collection[_Text]) -> Iterator[dict[str, Any]]:
    """Yield the rows of articles with one of some texts, the oldest first."""
    if not texts:
        return
    columns = [articles.c[name] for name in _TEXT_COLUMNS]
    has_text = pair_among(articles.c.site, articles.c.body_hash, texts)
    query = select(*columns).where(has_text).order_by(articles.c.id)
    for row in connection.execute(query).mappings():
        yield dict(row)


def _text_of(record: ArticleRecord) -> _Text | None:
    """Return the values that pages with the same text share; None without an address or a text.

    Different articles can share a short text ("This video is not available in your country"), so
    short texts are compared together with the title.
    """
    if not (record.url and record.site and record.body_hash):
        return None
    if (record.word_count or 0) < MIN_WORDS:
        return record.site, record.body_hash, record.title or ""
    return record.site, record.body_hash
