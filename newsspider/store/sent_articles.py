"""The record of sent articles, when an article's key changes or the article is deleted."""

from collections.abc import Collection

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
    if not rows:
        return
    connection.execute(delete(told).where(among(told.c.article, others)))
    moved = {(row["watch"], row["target"]): {**row, "article": key} for row in rows}

    there = select(told.c.watch, told.c.target).where(told.c.article == key)
    for watch, target in connection.execute(there):
        moved.pop((watch, target), None)
    if moved:
        connection.execute(insert(told), list(moved.values()))


def drop_sent_articles(connection: Connection, keys: Collection[str]) -> None:
    """Delete the record of sent articles."""
    connection.execute(delete(told).where(among(told.c.article, keys)))
