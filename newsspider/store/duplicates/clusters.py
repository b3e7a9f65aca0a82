"""Clusters of near-duplicates: articles that are linked to each other, also by way of others."""

from collections.abc import Collection, Iterator, Set
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
        cluster = _read_cluster(connection, key)
        if site in {None, *(record.site for record in cluster)}:
            yield cluster


def _read_cluster(connection: Connection, original: str) -> list[ArticleRecord]:
    keys = [original, *_duplicates_of(connection, original)]
    read = read_articles(connection, keys)
    return [read[key] for key in keys if key in read]


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
        linked = _read_linked(connection, nearer)
        linked.pop(key, None)
        nearer = linked.keys() - found.keys()
        found |= linked

    return sorted(found, key=found.__getitem__)


def _read_linked(connection: Connection, keys: Collection[str]) -> dict[str, int]:
    """Return the articles that are linked to one of some articles, with their numbers."""
    query = select(articles.c.key, articles.c.id)
    rows = connection.execute(query.where(among(articles.c.duplicate_of, keys)))
    return {row.key: row.id for row in rows}
