"""Full-text search with PostgreSQL's tsvector and GIN.

PostgreSQL's own parser takes words apart by the server's locale, breaks Hindi at its vowel signs and finds no word
inside a Chinese, Japanese or Thai sentence. So the words are cut here, as FTS5 cuts them, and given as lexemes with
their positions. Text written without spaces is indexed by its characters and by each two of them: the pairs keep their
positions where an article has a character more often than PostgreSQL counts, and are rarer, so found sooner.
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

# PostgreSQL's limits (its documentation, 12.11): what is beyond them is not found in a phrase, or not at all.
MAX_POSITION = 16_383
MAX_POSITIONS = 255  # of one lexeme
MAX_LEXEME_CHARS = 500  # of four bytes at most: it takes 2,046
MAX_VECTOR_BYTES = 1_000_000  # it takes 1,048,575
POSITION_BYTES = 2
LEXEME_BYTES = 8  # beside its characters and positions
GAP = 2  # from title to body, so that no phrase reaches over
RANK_WEIGHTS = "{0.25, 0, 0, 1}"  # of D, C, B and A: a word in the title weighs as four in the body
BY_LENGTH = 1  # ts_rank divides by the logarithm of the article's length
LETTERS = ("L", "N", "Co", "Mn", "Mc")  # categories of characters that words are made of, as for FTS5

vectors = Table("articles_search", MetaData(), Column("id", BigInteger, primary_key=True), Column("words", TSVECTOR))
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
        """Leave it as it is: it has no segments."""

    def add(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add articles (id, title, body)."""
        if rows:
            indexed = [{"id": row["id"], "words": vector_of(row["title"] or "", row["body"] or "")} for row in rows]
            self._connection.execute(_INSERT, indexed)

    def remove(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Take articles out."""
        if rows:
            self._connection.execute(delete(vectors).where(among(vectors.c.id, [row["id"] for row in rows])))

    def merge(self, *, first: bool) -> bool:
        """Return that there is nothing to do: the words of an article are in its row, and go with it."""
        return False

    def narrow(self, query: Select[Any], words: str, first: int = 0) -> Select[Any] | None:
        """Return a query of articles with those alone that hold all the words, best first; None without words."""
        expression = query_of(words)
        if not expression:
            return None
        asked, rank = _asked(expression)
        matches = query.join(vectors, vectors.c.id == articles.c.id).where(vectors.c.words.op("@@")(asked))
        matches = matches.where(vectors.c.id >= first) if first else matches
        return matches.order_by(rank.desc(), articles.c.id)

    def best(self, words: str, limit: int) -> list[int]:
        """Return the numbers of the articles that hold all the words, the best ones first; none without words."""
        expression = query_of(words)
        if not expression:
            return []
        asked, rank = _asked(expression)
        matches = select(vectors.c.id).where(vectors.c.words.op("@@")(asked))
        return list(self._connection.execute(matches.order_by(rank.desc(), vectors.c.id).limit(limit)).scalars())


def _asked(expression: str) -> tuple[ColumnElement[Any], ColumnElement[float]]:
    """Return what is asked, and the rank of an article by it."""
    asked = cast(expression, TSQUERY)
    return asked, func.ts_rank(text(f"'{RANK_WEIGHTS}'"), vectors.c.words, asked, text(str(BY_LENGTH)))


def vector_of(title: str, body: str) -> str:
    """Return the tsvector of an article, as PostgreSQL reads it: each word with its positions, A for the title's.

    >>> vector_of("Ferry back", "The ferry: 東京")
    "'ferry':1A,6 'back':2A 'the':5 '東京':7 '東':7 '京':8"
    """
    places: dict[str, list[str]] = {}
    first, room = 1, MAX_VECTOR_BYTES
    for text_, weight in ((title, "A"), (body, "")):
        tokens = _tokens(text_)
        for offset, word in _iter_lexemes(tokens):
            found = places.get(word)
            if found is None:
                room -= len(word.encode()) + LEXEME_BYTES
                if room < 0:
                    continue
                found = places[word] = []
            if len(found) < MAX_POSITIONS and first + offset <= MAX_POSITION and room > 0:
                found.append(f"{first + offset}{weight}")
                room -= POSITION_BYTES
        first += len(tokens) + GAP
    return " ".join(f"'{word}':{','.join(found)}" if found else f"'{word}'" for word, found in places.items())


def query_of(words: str) -> str:
    """Return the tsquery for words as a person types them: all must occur, "quoted words" as a phrase.

    >>> query_of('ferry "old harbour" 渡轮十 9:30')
    "'ferry' & ('old' <1> 'harbour') & ('渡轮' <1> '轮十') & ('9' <1> '30')"
    """
    phrases = [phrase for term in iter_terms(words) if (phrase := _phrase(_tokens(term)))]
    return " & ".join(f"({phrase})" if "<" in phrase else phrase for phrase in phrases)


def is_searchable(words: str) -> bool:
    """Whether there is a word to search for, on either database: both cut text at the same characters.

    >>> is_searchable('"old harbour" !'), is_searchable('"?" --')
    (True, False)
    """
    return bool(query_of(words))


def _phrase(tokens: Sequence[str]) -> str:
    """Return the tsquery for tokens that follow each other, pairs of characters for those of unspaced scripts."""
    phrase, last = "", 0
    for place, token in enumerate(tokens):
        paired = place + 1 < len(tokens) and is_unspaced(token) and is_unspaced(tokens[place + 1])
        if not paired and place and is_unspaced(token) and is_unspaced(tokens[place - 1]):
            continue  # the pair before holds it
        word = f"'{token + tokens[place + 1] if paired else token}'"
        phrase = f"{phrase} <{place - last}> {word}" if phrase else word
        last = place
    return phrase


def _iter_lexemes(tokens: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield (place, word): each token, before it the pair that it begins where both are of unspaced scripts."""
    for place, token in enumerate(tokens):
        begins = place + 1 < len(tokens) and is_unspaced(token) and is_unspaced(tokens[place + 1])
        if begins:
            yield place, token + tokens[place + 1]
        yield place, token


def _tokens(value: str) -> list[str]:
    """Return the words of a text, without case and accents."""
    return [word[:MAX_LEXEME_CHARS] for word in spaced(value).casefold().translate(_SEPARATED).split()]


class _Separated(dict[int, str | int]):
    """A table for `str.translate` that makes a space of what is no part of a word; filled as characters come."""

    def __missing__(self, code: int) -> str | int:
        self[code] = code if unicodedata.category(chr(code)).startswith(LETTERS) else " "
        return self[code]


_SEPARATED = _Separated()
