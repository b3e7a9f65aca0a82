"""The record of sent articles, when an article's key changes or the article is deleted."""

from collections.abc import Collection

from sqlalchemy import Connection, delete, insert, select

from newsspider.store.dialects import among
from newsspider.store.schema.tables import told


def move_told(connection: Connection, earlier: Collection[str], key: str) -> None:
    """Move the record of sent articles to the key that the articles have now, so that they aren't sent again."""
    others = [each for each in earlier if each != key]
    if not others:
        return
    rows = connection.execute(select(told).where(among(told.c.article, others))).mappings().all()
    if not rows:
        return
    connection.execute(delete(told).where(among(told.c.article, others)))
    there = select(told.c.watch, told.c.target).where(told.c.article == key)
    noted = {tuple(row) for row in connection.execute(there)}
    moved = {(row["watch"], row["target"]): {**row, "article": key} for row in rows}
    if new := [row for place, row in moved.items() if place not in noted]:
        connection.execute(insert(told), new)


def drop_told(connection: Connection, keys: Collection[str]) -> None:
    """Delete the record of sent articles."""
    connection.execute(delete(told).where(among(told.c.article, keys)))
