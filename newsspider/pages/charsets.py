"""The charset that bytes from the web are labelled with.

A label counts if it names an encoding of the web. Python knows more codecs, and some of them turn
harmless bytes into markup or fail on any text: rot13, idna, unicode_escape, utf-7.
"""

import codecs
import re

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, resolve_encoding

# The codecs, by Python's names, that w3lib finds for the labels of the WHATWG.
# Source: https://encoding.spec.whatwg.org/#names-and-labels
WEB_CODECS = frozenset(
    """big5hkscs cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp866 cp874 cp932
    cp949 euc_jp gb18030 iso2022_jp iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16
    iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 koi8-r koi8-u
    mac-cyrillic mac-roman utf-16 utf-16-be utf-16-le utf-8""".split()
)
_WIDE = frozenset({"utf-16", "utf-16-be", "utf-16-le"})
# The start of a page in UTF-16 without a byte order mark, with its mark
_UNMARKED = (
    (re.compile(rb"(?:[ \t\r\n]\0){0,99}<\0[A-Za-z!?]\0"), codecs.BOM_UTF16_LE),
    (re.compile(rb"(?:\0[ \t\r\n]){0,99}\0<\0[A-Za-z!?]"), codecs.BOM_UTF16_BE),
)


def web_codec(label: str | None) -> str | None:
    """Return the codec that a label names, or None if it is not an encoding of the web.

    >>> web_codec("ISO-8859-1"), web_codec("x-sjis"), web_codec("rot13"), web_codec("utf-7")
    ('cp1252', 'cp932', None, None)
    """
    codec = resolve_encoding(label) if label else None
    return codec if codec in WEB_CODECS else None


def declared_codec(body: bytes, content_type: str | None) -> str | None:
    """Return the codec that the Content-Type header or the body declares, or None.

    Markup in UTF-16 contains NUL bytes. Without them a UTF-16 label is wrong, and UTF-8 is meant.

    Source:
        https://html.spec.whatwg.org/multipage/parsing.html: "prescan a byte stream to determine its
        encoding"
    """
    codec = web_codec(http_content_type_encoding(content_type)) or web_codec(
        html_body_declared_encoding(body)
    )
    return "utf-8" if codec in _WIDE and b"\0" not in body else codec


def with_byte_order_mark(body: bytes) -> bytes:
    """Return a page's bytes with a byte order mark if they are in UTF-16 and have none.

    >>> with_byte_order_mark("<p>Fähre</p>".encode("utf-16-le")).decode("utf-16")
    '<p>Fähre</p>'
    """
    marks = (mark for start, mark in _UNMARKED if start.match(body))
    return next(marks, b"") + body
