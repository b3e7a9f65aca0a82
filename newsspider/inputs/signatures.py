"""The first bytes of file formats.

Nothing is imported but the standard library's codecs.
"""

import codecs
import re
from collections.abc import Callable

Signature = Callable[[bytes], bool]

HEAD_BYTES = 4096  # enough to know a format by
# The skippable frame with the dictionary of a .warc.zst; its specification
WARC_DICTIONARY = b"\x5d\x2a\x4d\x18"
_ARC_LINE = re.compile(rb"[^\s:]++://\S++ [0-9.:a-f]+ \d{8,14} \S+ \d+\r?\n")
_JSON_OBJECT = re.compile(rb'\s*\{\s*"')
_HTML_ROOT = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_MIME_HEADER = re.compile(rb"(?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+", re.ASCII)


def starts_with(*magic: bytes, at: int = 0) -> Signature:
    """Return a check whether a head has one of some byte strings at a position.

    >>> starts_with(b"ustar", at=2)(b"..ustar")
    True
    """
    return lambda head: head.startswith(magic, at)


def begins_record(head: bytes) -> bool:
    """Whether these are the first bytes of a WARC or ARC record."""
    return head.startswith((b"WARC/", b"filedesc://")) or bool(_ARC_LINE.match(head))


def is_mhtml(head: bytes) -> bool:
    """Whether this is the head of a web page saved as one MIME message."""
    headers = _MIME_HEADER.match(head)
    return headers is not None and b"multipart/related" in headers[0].lower()


def is_json_lines(head: bytes) -> bool:
    """Whether this is the head of a JSON object."""
    return bool(_JSON_OBJECT.match(head.removeprefix(codecs.BOM_UTF8)))


def is_markup(head: bytes) -> bool:
    """Whether this is the head of a page."""
    return head.lstrip().startswith(b"<")


def is_html(head: bytes) -> bool:
    """Whether this is the head of an HTML document; other markup, such as a feed, has another root."""
    rest = head.removeprefix(codecs.BOM_UTF8).lstrip()
    for start, end in ((b"<?xml", b"?>"), (b"<!--", b"-->")):
        while rest.startswith(start):
            rest = rest.partition(end)[2].lstrip()

    return _HTML_ROOT.match(rest) is not None
