"""The text of a list in UTF-8, whatever its charset."""

import codecs

from newsspider.pages.charsets import with_byte_order_mark
from newsspider.pages.html import decode_body

_ESCAPE = b"\x1b"  # begins each stretch of ISO-2022-JP that is not ASCII


def as_utf8(body: bytes, content_type: str | None) -> bytes:
    """Return a list's text in UTF-8, without a byte order mark.

    The charset is found as for pages: UTF-8 if the bytes are valid UTF-8, else byte order mark,
    HTTP header, XML declaration (also after blank lines and comments), else a guess.
    """
    if body.isascii() and _ESCAPE not in body and b"\0" not in body:
        return body
    decoded = decode_body(with_byte_order_mark(body), content_type)
    return decoded.utf8.removeprefix(codecs.BOM_UTF8)
