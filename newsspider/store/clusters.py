"""Clusters of near-duplicates: articles that are linked to each other, also by way of others."""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection, select

from newsspider.record import ArticleRecord
from newsspider.store.articles import read_articles
from newsspider.store.dialects import among
from newsspider.store.tables import articles


def iter_clusters(connection: Connection, site: str | None = None) -> Iterator[list[ArticleRecord]]:
    """Yield clusters, those with the newest original first; in each the original, then its duplicates as they came."""
    query = select(articles.c.key, articles.c.duplicate_of).where(articles.c.duplicate_of.is_not(None))
    links = {row.key: row.duplicate_of for row in connection.execute(query.order_by(articles.c.id))}
    members: defaultdict[str, list[str]] = defaultdict(list)
    for key in links:
        members[_original(links, key)].append(key)
    originals = select(articles.c.id, articles.c.key).where(among(articles.c.key, members))
    newest = [row.key for row in sorted(connection.execute(originals), key=lambda row: -row.id)]
    for key in newest:
        read = read_articles(connection, [key, *members[key]])
        cluster = [read[each] for each in (key, *members[key]) if each in read]
        if site is None or any(record.site == site for record in cluster):
            yield cluster


def _original(links: dict[str, str], key: str) -> str:
    """Return the article that a chain of links ends at."""
    passed = set()
    while key in links and key not in passed:
        passed.add(key)
        key = links[key]
    return key
