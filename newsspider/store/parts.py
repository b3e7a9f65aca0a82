"""The parts of articles over several pages: kept by address, and found again when another part comes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select, update

from newsspider.record import ArticleRecord
from newsspider.store.articles import delete_articles, seen_at
from newsspider.store.dialects import among, upsert
from newsspider.store.joining import address_of, join_parts
from newsspider.store.schema.tables import articles, parts
from newsspider.store.telling import move_told
from newsspider.urls import normalise_url


@dataclass(frozen=True, slots=True)
class Group:
    """An article's parts: the record that those read so far make, and the keys under which articles may hold one."""

    joined: ArticleRecord
    keys: frozenset[str]


def keep_parts(connection: Connection, records: Iterable[ArticleRecord]) -> Iterator[Group]:
    """Keep parts, and yield each article that they belong to with all its parts, those of earlier runs too."""
    touched = {_keep(connection, record): None for record in records}
    named = select(parts.c.article).where(among(parts.c.article, touched)).distinct()
    for article in connection.execute(named).scalars().all() if touched else ():
        rows = connection.execute(select(parts.c.address, parts.c.record).where(parts.c.article == article)).all()
        read = {row.address: ArticleRecord.from_dict(row.record) for row in rows if row.record}
        keys = {row.address for row in rows} | {record.key for record in read.values()}
        yield Group(join_parts(read), frozenset(keys))


def replace_earlier(connection: Connection, group: Group) -> ArticleRecord:
    """Take out the rows that parts of an article have had of their own, and return the article as first seen then."""
    joined = group.joined
    earlier = select(articles.c.key, articles.c.first_seen).where(among(articles.c.key, group.keys - {joined.key}))
    rows = connection.execute(earlier).all()
    delete_articles(connection, [row.key for row in rows])
    move_told(connection, [row.key for row in rows], joined.key)
    return replace(joined, first_seen=min([joined.first_seen, *(row.first_seen for row in rows)], key=seen_at))


def _keep(connection: Connection, record: ArticleRecord) -> str:
    """Keep one part and return the article it belongs to; articles that it shows to be one become one."""
    own = address_of(record)
    addresses = list(dict.fromkeys([*map(normalise_url, record.pages), own]))
    known = (
        connection.execute(select(parts.c.article).where(among(parts.c.address, addresses)).distinct()).scalars().all()
    )
    article = min(known, default=addresses[0])
    connection.execute(update(parts).where(among(parts.c.article, known)).values(article=article))
    rows = [{"address": address, "article": article} for address in addresses]
    connection.execute(upsert(connection, parts).on_conflict_do_nothing(), rows)
    connection.execute(update(parts).where(parts.c.address == own).values(record=record.to_dict()))
    return article
