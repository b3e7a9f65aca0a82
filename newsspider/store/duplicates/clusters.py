"""Clusters of near-duplicates: articles that are linked to each other, also by way of others."""

from collections.abc import Iterator, Set
from typing import Any

from sqlalchemy import Connection, Select, func, select

from newsspider.record import ArticleRecord
from newsspider.store.articles import read_articles
from newsspider.store.dialects import among
from newsspider.store.schema.tables import articles


def iter_clusters(connection: Connection, site: str | None = None) -> Iterator[list[ArticleRecord]]:
    """Yield clusters, the newest original first; each has the original, then its duplicates in their order."""
    originals = _originals().order_by(articles.c.id.desc())
    for key in connection.execute(originals).scalars().all():
        keys = [key, *_duplicates_of(connection, key)]
        read = read_articles(connection, keys)
        cluster = [read[each] for each in keys if each in read]
        sites = {record.site for record in cluster}
        if site is None or site in sites:
            yield cluster


def count_clusters(connection: Connection) -> int:
    """Return how many there are."""
    return int(
        connection.execute(select(func.count()).select_from(_originals().subquery())).scalar_one()
    )


def _originals() -> Select[Any]:
    """Return a query of the articles that others are linked to, and that aren't linked themselves."""
    links = select(articles.c.duplicate_of).where(articles.c.duplicate_of.is_not(None))
    linked = links.distinct().subquery()
    query = select(articles.c.key).join(linked, linked.c.duplicate_of == articles.c.key)
    return query.where(articles.c.duplicate_of.is_(None))


def _duplicates_of(connection: Connection, key: str) -> list[str]:
    """Return the articles that are linked to one, directly or through others, in their order."""
    found: dict[str, int] = {}
    nearer: Set[str] = {key}
    while nearer:
        query = select(articles.c.key, articles.c.id)
        rows = connection.execute(query.where(among(articles.c.duplicate_of, nearer)))
        numbers = {row.key: row.id for row in rows if row.key != key}
        nearer = numbers.keys() - found.keys()
        found |= numbers

    return sorted(found, key=found.__getitem__)
