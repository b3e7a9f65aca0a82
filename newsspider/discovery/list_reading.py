"""The reading of a list; its format is detected from content, not from names or headers."""

import re

from newsspider.discovery.formats import FORMATS, ListFormat
from newsspider.discovery.limits import SNIFF_BYTES
from newsspider.discovery.list_decoding import as_utf8
from newsspider.discovery.listings import Listing, tidy, unpack_list
from newsspider.errors import ListingError

PAGE_ROOTS = frozenset({b"html", b"body"})
_ROOTS = PAGE_ROOTS.union(*(row.roots for row in FORMATS.values()))
_ROOT = re.compile(rb"<(?:[\w.-]+:)?(%s)\b" % b"|".join(map(re.escape, sorted(_ROOTS))), re.I)
_ENTITY = re.compile(rb"<!ENTITY", re.I)


def read_listing(body: bytes, url: str, content_type: str | None = None) -> Listing:
    """Return the entries of a feed or sitemap.

    Args:
        body: as it was sent; gzip data are decompressed.
        url: where it was fetched from; addresses in it may be relative to that.
        content_type: the HTTP header, for its charset.

    Raises:
        ListingError: it is neither, or one that must not be read; the text says why.
    """
    body = unpack_list(body)
    if not body.strip():
        raise ListingError("empty")
    body = as_utf8(body, content_type)
    listing: Listing = detect_format(body).load()(_without_prolog(body), url)
    return tidy(listing)


def detect_format(body: bytes) -> ListFormat:
    """Return the format of a list.

    Raises:
        ListingError: it is a page, or a list that must not be read.
    """
    root = root_of(body)
    if root in PAGE_ROOTS:
        raise ListingError("an HTML page, neither a feed nor a sitemap")

    if root is not None:
        return next(row for row in FORMATS.values() if root in row.roots)

    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    return next(row for row in FORMATS.values() if row.tells(start))


def root_of(body: bytes) -> bytes | None:
    """Return the name of the root element in lower case, or None if it is unknown.

    Raises:
        ListingError: entities are declared. Real lists don't need any, and bombs are made of them.
    """
    if _ENTITY.search(body, 0, SNIFF_BYTES):
        raise ListingError("declares XML entities, which are not expanded")
    match = _find_root(body)
    return match[1].lower() if match else None


def _without_prolog(body: bytes) -> bytes:
    """Return XML from its root element on.

    An XML declaration after a blank line or a comment makes the whole list ill-formed, and the
    charset that it names is no longer true.
    """
    match = _find_root(body)
    return body[match.start() :] if match else body


def _find_root(body: bytes) -> re.Match[bytes] | None:
    """Return the match of the root element that is not in a comment."""
    at = body.find(b"<", 0, SNIFF_BYTES)

    while at >= 0:
        if body.startswith(b"<!--", at):
            at = body.find(b"-->", at, SNIFF_BYTES)
        elif match := _ROOT.match(body, at):
            return match

        at = body.find(b"<", at + 1, SNIFF_BYTES) if at >= 0 else at

    return None
