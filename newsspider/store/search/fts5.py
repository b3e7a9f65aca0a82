"""Full-text search with SQLite's FTS5.

FTS5's tokeniser finds no words inside a Chinese, Japanese or Thai sentence. So text without spaces
is indexed character by character, and a search for it is a phrase of characters: it finds every
substring and nothing else. The index has no copy of the text (`content=''`), so each change needs
the old text as well as the new one.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, text

from newsspider.store.schema.tables import articles
from newsspider.store.search.words import iter_terms, spaced

_CREATE = text(
    "CREATE VIRTUAL TABLE articles_search USING fts5("
    "title, body, content='', tokenize=\"unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'\")"
)
_INSERT = text("INSERT INTO articles_search (rowid, title, body) VALUES (:id, :title, :body)")
_DELETE = text(
    "INSERT INTO articles_search (articles_search, rowid, title, body) VALUES ('delete', :id, :title, :body)"
)
RANK = "bm25(articles_search, 4.0, 1.0)"  # a word in the title weighs as four
_BEST = text(
    f"SELECT rowid FROM articles_search WHERE articles_search MATCH :words ORDER BY {RANK}, rowid LIMIT :limit"
)
_MERGE = text("INSERT INTO articles_search (articles_search, rank) VALUES ('merge', :pages)")
_MERGE_SELDOM = text(
    "INSERT INTO articles_search (articles_search, rank) VALUES ('automerge', :segments)"
)
SEGMENTS = 8  # of a level, which are then merged bit by bit; FTS5 takes 4, and from 16 on merges all at once
MERGED_PAGES = 2_000  # a transaction, of 4 KB: a tenth of a second


class Fts5Index:
    """The index of a SQLite database."""

    def __init__(self, connection: Connection) -> None:
        """Use it over this connection."""
        self._connection = connection

    def create(self) -> None:
        """Make it."""
        self._connection.execute(_CREATE)
        self.merge_seldom()

    def merge_seldom(self) -> None:
        """Let FTS5 merge more segments at a time, so that it writes less; searches take the same time."""
        self._connection.execute(_MERGE_SELDOM, {"segments": SEGMENTS})

    def add(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add articles (id, title, body)."""
        if rows:
            self._connection.execute(_INSERT, [_indexed(row) for row in rows])

    def remove(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Take articles out; the rows must hold the text as it was indexed."""
        if rows:
            self._connection.execute(_DELETE, [_indexed(row) for row in rows])

    def merge(self, *, first: bool) -> bool:
        """Erase words of removed articles from a part of the index; return whether there is more to do.

        FTS5 stores a removal beside the words and deletes both when their segments are merged. Its
        own `secure-delete` erases them at once, but SQLite before 3.42 can't read such an index.
        `optimize` merges everything in one transaction, which takes minutes on a large store and
        blocks crawls that want to write.

        Source:
            https://www.sqlite.org/fts5.html#the_merge_command
        """
        changes = text("SELECT total_changes()")
        before = self._connection.execute(changes).scalar_one()
        self._connection.execute(_MERGE, {"pages": -MERGED_PAGES if first else MERGED_PAGES})
        after = self._connection.execute(changes).scalar_one()
        return int(after) - int(before) >= 2  # the command itself counts as one

    def narrow(self, query: Select[Any], words: str, first: int = 0) -> Select[Any] | None:
        """Return a query of articles with those alone that hold all the words, best first; None without words."""
        expression = match_expression(words)
        if not expression:
            return None
        if first:
            query = query.where(text("articles_search.rowid >= :first").bindparams(first=first))
        return (
            query.join(text("articles_search"), text("articles_search.rowid = articles.id"))
            .where(text("articles_search MATCH :words").bindparams(words=expression))
            .order_by(text(RANK), articles.c.id)
        )

    def best(self, words: str, limit: int) -> list[int]:
        """Return the numbers of the articles that hold all the words, the best ones first; none without words."""
        expression = match_expression(words)
        if not expression:
            return []
        return list(
            self._connection.execute(_BEST, {"words": expression, "limit": limit}).scalars()
        )


def match_expression(words: str) -> str:
    """Return the FTS5 query for words as a person types them: all must occur, "quoted words" as a phrase.

    >>> match_expression('ferry "old harbour" 東京')
    '"ferry" "old harbour" "東 京"'
    """
    return " ".join(f'"{term}"' for term in iter_terms(words))


def _indexed(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": row["id"], "title": spaced(row["title"] or ""), "body": spaced(row["body"] or "")}
