"""Reading records of the store: articles, quarantine, matches, clusters, versions and counts."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy import (
    URL,
    ColumnElement,
    Connection,
    Engine,
    Select,
    Table,
    Text,
    bindparam,
    case,
    cast,
    func,
    select,
    union,
)

from newsspider.record import FIELD_NAMES, FIELDS, ArticleRecord
from newsspider.record.fields import Field
from newsspider.store.articles import read_articles
from newsspider.store.database_errors import describe, named_errors
from newsspider.store.dialects import among, day_of
from newsspider.store.duplicates.clusters import count_clusters, iter_clusters
from newsspider.store.schema.tables import articles, quarantine
from newsspider.store.search.index import search_index
from newsspider.store.versions import read_versions
from newsspider.urls import normalise_url

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
# Values of these shapes can be empty without being null.
LISTED_SHAPES = frozenset({"texts", "entries", "object", "mapping"})
READ_ROWS = 500  # rows fetched at a time when many are read
# Built once: --resume asks it for every page.
_KINDS_OF_SOURCE = union(
    *(select(t.c.kind).where(t.c.source == bindparam("source")) for t in (articles, quarantine))
)


class RecordReader:
    """An open database of records; `with` closes it."""

    def __init__(self, url: URL, engine: Engine) -> None:
        """Read from an engine."""
        self._url = url
        self._engine = engine

    @property
    def name(self) -> str:
        """The database's name for people: its absolute path, or its URL without secrets."""
        return describe(self._url)

    @property
    def file(self) -> str | None:
        """The database's file; None on a server."""
        if self._url.get_backend_name() == "sqlite":
            return self._url.database
        return None

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the store."""
        self.close()

    def close(self) -> None:
        """Close all connections; the store can't be used after."""
        self._engine.dispose()

    def read(
        self,
        table: Table = articles,
        *,
        site: str | None = None,
        kind: str | None = None,
        since: str | None = None,
        until: str | None = None,
        newest: int | None = None,
        has_url: bool = False,
    ) -> Iterator[ArticleRecord]:
        """Yield records in the order they were first stored, or the newest ones first.

        Args:
            table: articles or quarantine.
            site: only this registered domain's.
            kind: only this kind.
            since: only those published on this day (YYYY-MM-DD) or later.
            until: only those published on this day or earlier.
            newest: number of records at most, those published last; undated ones count by `first_seen`.
            has_url: only those with a URL.
        """
        query = select(*(table.c[name] for name in FIELD_NAMES))
        if newest is None:
            query = query.order_by(table.c.id)
        else:
            moment = func.coalesce(table.c.published, table.c.first_seen, "")
            query = query.order_by(moment.desc(), table.c.id.desc()).limit(newest)

        for column, value in ((table.c.site, site), (table.c.kind, kind)):
            if value:
                query = query.where(column == value)
        if has_url:
            query = query.where(table.c.url.is_not(None))
        if since or until:
            # By number, so that an index finds them and their texts are not sorted.
            query = query.where(table.c.id.in_(_numbers_of(table, since, until)))
        with self._reading() as connection:
            for row in connection.execution_options(yield_per=READ_ROWS).execute(query).mappings():
                yield ArticleRecord.from_dict(dict(row))

    def ask(
        self,
        question: Callable[Concatenate[Connection, Given], Answer],
        *given: Given.args,
        **named: Given.kwargs,
    ) -> Answer:
        """Return the answer of a function that reads through a connection."""
        with self._reading() as connection:
            return question(connection, *given, **named)

    def search(self, words: str, limit: int) -> list[ArticleRecord]:
        """Return the articles that hold all the words, best match first."""
        with self._reading() as connection:
            best = search_index(connection).best(words, limit)
            columns = (articles.c[name] for name in FIELD_NAMES)
            query = select(articles.c.id, *columns).where(among(articles.c.id, best))
            rows = {row["id"]: row for row in connection.execute(query).mappings()}
            found = [rows[number] for number in best if number in rows]
            return [ArticleRecord.from_dict(dict(row)) for row in found]

    def read_keys(self, keys: Sequence[str]) -> list[ArticleRecord]:
        """Return articles by their keys, in this order; deleted ones are left out."""
        with self._reading() as connection:
            there = read_articles(connection, keys)
        return [there[key] for key in keys if key in there]

    def iter_clusters(self, site: str | None = None) -> Iterator[list[ArticleRecord]]:
        """Yield the articles that are near-duplicates of each other, the original first; the newest originals first.

        Only those that are taken are read.

        Args:
            site: only clusters with an article of this registered domain.
        """
        with self._reading() as connection:
            yield from iter_clusters(connection, site)

    def count_clusters(self) -> int:
        """Return how many clusters of near-duplicates there are."""
        with self._reading() as connection:
            return count_clusters(connection)

    def versions(self, url: str) -> list[ArticleRecord]:
        """Return an article as it was and is, oldest first, by any of its addresses; none if it is not there."""
        with self._reading() as connection:
            return read_versions(connection, normalise_url(url))

    def count(self, table: Table, *columns: str) -> Counter[tuple[str | None, ...]]:
        """Return how many rows each combination of the columns' values has; `day` is the published day."""
        values = [day_of(table.c.published) if name == "day" else table.c[name] for name in columns]
        with self._reading() as connection:
            rows = connection.execute(
                select(*values, func.count()).select_from(table).group_by(*values)
            )
            return Counter({tuple(row[:-1]): row[-1] for row in rows})

    def count_older(self, before: str) -> dict[str, int]:
        """Return how many pages were first seen before a moment (ISO 8601, UTC), by table."""
        queries = {
            table.name: select(func.count()).select_from(table).where(table.c.first_seen < before)
            for table in (articles, quarantine)
        }
        with self._reading() as connection:
            return {
                name: int(connection.execute(query).scalar_one()) for name, query in queries.items()
            }

    def count_fields(self) -> dict[str, int]:
        """Return how many articles have a value in each field."""
        with self._reading() as connection:
            filled = [func.count(_filled(connection, field)).label(field.name) for field in FIELDS]
            return dict(connection.execute(select(*filled)).mappings().one())

    def kinds_of(self, source: str) -> frozenset[str]:
        """Return the kinds of a source's records; empty if it is unknown."""
        with self._reading() as connection:
            return frozenset(connection.execute(_KINDS_OF_SOURCE, {"source": source}).scalars())

    def damage(self) -> str | None:
        """Return the first damage found in a SQLite file, its indexes included; None if there is none.

        It reads the whole file, 200 MB per second. A server's tables are not checked.
        """
        if self.file is None:
            return None
        with self._reading() as connection:
            said = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one())
        if said == "ok":
            return None
        return " ".join(said.split())

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """Lend a connection; errors on it name the database."""
        with named_errors(self._url), self._engine.connect() as connection:
            yield connection


def _numbers_of(table: Table, since: str | None, until: str | None) -> Select[tuple[int]]:
    """Return a query of the numbers of records that were published on a day or later, and on a day or earlier."""
    query = select(table.c.id)
    if since:
        query = query.where(table.c.published >= since)
    if until:
        query = query.where(day_of(table.c.published) <= until)
    return query


def _filled(connection: Connection, field: Field) -> ColumnElement[Any]:
    """Return an expression that is null if a field has no value; it doesn't read long texts."""
    column = articles.c[field.name]
    if field.shape not in LISTED_SHAPES:
        is_there: ColumnElement[bool] = column.is_not(None)
        if connection.dialect.name == "sqlite":
            is_there = func.typeof(column) != "null"
        return case((is_there, 1))

    shown: ColumnElement[Any] = func.nullif(cast(column, Text), "[]")
    if field.shape == "texts":  # a list of nulls only is empty
        shown = func.replace(func.replace(shown, "null", ""), ", ", "")
    return func.nullif(func.nullif(shown, "[]"), "{}")
