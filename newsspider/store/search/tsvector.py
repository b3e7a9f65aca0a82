"""Full-text search with PostgreSQL's tsvector and GIN.

PostgreSQL's own parser splits text by the server's locale, breaks Hindi at its vowel signs and
finds no words inside a Chinese, Japanese or Thai sentence. So the words are cut here, as FTS5 cuts
them, and stored as lexemes with their positions. Text without spaces is indexed by single
characters and by pairs of them. Pairs keep their positions where an article has a character more
often than PostgreSQL counts, and they are rarer, so they are found faster.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Index,
    MetaData,
    Select,
    Table,
    cast,
    delete,
    func,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from newsspider.store.dialects import among
from newsspider.store.schema.tables import articles
from newsspider.store.search.words import iter_terms, spaced
from newsspider.text import is_unspaced

# PostgreSQL's limits (its documentation, 12.11): words beyond them are not found in a phrase, or not at all.
MAX_POSITION = 16_383
MAX_POSITIONS = 255  # of one lexeme
MAX_LEXEME_CHARS = 500  # of four bytes at most: it takes 2,046
MAX_VECTOR_BYTES = 1_000_000  # it takes 1,048,575
POSITION_BYTES = 2
LEXEME_BYTES = 8  # beside its characters and positions
GAP = 2  # from title to body, so that no phrase reaches over
RANK_WEIGHTS = "{0.25, 0, 0, 1}"  # of D, C, B and A: a word in the title weighs as four in the body
BY_LENGTH = 1  # ts_rank divides by the logarithm of the article's length
# Categories of characters that words are made of, as for FTS5
LETTERS = ("L", "N", "Co", "Mn", "Mc")

vectors = Table(
    "articles_search",
    MetaData(),
    Column("id", BigInteger, primary_key=True),
    Column("words", TSVECTOR),
)
Index("ix_articles_search_words", vectors.c.words, postgresql_using="gin")
_INSERT = text("INSERT INTO articles_search (id, words) VALUES (:id, CAST(:words AS tsvector))")


class VectorIndex:
    """The index of a PostgreSQL database."""

    def __init__(self, connection: Connection) -> None:
        """Use it over this connection."""
        self._connection = connection

    def create(self) -> None:
        """Make it."""
        vectors.create(self._connection)

    def merge_seldom(self) -> None:
        """Do nothing: the index has no segments."""

    def add(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add articles (id, title, body)."""
        if rows:
            indexed = [
                {"id": row["id"], "words": vector_of(row["title"] or "", row["body"] or "")}
                for row in rows
            ]
            self._connection.execute(_INSERT, indexed)

    def remove(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Take articles out."""
        if rows:
            self._connection.execute(
                delete(vectors).where(among(vectors.c.id, [row["id"] for row in rows]))
            )

    def merge(self, *, first: bool) -> bool:
        """Return False: the words of an article are in its row, and are deleted with it."""
        return False

    def narrow(self, query: Select[Any], words: str, first: int = 0) -> Select[Any] | None:
        """Narrow a query of articles to those that contain all the words, the best first.

        Args:
            query: selects articles.
            words: as a person types them.
            first: the lowest number of an article that is found; 0 for all.

        Returns:
            The query; None if there is no word to search for.
        """
        expression = query_of(words)
        if not expression:
            return None
        asked, rank = _asked(expression)
        matches = query.join(vectors, vectors.c.id == articles.c.id)
        matches = matches.where(vectors.c.words.op("@@")(asked))
        if first:
            matches = matches.where(vectors.c.id >= first)
        return matches.order_by(rank.desc(), articles.c.id)

    def best(self, words: str, limit: int) -> list[int]:
        """Return the numbers of the best articles that contain all the words, the best first."""
        expression = query_of(words)
        if not expression:
            return []
        asked, rank = _asked(expression)
        matches = select(vectors.c.id).where(vectors.c.words.op("@@")(asked))
        return list(
            self._connection.execute(
                matches.order_by(rank.desc(), vectors.c.id).limit(limit)
            ).scalars()
        )


def _asked(expression: str) -> tuple[ColumnElement[Any], ColumnElement[float]]:
    """Return the expression as a query, and the rank of an article by it."""
    asked = cast(expression, TSQUERY)
    return asked, func.ts_rank(
        text(f"'{RANK_WEIGHTS}'"), vectors.c.words, asked, text(str(BY_LENGTH))
    )


def vector_of(title: str, body: str) -> str:
    """Return the tsvector of an article as PostgreSQL reads it: each word with its positions, A for the title's.

    >>> vector_of("Ferry back", "The ferry: 東京")
    "'ferry':1A,6 'back':2A 'the':5 '東京':7 '東':7 '京':8"
    """
    vector = _Vector()
    first = 1
    for value, weight in ((title, "A"), (body, "")):
        tokens = _tokens(value)
        for offset, word in _iter_lexemes(tokens):
            vector.add(word, first + offset, weight)
        first += len(tokens) + GAP
    return str(vector)


class _Vector:
    """A tsvector within PostgreSQL's limits."""

    def __init__(self) -> None:
        """Begin without words."""
        self._places: dict[str, list[str]] = {}
        self._room = MAX_VECTOR_BYTES

    def add(self, word: str, position: int, weight: str) -> None:
        """Add a word at a position; without the position or at all if there is no room for it."""
        found = self._places.get(word)
        if found is None:
            self._room -= len(word.encode()) + LEXEME_BYTES
            if self._room < 0:
                return
            found = self._places[word] = []

        if len(found) < MAX_POSITIONS and position <= MAX_POSITION and self._room > 0:
            found.append(f"{position}{weight}")
            self._room -= POSITION_BYTES

    def __str__(self) -> str:
        """Return the text that PostgreSQL reads."""
        words = []
        for word, found in self._places.items():
            positions = f":{','.join(found)}" if found else ""
            words.append(f"'{word}'{positions}")
        return " ".join(words)


def query_of(words: str) -> str:
    """Return the tsquery for words as a person types them: all must occur, "quoted words" as a phrase.

    >>> query_of('ferry "old harbour" 渡轮十 9:30')
    "'ferry' & ('old' <1> 'harbour') & ('渡轮' <1> '轮十') & ('9' <1> '30')"
    """
    phrases = [_phrase(_tokens(term)) for term in iter_terms(words)]
    bracketed = [f"({phrase})" if "<" in phrase else phrase for phrase in phrases if phrase]
    return " & ".join(bracketed)


def is_searchable(words: str) -> bool:
    """Return whether there is a word to search for; both databases cut text at the same characters.

    >>> is_searchable('"old harbour" !'), is_searchable('"?" --')
    (True, False)
    """
    return bool(query_of(words))


def _phrase(tokens: Sequence[str]) -> str:
    """Return the tsquery for tokens that follow each other; tokens of unspaced scripts are asked for in pairs."""
    phrase = ""
    last = 0
    for place, token in enumerate(tokens):
        word = token
        if _begins_pair(tokens, place):
            word = token + tokens[place + 1]
        elif place and _begins_pair(tokens, place - 1):
            continue  # the pair before has it
        phrase = f"{phrase} <{place - last}> '{word}'" if phrase else f"'{word}'"
        last = place
    return phrase


def _iter_lexemes(tokens: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield (place, word): each token, and before it the pair that it begins."""
    for place, token in enumerate(tokens):
        if _begins_pair(tokens, place):
            yield place, token + tokens[place + 1]
        yield place, token


def _begins_pair(tokens: Sequence[str], place: int) -> bool:
    """Return whether a token and the next one are characters of unspaced scripts."""
    pair = tokens[place : place + 2]
    return len(pair) == 2 and all(map(is_unspaced, pair))


def _tokens(value: str) -> list[str]:
    """Return the words of a text, without case and accents."""
    return [
        word[:MAX_LEXEME_CHARS] for word in spaced(value).casefold().translate(_SEPARATED).split()
    ]


class _Separated(dict[int, str | int]):
    """A table for `str.translate` that replaces characters outside of words by spaces; it fills itself."""

    def __missing__(self, code: int) -> str | int:
        self[code] = code if unicodedata.category(chr(code)).startswith(LETTERS) else " "
        return self[code]


_SEPARATED = _Separated()
