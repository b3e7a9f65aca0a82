"""Who was told of which article, where the article's key changes or goes."""

from collections.abc import Collection

from sqlalchemy import Connection, delete, insert, select

from newsspider.store.dialects import among
from newsspider.store.tables import told


def move_told(connection: Connection, earlier: Collection[str], key: str) -> None:
    """Take what is noted of articles along to the key that they have now: who was told of one is not told again."""
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
    """Take out what is noted of articles."""
    connection.execute(delete(told).where(among(told.c.article, keys)))
