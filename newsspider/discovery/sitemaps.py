"""Sitemaps: index files and lists of pages, in XML and in text.

The extensions of Google News and of other languages are read too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

from lxml import etree

from newsspider.discovery.entry_dates import span_of_address
from newsspider.discovery.limits import (
    MAX_ENTRIES,
    MAX_HINT_CHARS,
    MAX_SITEMAPS,
    MAX_URL_CHARS,
    SNIFF_BYTES,
)
from newsspider.discovery.listings import Entry, Listing, ListingKind
from newsspider.errors import ListingError
from newsspider.pages.raw_page import EntryHint
from newsspider.text import count_of, squash
from newsspider.urls import absolute_url

_ROWS = ("url", "sitemap")
_ANY_NAMESPACE = "{*}"
_KEYWORD_BREAK = ","
_LITERAL = b"<![CDATA["
_LONE_AMPERSAND = re.compile(rb"&(?!#?\w+;)")
# A news sitemap's element → our field. Stock tickers and genres have none.
_NEWS_FIELDS = {
    "title": "title",
    "publication_date": "published",
    "name": "publisher",
    "language": "language",
    "access": "access",
}


def read_sitemap(body: bytes, url: str) -> Listing:
    """Return the entries of a sitemap in XML, also of one that breaks off.

    Args:
        body: decompressed, in UTF-8, from the root element on.
        url: where it was fetched from.

    Raises:
        ListingError: it has no entry, and is not well-formed either.
    """
    content = _read_rows(body, url)
    newest = choose_newest(content.sitemaps)
    beyond = len(content.sitemaps) - len(newest)

    if beyond:
        content.problems.append(
            f"{beyond} sitemaps of an index beyond the newest {MAX_SITEMAPS} left out"
        )

    others = tuple(entry for entry in newest if entry.url != url)
    return Listing(
        content.kind, tuple(content.pages), others, tuple(content.problems), has_more=beyond > 0
    )


@dataclass
class _Content:
    """The entries of a sitemap so far."""

    pages: list[Entry] = field(default_factory=list)
    sitemaps: list[Entry] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    unreadable: int = 0

    @property
    def size(self) -> int:
        return len(self.pages) + len(self.sitemaps)

    @property
    def is_full(self) -> bool:
        return max(len(self.pages), len(self.sitemaps)) > MAX_ENTRIES

    @property
    def kind(self) -> ListingKind:
        if self.sitemaps and not self.pages:
            return "index"
        has_news = any(entry.hint for entry in (*self.pages, *self.sitemaps))
        return "news-sitemap" if has_news else "sitemap"

    def add(self, row: etree._Element, url: str) -> None:
        """Add the entries of a row."""
        try:
            entries = list(_iter_entries(row, url))
            is_sitemap = etree.QName(row).localname == "sitemap"
        except ValueError:
            # Half a character, or a name of control characters, that the parser let through.
            self.unreadable += 1
            return

        (self.sitemaps if is_sitemap else self.pages).extend(entries)


def _read_rows(body: bytes, url: str) -> _Content:
    """Return the content of a sitemap, up to the limit of its entries.

    Raises:
        ListingError: it has no entry, and is not well-formed either.
    """
    content = _Content()

    try:
        for row in _iter_rows(_mend_ampersands(body)):
            content.add(row, url)
            if content.is_full:
                break
    except etree.XMLSyntaxError as error:
        if not content.size:
            raise ListingError(f"broken XML: {error.msg}") from error

        entries = count_of(content.size, "entry", "entries")
        content.problems.append(f"broken XML after {entries}")

    if content.unreadable:
        entries = count_of(content.unreadable, "entry", "entries")
        content.problems.append(f"{entries} left out that hold no text")

    return content


def read_text_sitemap(body: bytes, url: str) -> Listing:
    """Return the addresses of a text sitemap, which has one per line.

    Raises:
        ListingError: its first line is not an address.
    """
    lines = body.decode("utf-8-sig", "replace").split()[: MAX_ENTRIES + 1]
    found = [absolute_url(line, None) for line in lines if len(line) <= MAX_URL_CHARS]
    if not found or not found[0]:
        raise ListingError("neither a feed nor a sitemap")
    return Listing("sitemap", tuple(Entry(address) for address in found if address))


def choose_newest(sitemaps: list[Entry]) -> list[Entry]:
    """Return an index's sitemaps, newest first by their lastmod or the dates in their names.

    Sitemaps without a date are before all others, in the order of the index.
    """

    def age(entry: Entry) -> tuple[bool, str]:
        span = span_of_address(entry.url)
        last_day = span[1].isoformat() if span else ""
        known = entry.modified or last_day
        return not known, known

    return sorted(sitemaps, key=age, reverse=True)[:MAX_SITEMAPS]


def _mend_ampersands(body: bytes) -> bytes:
    """Return XML in which ampersands that begin no entity are escaped.

    The parser would remove them from addresses.
    """
    if b"\0" in body[:SNIFF_BYTES]:  # UTF-16
        return body

    first, *others = body.split(_LITERAL)
    mended = [_LONE_AMPERSAND.sub(b"&amp;", first)]

    for part in others:  # inside a CDATA section ampersands need no escaping
        literal, end, rest = part.partition(b"]]>")
        mended.append(literal + end + _LONE_AMPERSAND.sub(b"&amp;", rest))

    return _LITERAL.join(mended)


def _iter_rows(body: bytes) -> Iterator[etree._Element]:
    """Yield the rows one by one and remove each from the tree, which does not grow.

    Nothing is loaded or expanded.
    """
    reading = etree.iterparse(
        BytesIO(body),
        tag=[f"{_ANY_NAMESPACE}{name}" for name in _ROWS],
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )

    for _, row in reading:
        yield row

        row.clear()
        above = row.getparent()

        while above is not None and above[0] is not row:
            del above[0]


def _iter_entries(row: etree._Element, url: str) -> Iterator[Entry]:
    """Yield a row's entry, then the entries of its page in other languages."""
    address = absolute_url(_text(row, "loc"), url)
    if address is None or len(address) > MAX_URL_CHARS:
        return

    entry = Entry(address, _read_news(row), _text(row, "lastmod"))
    yield entry

    for link in row.iterfind(f"{_ANY_NAMESPACE}link[@hreflang]"):
        other = absolute_url(link.get("href"), url)
        language = link.get("hreflang")

        if not other or other == address or language == "x-default":
            continue

        hint = entry.hint and replace(entry.hint, title=None, language=language)
        yield replace(entry, url=other, hint=hint)


def _read_news(row: etree._Element) -> EntryHint | None:
    """Return the values of the Google News extension for a row's page."""
    news = next((child for child in row if _name_of(child) == "news"), None)
    if news is None:
        return None
    found: dict[str, Any] = {field: _text(news, f"/{name}") for name, field in _NEWS_FIELDS.items()}
    keywords = map(squash, (_text(news, "/keywords") or "").split(_KEYWORD_BREAK))
    return EntryHint(origin="news-sitemap", tags=tuple(filter(None, keywords)), **found)


def _text(element: etree._Element, name: str) -> str | None:
    """Return the text of a child in any namespace; "/name" means any descendant."""
    wanted = name.lstrip("/")
    below = element.iterdescendants() if name.startswith("/") else iter(element)
    found = next((child.text for child in below if _name_of(child) == wanted), None)
    return squash(found or "")[:MAX_HINT_CHARS] or None


def _name_of(element: etree._Element) -> str:
    """Return an element's name without namespace or prefix; "" for a comment."""
    if not isinstance(element.tag, str):
        return ""
    return element.tag.rpartition("}")[2].rpartition(":")[2]
