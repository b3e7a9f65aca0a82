"""The record of sent articles, when an article's key changes or the article is deleted."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from newsspider.store.dialects import among
from newsspider.store.schema.tables import told


def move_sent_articles(connection: Connection, earlier: Collection[str], key: str) -> None:
    """Move the record of sent articles to the key that the articles have now, so that they aren't sent again."""
    others = [each for each in earlier if each != key]
    if not others:
        return

    sent = select(told).where(among(told.c.article, others))
    rows = connection.execute(sent).mappings().all()
    if rows:
        drop_sent_articles(connection, others)
        _note_sent(connection, key, [dict(row) for row in rows])


def _note_sent(connection: Connection, key: str, rows: Iterable[dict[str, Any]]) -> None:
    """Note the watches and targets of some rows for an article too, as far as they aren't noted yet."""
    by_target = {(row["watch"], row["target"]): {**row, "article": key} for row in rows}
    known = select(told.c.watch, told.c.target).where(told.c.article == key)
    for watch, target in connection.execute(known):
        by_target.pop((watch, target), None)

    if by_target:
        connection.execute(insert(told), list(by_target.values()))


def drop_sent_articles(connection: Connection, keys: Collection[str]) -> None:
    """Delete the record of sent articles."""
    connection.execute(delete(told).where(among(told.c.article, keys)))
