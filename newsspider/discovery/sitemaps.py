"""Sitemaps: index files, lists of pages in XML and in text, with the fields of Google News and the other languages."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

from lxml import etree

from newsspider.discovery.dating import span_of_address
from newsspider.discovery.limits import MAX_ENTRIES, MAX_HINT_CHARS, MAX_SITEMAPS, MAX_URL_CHARS, SNIFF_BYTES
from newsspider.discovery.listings import Entry, Listing
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
    "title": "title", "publication_date": "published", "name": "publisher", "language": "language", "access": "access",
}  # fmt: skip


def read_sitemap(body: bytes, url: str) -> Listing:
    """Return what a sitemap in XML lists, also of one that breaks off.

    Args:
        body: decompressed, in UTF-8, from the root element on.
        url: where it was fetched from.

    Raises:
        ListingError: it has no entry, and is not well-formed either.
    """
    pages: list[Entry] = []
    sitemaps: list[Entry] = []
    problems: list[str] = []
    kind = "sitemap"
    unreadable = 0

    try:
        for row in _iter_rows(_mend_ampersands(body)):
            try:
                entries = list(_iter_entries(row, url))
                (sitemaps if etree.QName(row).localname == "sitemap" else pages).extend(entries)
            except ValueError:
                # Half a character, or a name of control characters, that the parser let through
                unreadable += 1
                continue

            if any(entry.hint for entry in entries):
                kind = "news-sitemap"
            if len(pages) > MAX_ENTRIES or len(sitemaps) > MAX_ENTRIES:
                break
    except etree.XMLSyntaxError as error:
        if not (pages or sitemaps):
            raise ListingError(f"broken XML: {error.msg}") from error
        problems.append(f"broken XML after {count_of(len(pages) + len(sitemaps), 'entry', 'entries')}")

    if unreadable:
        problems.append(f"{count_of(unreadable, 'entry', 'entries')} left out that hold no text")
    if sitemaps and not pages:
        kind = "index"

    newest = choose_newest(sitemaps)
    if len(newest) < len(sitemaps):
        problems.append(f"{len(sitemaps) - len(newest)} sitemaps of an index beyond the newest {MAX_SITEMAPS} left out")

    own = tuple(entry for entry in newest if entry.url != url)
    has_more = len(newest) < len(sitemaps)
    return Listing(kind, tuple(pages), own, tuple(problems), has_more)  # type: ignore[arg-type]  # one of ListingKind


def read_text_sitemap(body: bytes, url: str) -> Listing:
    """Return the addresses of a text sitemap, one a line.

    Raises:
        ListingError: its first line is no address.
    """
    lines = body.decode("utf-8-sig", "replace").split()
    found = [absolute_url(line, None) for line in lines[: MAX_ENTRIES + 1] if len(line) <= MAX_URL_CHARS]
    if not found or not found[0]:
        raise ListingError("neither a feed nor a sitemap")
    return Listing("sitemap", tuple(Entry(address) for address in found if address))


def choose_newest(sitemaps: list[Entry]) -> list[Entry]:
    """Return an index's sitemaps, newest first as far as lastmod or their names tell, the others before: as listed."""

    def age(entry: Entry) -> tuple[bool, str]:
        span = span_of_address(entry.url)
        known = entry.modified or (span and span[1].isoformat())
        return not known, known or ""

    return sorted(sitemaps, key=age, reverse=True)[:MAX_SITEMAPS]


def _mend_ampersands(body: bytes) -> bytes:
    """Return XML whose addresses have their ampersands: those that begin no entity the parser would take out."""
    if b"\0" in body[:SNIFF_BYTES]:  # UTF-16
        return body

    first, *others = body.split(_LITERAL)
    mended = [_LONE_AMPERSAND.sub(b"&amp;", first)]

    for part in others:  # within a literal section ampersands are what they are
        literal, end, rest = part.partition(b"]]>")
        mended.append(literal + end + _LONE_AMPERSAND.sub(b"&amp;", rest))

    return _LITERAL.join(mended)


def _iter_rows(body: bytes) -> Iterator[etree._Element]:
    """Yield the rows one by one, and forget each: nothing is loaded, nothing is expanded, the tree does not grow."""
    tags = [f"{_ANY_NAMESPACE}{name}" for name in _ROWS]
    reading = etree.iterparse(
        BytesIO(body), tag=tags, recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )

    for _, row in reading:
        yield row
        row.clear()
        above = row.getparent()

        while above is not None and above[0] is not row:
            del above[0]


def _iter_entries(row: etree._Element, url: str) -> Iterator[Entry]:
    """Yield a row's entry, then those of its page in other languages."""
    address = absolute_url(_text(row, "loc"), url)
    if address is None or len(address) > MAX_URL_CHARS:
        return

    entry = Entry(address, _read_news(row), _text(row, "lastmod"))
    yield entry

    for link in row.iterfind(f"{_ANY_NAMESPACE}link[@hreflang]"):
        other = absolute_url(link.get("href"), url)
        language = link.get("hreflang")

        if other and other != address and language != "x-default":
            hint = replace(entry.hint, title=None, language=language) if entry.hint else None
            yield replace(entry, url=other, hint=hint)


def _read_news(row: etree._Element) -> EntryHint | None:
    """Return what the Google News extension says of a row's page."""
    news = next((child for child in row if _name_of(child) == "news"), None)
    if news is None:
        return None
    found: dict[str, Any] = {field: _text(news, f"/{name}") for name, field in _NEWS_FIELDS.items()}
    keywords = (_text(news, "/keywords") or "").split(_KEYWORD_BREAK)
    return EntryHint(origin="news-sitemap", tags=tuple(word for each in keywords if (word := squash(each))), **found)


def _text(element: etree._Element, name: str) -> str | None:
    """Return a child's text, in any namespace; with a slash before its name that of any descendant."""
    wanted = name.lstrip("/")
    below = element.iterdescendants() if name.startswith("/") else iter(element)
    found = next((child.text for child in below if _name_of(child) == wanted), None)
    return squash(found)[:MAX_HINT_CHARS] or None if found else None


def _name_of(element: etree._Element) -> str:
    """Return an element's name without its namespace, or its prefix where nothing declares that; "" of comments."""
    return element.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""
