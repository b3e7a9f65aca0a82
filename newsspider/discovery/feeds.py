"""Feeds: RSS, Atom, RDF and JSON Feed, broken ones too. Dates stay as the feed writes them.

feedparser reads all formats but JSON Feed. fastfeedparser is ten times faster, but turns dates into
UTC and days into midnights, and a feed costs a worker no more than a page does.
"""

import html
import json
import re
from collections.abc import Iterable
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
_ADDRESS = re.compile(r"<?\b[^\s<>()]{1,254}@[^\s<>()]++>?")  # RFC 5321: the maximum
JSON_FEED = "jsonfeed.org"
# feedparser searches an author's text for a mail address, in a time that grows with the square of
# such a run. Longer runs are data in an address.
_LONG_RUN = re.compile(rb"(?<![\w.+@-])([\w.+@-]{500})[\w.+@-]++")
_IN_UTF8 = {"content-type": "application/xml; charset=utf-8"}


def read_feed(body: bytes, url: str) -> Listing:
    """Return the entries of a feed in XML.

    Args:
        body: decompressed, in UTF-8, from the root element on.
        url: where it was fetched from.

    Raises:
        ListingError: it has no entry, and is not just an empty feed.
    """
    feed = _parse(body)
    if not feed.entries and not feed.get("version"):
        raise ListingError("not a readable feed")

    language = feed.feed.get("language")
    # RSS has one date; as dc:date it looks like the date of a change.
    dated_once = str(feed.get("version")).startswith("rss")

    entries = [
        _entry(each, url, language, dated_once=dated_once)
        for each in feed.entries[: MAX_ENTRIES + 1]
    ]

    return Listing("feed", tuple(filter(None, entries)), problems=_problems_of(feed))


def _problems_of(feed: Any) -> tuple[str, ...]:
    """Return what feedparser had to mend."""
    if feed.bozo and isinstance(feed.get("bozo_exception"), ValueError | SyntaxError):
        return ("broken XML",)
    return ()


def _parse(body: bytes) -> Any:
    """Return feedparser's reading of a feed.

    Raises:
        ListingError: it is too broken to be read.
    """
    # Imported here: it takes a tenth of a second, and the process that submits pages doesn't need
    # it.
    import feedparser

    # As a stream: feedparser would fetch or open text that is an address or a path. Markup is
    # removed below.
    try:
        return feedparser.parse(
            BytesIO(_LONG_RUN.sub(rb"\1", body)),
            sanitize_html=False,
            resolve_relative_uris=False,
            response_headers=_IN_UTF8,
        )
    except (ValueError, LookupError) as error:
        # Half a character, written as a number; elements that end inside of others.
        raise ListingError(f"broken feed: {error!r}") from error


def read_json_feed(body: bytes, url: str) -> Listing:
    """Return the entries of a JSON Feed.

    Raises:
        ListingError: it is not a JSON Feed.

    Source:
        https://www.jsonfeed.org/version/1.1/
    """
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ListingError("broken JSON") from error

    if not _is_json_feed(feed):
        raise ListingError("JSON, but not a JSON Feed")

    entries = [_json_entry(item, url, feed.get("language")) for item in feed["items"]]

    return Listing("feed", tuple(filter(None, entries)))


def _is_json_feed(feed: object) -> bool:
    if not isinstance(feed, dict) or JSON_FEED not in str(feed.get("version")):
        return False
    return isinstance(feed.get("items"), list)


def _entry(item: Any, url: str, language: str | None, *, dated_once: bool) -> Entry | None:
    """Return feedparser's entry as ours; None if it names no page."""
    # Dictionaries of feedparser substitute another date for a missing one: only real keys count.
    given = {name: item[name] for name in item.keys()}  # noqa: SIM118  # not a plain mapping
    link = given.get("feedburner_origlink") or given.get("link")
    address = absolute_url(link, url) or _address(given.get("id"))

    if address is None:
        return None

    changed = given.get("updated")
    published = given.get("published") or given.get("created")

    if dated_once:
        published, changed = published or changed, None

    hint = EntryHint(
        origin="feed",
        title=_plain(given.get("title")),
        published=published,
        modified=changed,
        authors=_words(map(_name_of, filter(None, _author_texts(given)))),
        tags=_words(tag.get("term") for tag in given.get("tags", ())),
        description=_plain(given.get("summary")),
        language=language,
    )

    return Entry(address, hint, hint.modified)


def _author_texts(given: dict[str, Any]) -> list[str | None]:
    """Return the texts that name an entry's authors."""
    # feedparser splits a mail address whose domain ends in more than four letters.
    if "@" in given.get("author", ""):
        return [given["author"]]
    authors = given.get("authors", ())
    return [author.get("name") for author in authors if isinstance(author, dict)]


def _json_entry(item: object, url: str, language: object) -> Entry | None:
    if not isinstance(item, dict):
        return None

    address = absolute_url(_string(item.get("url")), url) or _address(item.get("id"))
    if address is None:
        return None

    authors = item.get("authors")
    if not isinstance(authors, list):
        authors = [item.get("author")]

    names = [author.get("name") for author in authors if isinstance(author, dict)]
    tags = item.get("tags")

    hint = EntryHint(
        origin="feed",
        title=_plain(_string(item.get("title"))),
        published=_string(item.get("date_published")),
        modified=_string(item.get("date_modified")),
        authors=_words(names),
        tags=_words(tags if isinstance(tags, list) else ()),
        description=_plain(_string(item.get("summary"))),
        language=_string(item.get("language")) or _string(language),
    )

    return Entry(address, hint, hint.modified)


def _address(identifier: object) -> str | None:
    """Return an entry's identifier if it is a web address; a number or a tag: URI is not."""
    is_address = isinstance(identifier, str) and is_web_url(identifier)
    return str(identifier) if is_address else None


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _words(values: Iterable[object]) -> tuple[str, ...]:
    """Return the strings among values, squashed and shortened, each once."""
    words = [squash(value[:MAX_HINT_CHARS]) for value in values if isinstance(value, str)]
    return tuple(dict.fromkeys(filter(None, words)))


def _plain(markup: str | None) -> str | None:
    """Return a title or summary without markup; None if nothing is left."""
    text = html.unescape(_TAG.sub(" ", html.unescape(markup or "")))
    return squash(text)[:MAX_HINT_CHARS] or None


def _name_of(author: str) -> str:
    """Return an author's name without the mail address beside it; "" for a mail address alone.

    >>> _name_of("newsroom@herald.example (Ann Lee)"), _name_of("Ann Lee <ann@herald.media>")
    ('Ann Lee', 'Ann Lee')
    >>> _name_of("a@b.example")
    ''
    """
    author = author[:MAX_HINT_CHARS]
    match = _ADDRESS_AND_NAME.fullmatch(author)
    return squash(match[1] if match else _ADDRESS.sub("", author))
