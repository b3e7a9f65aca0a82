"""A database of articles, read from Python."""

import os
from collections.abc import Iterator
from datetime import date, datetime
from types import TracebackType
from typing import Self

from newsspider.errors import UsageError
from newsspider.record import ArticleRecord
from newsspider.store.database_choice import choose_database
from newsspider.store.schema.tables import articles, quarantine
from newsspider.store.store import Store

Day = date | str


def open_store(database: str | os.PathLike[str] | None = None) -> "ArticleStore":
    """Open a database of articles for reading; other processes can write meanwhile.

    Args:
        database: a path or `postgresql://…`; default: the environment variable NEWSSPIDER_DATABASE,
            else ./news.db.

    Raises:
        StoreError: there is none, or it can't be read.
    """
    return ArticleStore(
        Store(choose_database(os.fspath(database) if database else None), create=False)
    )


class ArticleStore:
    """An open database of articles; `with` closes it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def name(self) -> str:
        """The database's absolute path, or its address without the password."""
        return self._store.name

    def articles(
        self,
        *,
        site: str | None = None,
        kind: str | None = None,
        since: Day | None = None,
        until: Day | None = None,
    ) -> Iterator[ArticleRecord]:
        """Yield articles in the order in which they were first stored, in constant memory.

        Args:
            site: only this registered domain, such as herald.example.
            kind: only this kind.
            since: only articles published on this day or later; a date or YYYY-MM-DD.
            until: only articles published on this day or earlier.

        Raises:
            UsageError: a day is not valid.
        """
        return self._store.read(
            articles, site=site, kind=kind, since=_day(since), until=_day(until)
        )

    def quarantine(
        self, *, site: str | None = None, kind: str | None = None
    ) -> Iterator[ArticleRecord]:
        """Yield the records of pages that are not articles; `reason` says why."""
        return self._store.read(quarantine, site=site, kind=kind)

    def search(self, words: str, limit: int = 20) -> list[ArticleRecord]:
        """Return the articles with all the words, best match first; "in quotes" as a phrase."""
        return self._store.search(words, limit)

    def versions(self, url: str) -> list[ArticleRecord]:
        """Return all versions of an article, oldest first, by any of its addresses."""
        return self._store.versions(url)

    def close(self) -> None:
        """Close the database."""
        self._store.close()

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the database."""
        self.close()

    def __len__(self) -> int:
        """Return the number of articles."""
        return self._store.count(articles).total()

    def __repr__(self) -> str:
        """Return the database's name."""
        return f"<ArticleStore {self.name}>"


def _day(given: Day | None) -> str | None:
    """Return a day as the store compares it.

    Raises:
        UsageError: it is not YYYY-MM-DD.
    """
    if given is None:
        return None

    if isinstance(given, datetime):
        return given.date().isoformat()

    if isinstance(given, date):
        return given.isoformat()

    try:
        return date.fromisoformat(given).isoformat()
    except ValueError as error:
        raise UsageError(f"{given}: not a day (expected YYYY-MM-DD)") from error
