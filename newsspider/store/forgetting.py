"""Delete pages for good: by address (takedowns), and by age (retention)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Table, delete, or_, select

from newsspider.clock import utc_now
from newsspider.record import ArticleRecord
from newsspider.store.articles import delete_articles
from newsspider.store.dialects import among, upsert
from newsspider.store.schema.tables import (
    addresses,
    aliases,
    articles,
    forgotten,
    parts,
    quarantine,
    versions,
)
from newsspider.store.sent_articles import drop_sent_articles
from newsspider.store.site_memories import unlearn_pages
from newsspider.urls import is_web_url, normalise_url, site_of

ROWS_TOGETHER = 500  # rows that are read or deleted at a time


@dataclass(frozen=True)
class Removed:
    """The result of deleting pages.

    Attributes:
        addresses: of the pages, normalised; empty if they were deleted by age.
        rows: numbers of deleted rows by table; pages in sites' memories as "remembered pages".
        copies: addresses of near-duplicates that are still stored.
        sources: the files that the pages were read from.
        traces: the places where the database's files may still have their text, one sentence each.
    """

    addresses: frozenset[str]
    rows: dict[str, int]
    copies: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    traces: tuple[str, ...] = ()


def forget(connection: Connection, urls: Iterable[str], *, with_copies: bool = False) -> Removed:
    """Delete pages under all their addresses, with their versions, parts and states, and block their return.

    Args:
        connection: in a transaction.
        urls: any addresses of the pages.
        with_copies: whether near-duplicates under other addresses are deleted too.
    """
    known = {normalise_url(url) for url in urls}
    known |= _related(connection, known)
    copies = _find_copies(connection, known)
    if with_copies and copies:
        known |= copies.keys() | _related(connection, set(copies))
        copies = {}

    sources = _find_sources(connection, known)
    rows = _delete_pages(connection, known)
    rows["addresses"] = _delete(connection, addresses, among(addresses.c.address, known))
    is_alias = or_(among(aliases.c.address, known), among(aliases.c.page, known))
    rows["aliases"] = _delete(connection, aliases, is_alias)
    rows["remembered pages"] = unlearn_pages(connection, known)

    taken_down = [{"address": address, "forgotten_at": utc_now()} for address in sorted(known)]
    connection.execute(upsert(connection, forgotten).on_conflict_do_nothing(), taken_down)
    return Removed(frozenset(known), _without_nought(rows), tuple(copies.values()), sources)


def expire_some(connection: Connection, before: str) -> dict[str, int]:
    """Delete some of the pages first seen before a moment; return the numbers of rows by table.

    The result is empty when nothing is left. The pages' addresses stay known, so that they are not
    fetched again.

    Args:
        connection: in a transaction.
        before: the moment (ISO 8601, UTC).
    """
    for table in (articles, quarantine):
        old = select(table.c.key).where(table.c.first_seen < before).limit(ROWS_TOGETHER)
        keys = set(connection.execute(old).scalars())
        if keys:
            rows = _delete_pages(connection, keys)
            unlearn_pages(connection, keys)
            return _without_nought(rows)

    deleted = _delete(connection, versions, versions.c.replaced_at < before)
    return _without_nought({"versions": deleted})


def _without_nought(rows: Mapping[str, int]) -> dict[str, int]:
    return {table: number for table, number in rows.items() if number}


def read_forgotten(connection: Connection) -> frozenset[str]:
    """Return the addresses that were taken down, normalised."""
    return frozenset(connection.execute(select(forgotten.c.address)).scalars())


def without_forgotten(
    connection: Connection, records: Sequence[ArticleRecord]
) -> list[ArticleRecord]:
    """Return the records without those of pages that were taken down under any of their addresses."""
    names = [_names_of(record) for record in records]
    query = select(forgotten.c.address).where(among(forgotten.c.address, set().union(*names)))
    taken_down = set(connection.execute(query).scalars())
    return [record for record, own in zip(records, names, strict=True) if not own & taken_down]


def _names_of(record: ArticleRecord) -> set[str]:
    """Return a record's key and its addresses, normalised."""
    return _names(record.key, record.url, record.also_at)


def _names(key: str, url: str | None, also_at: Iterable[str] | None) -> set[str]:
    urls = filter(None, (url, *(also_at or ())))
    return {key, *map(normalise_url, urls)}


def _find_copies(connection: Connection, known: set[str]) -> dict[str, str]:
    """Return the near-duplicates of articles, {key: URL}, in the order they were stored, without the articles."""
    cluster: set[str] = set()
    found = set(known)
    while found:
        cluster |= found
        originals = select(articles.c.duplicate_of).where(among(articles.c.key, found))
        copies = select(articles.c.key).where(among(articles.c.duplicate_of, found))
        linked = {*connection.execute(originals).scalars(), *connection.execute(copies).scalars()}
        found = {key for key in linked if key} - cluster

    query = select(articles.c.key, articles.c.url).where(among(articles.c.key, cluster - known))
    rows = connection.execute(query.order_by(articles.c.id))
    return {row.key: row.url or row.key for row in rows}


def _find_sources(connection: Connection, known: set[str]) -> tuple[str, ...]:
    """Return the files that pages were read from, with the place of a page in an archive."""
    sources: set[str] = set()
    for table in (articles, quarantine):
        query = select(table.c.source).where(among(table.c.key, known), table.c.source.is_not(None))
        sources.update(connection.execute(query).scalars())
    return tuple(sorted(source for source in sources if not is_web_url(source)))


def _related(connection: Connection, known: set[str]) -> set[str]:
    """Return the other addresses of pages."""
    pages = select(aliases.c.page).where(among(aliases.c.address, known))
    related = set(connection.execute(pages).scalars())
    named = select(aliases.c.address).where(among(aliases.c.page, known | related))
    related |= set(connection.execute(named).scalars())

    of_parts = select(parts.c.article).where(among(parts.c.address, known | related))
    others = select(parts.c.address).where(parts.c.article.in_(of_parts))
    related |= set(connection.execute(others).scalars())
    related |= set(_known_elsewhere(connection, known))

    for table in (articles, quarantine):
        columns = (table.c.key, table.c.url, table.c.canonical_url, table.c.also_at)
        for row in connection.execute(select(*columns).where(_is_page(table, known | related))):
            related |= _names(row.key, row.url, row.also_at)
    return related


def _known_elsewhere(connection: Connection, known: set[str]) -> Iterator[str]:
    """Yield the keys of pages with one of the addresses in `also_at`, which has no index."""
    sites = {site for address in known if (site := site_of(address))}
    for table in (articles, quarantine):
        query = select(table.c.key, table.c.also_at).where(among(table.c.site, sites))
        for row in connection.execute(query, execution_options={"yield_per": ROWS_TOGETHER}):
            if row.also_at and known.intersection(map(normalise_url, row.also_at)):
                yield row.key


def _is_page(table: Table, known: set[str]) -> ColumnElement[bool]:
    """Return the condition that a row is one of the pages, by its key or the address it was read at."""
    return or_(among(table.c.key, known), among(table.c.url, known))


def _delete_pages(connection: Connection, keys: set[str]) -> dict[str, int]:
    """Delete pages by their keys, from the search index too; return the numbers of rows by table."""
    drop_sent_articles(connection, keys)
    named = select(parts.c.article).where(among(parts.c.address, keys))
    return {
        "articles": delete_articles(connection, keys),
        "quarantine": _delete(connection, quarantine, among(quarantine.c.key, keys)),
        "versions": _delete(connection, versions, among(versions.c.key, keys)),
        "parts": _delete(connection, parts, parts.c.article.in_(named)),
    }


def _delete(connection: Connection, table: Table, condition: ColumnElement[bool]) -> int:
    """Delete rows and return how many."""
    return int(connection.execute(delete(table).where(condition)).rowcount)
