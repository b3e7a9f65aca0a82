"""Lists of records for people and programs that page through them: filters, newest first, by keyset."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from operator import eq, ge, lt
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, func, select

from newsspider.record import FIELD_NAMES, ArticleRecord
from newsspider.store.dialects import among
from newsspider.store.schema.tables import accounts, aliases, articles, quarantine
from newsspider.store.search.index import search_index
from newsspider.urls import normalise_url

COPIES_WORDS = ("only", "without")
NEWEST_RECORDS = 2_000  # through which a list looks before it reads a whole index
AFTER_DAY = "T99"  # sorts after every moment of a day


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Filters of a list; None lets everything pass.

    Attributes:
        words: that the title or body must contain; of articles only.
        site: a registered domain.
        kind: a kind of page.
        since: the first day, YYYY-MM-DD, on which records were first seen.
        until: the last such day.
        below: only articles whose confidence is lower.
        copies: "only" near-duplicates of other articles, or "without" them.
        reason: text that the reason contains.
        before: the number of a record; only records that came before it.
    """

    words: str | None = None
    site: str | None = None
    kind: str | None = None
    since: str | None = None
    until: str | None = None
    below: float | None = None
    copies: str | None = None
    reason: str | None = None
    before: int | None = None


@dataclass(frozen=True)
class Listed:
    """A record with its number in its table."""

    number: int
    record: ArticleRecord


def list_records(connection: Connection, table: Table, wanted: Wanted, limit: int) -> list[Listed]:
    """Return records of a table, the latest first."""
    if _has_own_index(connection, table, wanted):
        chosen = among(table.c.id, _choose_ids(connection, table, wanted, limit))
        query = _columns(table).where(chosen).order_by(table.c.id.desc())
        return [_listed(row) for row in connection.execute(query).mappings()]

    query = _columns(table)
    if wanted.words is not None and table is articles:
        narrowed = search_index(connection).narrow(query, wanted.words)
        if narrowed is None:
            return []
        query = narrowed.order_by(None)
    query = _filtered(query, table, wanted).order_by(table.c.id.desc()).limit(limit)
    return [_listed(row) for row in connection.execute(query).mappings()]


def _has_own_index(connection: Connection, table: Table, wanted: Wanted) -> bool:
    """Whether the only filter is one whose column an index has beside the numbers of records.

    PostgreSQL keeps texts apart from the rows that it looks through.
    """
    if connection.dialect.name != "sqlite":
        return False

    only = replace(wanted, before=None)
    by_index = [Wanted(kind=wanted.kind)]
    if table is articles:
        by_index += [Wanted(below=wanted.below), Wanted(copies="only")]

    return only != Wanted() and only in by_index


def _choose_ids(connection: Connection, table: Table, wanted: Wanted, limit: int) -> list[int]:
    """Return the numbers of the latest records that a filter lets pass.

    A frequent value is found among the newest records. Others are looked for in their index, which
    "+ 0" makes SQLite read instead of the table with its texts.
    """
    number = table.c.id
    top = wanted.before or (connection.execute(select(func.max(number))).scalar() or 0) + 1
    matching = _filtered(select(number), table, replace(wanted, before=None)).limit(limit)
    newest = matching.where(number.between(top - NEWEST_RECORDS, top - 1)).order_by(number.desc())
    found = list(connection.execute(newest).scalars())
    if len(found) == limit:
        return found

    indexed = matching.where(number + 0 < top).order_by((number + 0).desc())
    return list(connection.execute(indexed).scalars())


def read_record(connection: Connection, table: Table, number: int) -> Listed | None:
    """Return a record by its number."""
    row = connection.execute(_columns(table).where(table.c.id == number)).mappings().first()
    return _listed(row) if row else None


def find_address(connection: Connection, url: str) -> tuple[Table, int] | None:
    """Return the table and number of the record that an address leads to: an article rather than another page."""
    key = normalise_url(url)
    alias = select(aliases.c.page).where(aliases.c.address == key).scalar_subquery()
    for table, condition in (
        (articles, articles.c.key == key),
        (articles, articles.c.key == alias),
        (quarantine, quarantine.c.key == key),
    ):
        number = connection.execute(select(table.c.id).where(condition)).scalar()
        if number is not None:
            return table, int(number)
    return None


def list_copies(connection: Connection, key: str, original: str | None) -> list[Listed]:
    """Return the near-duplicates of an article, and of the article that it is linked to, which is among them."""
    roots = {key, original or key}
    query = _columns(articles).where(
        among(articles.c.duplicate_of, roots) | among(articles.c.key, roots)
    )
    return [_listed(row) for row in connection.execute(query.order_by(articles.c.id)).mappings()]


def count_since(
    connection: Connection, table: Table, column: str, since: str
) -> list[tuple[str, int]]:
    """Return the number of records first seen since a day by a column's values, most first."""
    number = func.count()
    value = func.coalesce(
        table.c[column], ""
    )  # not the column itself, so that the index of first_seen is used
    query = select(value, number).where(table.c.first_seen >= since).group_by(value)
    rows = connection.execute(query.order_by(number.desc(), value))
    return [(value, count) for value, count in rows if value]


def list_sites(connection: Connection, table: Table) -> list[str]:
    """Return the sites of a table's records, by name."""
    query = select(table.c.site).where(table.c.site.is_not(None)).distinct().order_by(table.c.site)
    return list(connection.execute(query).scalars())


def read_run_accounts(
    connection: Connection, runs: Iterable[int]
) -> list[tuple[int, dict[str, Any]]]:
    """Return the run and the account, as JSON types, of each site in some runs."""
    query = select(accounts.c.run, accounts.c.account).where(among(accounts.c.run, runs))
    return [(row.run, row.account) for row in connection.execute(query)]


def _columns(table: Table) -> Select[Any]:
    return select(table.c.id, *(table.c[name] for name in FIELD_NAMES))


def _listed(row: Any) -> Listed:
    return Listed(row["id"], ArticleRecord.from_dict(dict(row)))


def _filtered(query: Select[Any], table: Table, wanted: Wanted) -> Select[Any]:
    """Return the query with the conditions of the filters."""
    columns = table.c
    query = query.where(*_number_bounds(table, wanted))
    filters: list[tuple[Any, Column[Any], Callable[[Any, Any], Any]]] = [
        (wanted.site, columns.site, eq),
        (wanted.kind, columns.kind, eq),
        (wanted.since, columns.first_seen, ge),
        (wanted.until and f"{wanted.until}{AFTER_DAY}", columns.first_seen, lt),
        (wanted.below, columns.confidence, lt),
        (wanted.reason, columns.reason, _contains),
        (wanted.copies, columns.duplicate_of, _is_copy),
        (wanted.before, columns.id, lt),
    ]
    return query.where(
        *(compare(column, value) for value, column, compare in filters if value is not None)
    )


def _number_bounds(table: Table, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    """Yield bounds of the numbers that the days imply.

    They are read from the index of first_seen: "+ 0" keeps SQLite from walking through the numbers
    instead. Without them it would read each row.
    """
    if wanted.since:
        later = select(func.min(table.c.id + 0)).where(table.c.first_seen >= wanted.since)
        yield table.c.id >= later.scalar_subquery()
    if wanted.until:
        earlier = select(func.max(table.c.id + 0)).where(
            table.c.first_seen < f"{wanted.until}{AFTER_DAY}"
        )
        yield table.c.id <= earlier.scalar_subquery()


def _contains(column: Column[Any], text: str) -> ColumnElement[bool]:
    return column.icontains(text, autoescape=True)


def _is_copy(column: Column[Any], word: str) -> ColumnElement[bool]:
    return column.is_not(None) if word == "only" else column.is_(None)
