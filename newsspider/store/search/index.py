"""Full-text search over titles and bodies, in any script: each database has its own index."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import Connection, Select

from newsspider.store.search.fts5 import Fts5Index
from newsspider.store.search.tsvector import VectorIndex


class SearchIndex(Protocol):
    """An index over the articles' titles and bodies, which follows them row by row."""

    def create(self) -> None:
        """Make it."""

    def merge_seldom(self) -> None:
        """Let an index that was made before merge its parts less often, as a new one does."""

    def add(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add articles (id, title, body)."""

    def remove(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Take articles out; the rows must hold the text as it was indexed."""

    def merge(self, *, first: bool) -> bool:
        """Drop words of removed articles for good, from a part of the index; return whether there is more to do."""

    def narrow(self, query: Select[Any], words: str, first: int = 0) -> Select[Any] | None:
        """Return a query of articles with those alone that hold all the words, best first; None without words.

        Args:
            query: of the table of articles.
            words: as a person types them.
            first: the number of the first article that is looked at.
        """

    def best(self, words: str, limit: int) -> list[int]:
        """Return the numbers of the articles that hold all the words, the best ones first; none without words.

        Only the index is read: to sort the articles themselves, each match would be read whole.
        """


def search_index(connection: Connection) -> SearchIndex:
    """Return the index of the database that a connection leads to."""
    return Fts5Index(connection) if connection.dialect.name == "sqlite" else VectorIndex(connection)
