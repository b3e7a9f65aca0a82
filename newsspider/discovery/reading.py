"""Read a list, whatever its format: what it is, its content says, not its name or its Content-Type."""

import re

from newsspider.discovery.formats import FORMATS, ListFormat
from newsspider.discovery.limits import SNIFF_BYTES
from newsspider.discovery.listings import Listing, tidy, unpack_list
from newsspider.errors import ListingError

PAGE_ROOTS = frozenset({b"html", b"body"})
_ROOTS = b"|".join(map(re.escape, sorted(PAGE_ROOTS.union(*(row.roots for row in FORMATS.values())))))
_ROOT = re.compile(rb"<(?:[\w.-]+:)?(%s)\b" % _ROOTS, re.I)
_ENTITY = re.compile(rb"<!ENTITY", re.I)


def read_listing(body: bytes, url: str) -> Listing:
    """Return what a feed or sitemap lists.

    Args:
        body: as it was sent; gzip data are decompressed.
        url: where it was fetched from; addresses in it may be relative to that.

    Raises:
        ListingError: it is neither, or one that must not be read; the text says why.
    """
    body = unpack_list(body)
    if not body.strip():
        raise ListingError("empty")
    listing: Listing = detect_format(body).load()(body, url)
    return tidy(listing)


def detect_format(body: bytes) -> ListFormat:
    """Return the format of a list.

    Raises:
        ListingError: it is a page, or one that must not be read.
    """
    root = root_of(body)
    if root in PAGE_ROOTS:
        raise ListingError("an HTML page, neither a feed nor a sitemap")
    if root is not None:
        return next(row for row in FORMATS.values() if root in row.roots)
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    return next(row for row in FORMATS.values() if row.tells(start))


def root_of(body: bytes) -> bytes | None:
    """Return the name of the root element in lower case, None where there is none that we know.

    Raises:
        ListingError: entities are declared: real lists need none, and they are what bombs are made of.
    """
    head = body[:SNIFF_BYTES].replace(b"\x00", b"")  # UTF-16 too
    if _ENTITY.search(head):
        raise ListingError("declares entities of its own, which can grow without end")
    match = _ROOT.search(head)
    return match[1].lower() if match else None
