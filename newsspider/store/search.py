"""Full-text search over titles and bodies with SQLite's FTS5, in any script.

FTS5's tokeniser finds no word inside a Chinese, Japanese or Thai sentence. So text written without spaces is indexed
character by character and asked for as a phrase of characters: every substring is found, and nothing else. The index
keeps no copy of the text (`content=''`), so each change tells it the old text as well as the new.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, text

from newsspider.text import UNSPACED

CREATE_INDEX = text(
    "CREATE VIRTUAL TABLE articles_search USING fts5("
    "title, body, content='', tokenize=\"unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'\")"
)
_INSERT = text("INSERT INTO articles_search (rowid, title, body) VALUES (:id, :title, :body)")
_DELETE = text(
    "INSERT INTO articles_search (articles_search, rowid, title, body) VALUES ('delete', :id, :title, :body)"
)
_UNSPACED = re.compile(f"([{UNSPACED}])")
_ACCENTS = re.compile("[\u0300-\u036f\u05b0-\u05c7\u064b-\u065f\u0670]")  # FTS5 itself knows Latin's only
_TERM = re.compile(r'"([^"]+)"|(\S+)')


def index_articles(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Add articles (id, title, body) to the index."""
    if indexed := [_indexed(row) for row in rows]:
        connection.execute(_INSERT, indexed)


def unindex_articles(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Take articles out of the index; the rows must hold the text as it was indexed."""
    if indexed := [_indexed(row) for row in rows]:
        connection.execute(_DELETE, indexed)


def match_expression(words: str) -> str:
    """Return the FTS5 query for words as a person types them: all must occur, "quoted words" as a phrase.

    >>> match_expression('ferry "old harbour" 東京')
    '"ferry" "old harbour" "東 京"'
    """
    terms = (phrase or word for phrase, word in _TERM.findall(words.replace('""', "")))
    spaced = (" ".join(_spaced(term.replace('"', " ")).split()) for term in terms)
    return " ".join(f'"{term}"' for term in spaced if term)


def _indexed(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": row["id"], "title": _spaced(row["title"] or ""), "body": _spaced(row["body"] or "")}


def _spaced(value: str) -> str:
    """Part the characters of unspaced scripts by spaces, and take accents and vowel points off all others."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", value))
    return _UNSPACED.sub(r" \1 ", unicodedata.normalize("NFC", bare))
