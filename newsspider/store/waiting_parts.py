"""The parts of articles over several pages, stored by address until the other parts are read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select, update

from newsspider.record import ArticleRecord
from newsspider.store.articles import delete_articles, seen_at
from newsspider.store.dialects import among, upsert
from newsspider.store.join_parts import address_of, join_parts
from newsspider.store.schema.tables import articles, parts
from newsspider.store.sent_articles import move_sent_articles
from newsspider.urls import normalise_url


@dataclass(frozen=True, slots=True)
class Group:
    """An article over several pages.

    Attributes:
        joined: the record of the parts that were read so far.
        keys: under which a part may be stored as an article of its own.
    """

    joined: ArticleRecord
    keys: frozenset[str]


def keep_parts(connection: Connection, records: Iterable[ArticleRecord]) -> Iterator[Group]:
    """Store parts, and yield each article that they belong to, with its parts from earlier runs."""
    touched = [_keep(connection, record) for record in records]
    if not touched:
        return

    named = select(parts.c.article).where(among(parts.c.article, touched)).distinct()
    for article in connection.execute(named).scalars().all():
        yield _read_group(connection, article)


def _read_group(connection: Connection, article: str) -> Group:
    """Return an article with the parts that were read so far."""
    query = select(parts.c.address, parts.c.record).where(parts.c.article == article)
    rows = connection.execute(query).all()
    read = {row.address: ArticleRecord.from_dict(row.record) for row in rows if row.record}
    keys = {record.key for record in read.values()}.union(row.address for row in rows)
    return Group(join_parts(read), frozenset(keys))


def replace_earlier(connection: Connection, group: Group) -> ArticleRecord:
    """Delete the articles that parts were stored as, and return the whole article with the earliest `first_seen`."""
    joined = group.joined
    query = select(articles.c.key, articles.c.first_seen)
    rows = connection.execute(query.where(among(articles.c.key, group.keys - {joined.key}))).all()
    earlier = [row.key for row in rows]
    delete_articles(connection, earlier)
    move_sent_articles(connection, earlier, joined.key)

    moments = [joined.first_seen, *(row.first_seen for row in rows)]
    return replace(joined, first_seen=min(moments, key=seen_at))


def _keep(connection: Connection, record: ArticleRecord) -> str:
    """Store one part and return the article it belongs to; articles that it connects become one."""
    own = address_of(record)
    addresses = list(dict.fromkeys([*map(normalise_url, record.pages), own]))
    named = select(parts.c.article).where(among(parts.c.address, addresses)).distinct()
    known = connection.execute(named).scalars().all()
    article = min(known, default=addresses[0])
    connection.execute(update(parts).where(among(parts.c.article, known)).values(article=article))
    rows = [{"address": address, "article": article} for address in addresses]
    connection.execute(upsert(connection, parts).on_conflict_do_nothing(), rows)
    connection.execute(update(parts).where(parts.c.address == own).values(record=record.to_dict()))
    return article
