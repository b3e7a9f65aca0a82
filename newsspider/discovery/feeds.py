"""Feeds: RSS, Atom, RDF and JSON Feed, broken ones too; the dates stay as the feed writes them.

feedparser reads all but JSON Feed. The ten times faster fastfeedparser makes dates UTC and days
midnights, and a feed costs a worker no more than a page does.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from newsspider.discovery.limits import MAX_ENTRIES, MAX_HINT_CHARS
from newsspider.discovery.listings import Entry, Listing
from newsspider.errors import ListingError
from newsspider.pages.raw_page import EntryHint
from newsspider.text import squash
from newsspider.urls import absolute_url, is_web_url

_TAG = re.compile(r"<[^<>]*>")
# RSS 2.0: newsroom@herald.example (Ann Lee)
_ADDRESS_AND_NAME = re.compile(r"\s*+[^\s@]++@\S++\s++\((.+)\)\s*")
_ADDRESS = re.compile(r"<?\b[^\s<>()]{1,254}@[^\s<>()]++>?")  # RFC 5321: no more characters
JSON_FEED = "jsonfeed.org"
# feedparser looks for a mail address in an author's text, in a time that grows with the square of
# such a run. Longer ones than this are data in an address.
_LONG_RUN = re.compile(rb"(?<![\w.+@-])([\w.+@-]{500})[\w.+@-]++")
_IN_UTF8 = {"content-type": "application/xml; charset=utf-8"}


def read_feed(body: bytes, url: str) -> Listing:
    """Return what a feed in XML lists.

    Args:
        body: decompressed, in UTF-8, from the root element on.
        url: where it was fetched from.

    Raises:
        ListingError: it has no entry, and is no feed that happens to be empty.
    """
    # Here: it takes a tenth of a second, and the process that hands pages out needs none of it
    import feedparser

    # As a stream: text that is an address or a path would be fetched or opened. Markup is cut off
    # below.
    try:
        feed = feedparser.parse(
            BytesIO(_LONG_RUN.sub(rb"\1", body)),
            sanitize_html=False,
            resolve_relative_uris=False,
            response_headers=_IN_UTF8,
        )
    except ValueError as error:  # half a character, written as a number
        raise ListingError(f"broken text: {error}") from error

    if not feed.entries and not feed.get("version"):
        raise ListingError("not a readable feed")

    language = feed.feed.get("language")
    problems = ("broken XML",) if feed.bozo and isinstance(feed.get("bozo_exception"), ValueError | SyntaxError) else ()
    # RSS has one date, which as dc:date reads like a change
    dated_once = str(feed.get("version")).startswith("rss")
    entries = (_entry(each, url, language, dated_once=dated_once) for each in feed.entries[: MAX_ENTRIES + 1])

    return Listing("feed", tuple(filter(None, entries)), problems=problems)


def read_json_feed(body: bytes, url: str) -> Listing:
    """Return what a JSON Feed lists.

    Raises:
        ListingError: it is none.

    Source:
        https://www.jsonfeed.org/version/1.1/
    """
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ListingError("broken JSON") from error

    if (
        not isinstance(feed, dict)
        or JSON_FEED not in str(feed.get("version"))
        or not isinstance(feed.get("items"), list)
    ):
        raise ListingError("JSON, but not a JSON Feed")

    entries = (_json_entry(item, url, feed.get("language")) for item in feed["items"] if isinstance(item, dict))
    return Listing("feed", tuple(filter(None, entries)))


def _entry(item: Any, url: str, language: str | None, *, dated_once: bool) -> Entry | None:
    """Return feedparser's entry as ours; None where it names no page."""
    # Dictionaries of feedparser give another date for one that is missing: only what is there
    # counts.
    given = {name: item[name] for name in item.keys()}  # noqa: SIM118  # it is no plain mapping
    address = absolute_url(given.get("feedburner_origlink") or given.get("link"), url) or _address(given.get("id"))
    if address is None:
        return None

    changed = given.get("updated")
    published = given.get("published") or given.get("created") or (changed if dated_once else None)
    if dated_once:
        changed = None

    names = [author.get("name") for author in given.get("authors", ()) if isinstance(author, dict)]
    # Feedparser cuts an address in two where its domain ends in over four letters
    if "@" in given.get("author", ""):
        names = [given["author"]]

    hint = EntryHint(
        origin="feed",
        title=_plain(given.get("title")),
        published=published,
        modified=changed,
        authors=_words(map(_name_of, filter(None, names))),
        tags=_words(tag.get("term") for tag in given.get("tags", ())),
        description=_plain(given.get("summary")),
        language=language,
    )

    return Entry(address, hint, hint.modified)


def _json_entry(item: dict[str, Any], url: str, language: object) -> Entry | None:
    address = absolute_url(_string(item.get("url")), url) or _address(item.get("id"))
    if address is None:
        return None

    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    tags = item.get("tags")
    hint = EntryHint(
        origin="feed",
        title=_plain(_string(item.get("title"))),
        published=_string(item.get("date_published")),
        modified=_string(item.get("date_modified")),
        authors=_words(author.get("name") for author in authors or () if isinstance(author, dict)),
        tags=_words(tags if isinstance(tags, list) else ()),
        description=_plain(_string(item.get("summary"))),
        language=_string(item.get("language")) or _string(language),
    )

    return Entry(address, hint, hint.modified)


def _address(identifier: object) -> str | None:
    """Return an entry's identifier if it is an address as well; a number or a tag: URI names no page."""
    return identifier if isinstance(identifier, str) and is_web_url(identifier) else None


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _words(values: Iterable[object]) -> tuple[str, ...]:
    """Return the strings among values, squashed and cut to a length, each once."""

    def each() -> Iterator[str]:
        yield from (word for value in values if isinstance(value, str) and (word := squash(value[:MAX_HINT_CHARS])))

    return tuple(dict.fromkeys(each()))


def _plain(markup: str | None) -> str | None:
    """Return a title or summary without markup; None where nothing is left."""
    text = html.unescape(_TAG.sub(" ", html.unescape(markup or "")))
    return squash(text)[:MAX_HINT_CHARS] or None


def _name_of(author: str) -> str:
    """Return an author's name without the address beside it; "" for an address alone.

    >>> _name_of("newsroom@herald.example (Ann Lee)"), _name_of("Ann Lee <ann@herald.media>"), _name_of("a@b.example")
    ('Ann Lee', 'Ann Lee', '')
    """
    author = author[:MAX_HINT_CHARS]
    match = _ADDRESS_AND_NAME.fullmatch(author)
    return squash(match[1] if match else _ADDRESS.sub("", author))
