"""The text of a list in UTF-8, whatever its charset."""

import codecs

from newsspider.pages.html import decode_body

# XML 1.0, appendix F: `<?` in UTF-16 without a byte order mark.
_UNMARKED = {b"<\0?\0": codecs.BOM_UTF16_LE, b"\0<\0?": codecs.BOM_UTF16_BE}
_ESCAPE = b"\x1b"  # begins each stretch of ISO-2022-JP that is not ASCII


def as_utf8(body: bytes, content_type: str | None) -> bytes:
    """Return a list's text in UTF-8, without a byte order mark.

    The charset is found as for pages: UTF-8 if the bytes are valid UTF-8, else byte order mark,
    HTTP header, XML declaration (also after blank lines and comments), else a guess.
    """
    if body.isascii() and _ESCAPE not in body and b"\0" not in body:
        return body
    return decode_body(_UNMARKED.get(body[:4], b"") + body, content_type).utf8.removeprefix(
        codecs.BOM_UTF8
    )
