"""Texts under many addresses of a site: a wall or a notice instead of each article.

One page can't show it: "This content is not available in your region" reads like an article. The
store sees the same text under many addresses, each of which names another story.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote, urlsplit

from sqlalchemy import Connection, Row, Table, delete, select

from newsspider.address_shapes import PAGE_SUFFIX
from newsspider.record import ArticleRecord
from newsspider.store.articles import delete_articles, read_articles
from newsspider.store.dialects import among
from newsspider.store.pairs import pair_among
from newsspider.store.quarantine import write_quarantine
from newsspider.store.schema.tables import aliases, articles, quarantine, versions

SHARED_BY = 5  # stories; a paper prints an article in three or four sections, under the same words
SHARED_REASON = "the same text stands under other stories' addresses on this site"
_WORD = re.compile(r"[^\W\d_]{2,}")

_Text = tuple[str, str]  # site, hash of the body


@dataclass(frozen=True, slots=True)
class _Page:
    """A stored page with a text.

    Attributes:
        key: as its table has it.
        text: its site and the hash of its body.
        stories: the words that name a story in its title and in each of its addresses.
    """

    key: str
    text: _Text
    stories: frozenset[frozenset[str]]


def without_shared(connection: Connection, records: Sequence[ArticleRecord]) -> list[ArticleRecord]:
    """Return the records; those whose text is shared by many stories get the kind `page`.

    Stored articles with the text go to quarantine, and lose their aliases.

    Args:
        connection: in a transaction.
        records: of pages, in the order they were read.
    """
    wanted = set(filter(None, map(_article_text_of, records)))
    if not wanted:
        return list(records)

    stored = list(_iter_pages(connection, articles, wanted))
    quarantined = _iter_pages(connection, quarantine, wanted)
    shared = _find_shared(stored, records).union(page.text for page in quarantined)

    _move_to_quarantine(connection, _keys_with_text(stored, shared))
    return list(_iter_judged(records, shared))


def _keys_with_text(pages: Iterable[_Page], texts: Collection[_Text]) -> list[str]:
    return [page.key for page in pages if page.text in texts]


def _iter_judged(
    records: Iterable[ArticleRecord], shared: Collection[_Text]
) -> Iterator[ArticleRecord]:
    """Yield the records; articles with a shared text as pages."""
    for record in records:
        if _article_text_of(record) in shared:
            yield _as_page(record)
        else:
            yield record


def count_stories(stories: Iterable[frozenset[str]]) -> int:
    """Return how many stories there are among sets of words, where a set within another is the same story.

    >>> ferry, print_page, mayor = map(frozenset, (["old", "ferry"], ["old", "ferry", "print"], ["mayor", "resigns"]))
    >>> count_stories([ferry, print_page, mayor])
    2
    """
    counted: list[frozenset[str]] = []
    for story in sorted({*stories}, key=len):
        if not any(other <= story for other in counted):
            counted.append(story)
    return len(counted)


def story_of(url: str | None, title: str | None) -> frozenset[str]:
    """Return the words that name a page's story: of the last part of its address, else of its title.

    Empty without at least two words.

    >>> sorted(story_of("https://herald.example/harbour/2026/old-ferry-1042.html", "Herald"))
    ['ferry', 'old']
    >>> sorted(story_of("https://herald.example/story?id=7", "Old ferry"))
    ['ferry', 'old']
    """
    *_, last = urlsplit(url or "").path.rstrip("/").split("/")
    for text in (PAGE_SUFFIX.sub("", unquote(last)), title or ""):
        words = frozenset(_WORD.findall(text.lower()))
        if len(words) > 1:
            return words
    return frozenset()


def _find_shared(stored: Iterable[_Page], records: Iterable[ArticleRecord]) -> set[_Text]:
    """Return the texts of many stories, counted over the store and the records."""
    stories: defaultdict[_Text, set[frozenset[str]]] = defaultdict(set)
    for page in stored:
        stories[page.text] |= page.stories
    for record in records:
        if text := _article_text_of(record):
            stories[text].add(story_of(record.url, record.title))

    return {text for text, found in stories.items() if _are_many(found)}


def _are_many(stories: set[frozenset[str]]) -> bool:
    """Whether so many stories have a text that it belongs to none of them; those without words don't count."""
    unnamed: frozenset[str] = frozenset()
    return count_stories(stories - {unnamed}) >= SHARED_BY


def _iter_pages(connection: Connection, table: Table, wanted: Collection[_Text]) -> Iterator[_Page]:
    """Yield a table's pages with one of the texts; from quarantine only those with `SHARED_REASON`."""
    columns = (table.c[name] for name in ("key", "url", "also_at", "title", "site", "body_hash"))
    query = select(*columns)
    if table is quarantine:
        query = query.where(table.c.reason == SHARED_REASON)

    has_text = pair_among(table.c.site, table.c.body_hash, wanted)
    for row in connection.execute(query.where(has_text)):
        yield _Page(row.key, (row.site, row.body_hash), _stories_of(row))


def _stories_of(row: Row[Any]) -> frozenset[frozenset[str]]:
    """Return the words that name a stored page's story, for each of its addresses."""
    urls = (row.url, *(row.also_at or ()))
    return frozenset(story_of(url, row.title) for url in urls)


def _move_to_quarantine(connection: Connection, keys: Collection[str]) -> None:
    """Move articles to quarantine, as one page for each of their addresses."""
    if not keys:
        return

    moved = read_articles(connection, keys)
    delete_articles(connection, keys)
    connection.execute(delete(versions).where(among(versions.c.key, keys)))
    connection.execute(delete(aliases).where(among(aliases.c.page, keys)))

    pages: list[ArticleRecord] = []
    for record in moved.values():
        pages += _iter_as_pages(record)
    write_quarantine(connection, pages)


def _iter_as_pages(record: ArticleRecord) -> Iterator[ArticleRecord]:
    """Yield a page for each address of an article: each of them shows the text instead of its own story."""
    page = replace(_as_page(record), also_at=())
    yield page
    for address in record.also_at:
        yield replace(page, url=address, canonical_url=None)


def _as_page(record: ArticleRecord) -> ArticleRecord:
    """Return the record as that of a page that is not an article."""
    return replace(record, kind="page", reason=SHARED_REASON, duplicate_of=None, similarity=None)


def _article_text_of(record: ArticleRecord) -> _Text | None:
    """Return the site and the hash of an article's body; None without an address or a text."""
    if not record.is_article or not record.url:
        return None
    if not record.site or not record.body_hash:
        return None
    return record.site, record.body_hash
