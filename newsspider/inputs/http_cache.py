"""Scrapy's HTTP cache: one folder per response.

`HTTPCACHE_ENABLED=1` leaves them below .scrapy/httpcache.
"""

import ast
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newsspider.clock import as_text
from newsspider.inputs.content_encodings import decode_content
from newsspider.inputs.page_bytes import make_page, read_body, too_large
from newsspider.inputs.streams import READ_ERRORS, compression_of, decompress, open_file
from newsspider.pages.raw_page import RawPage, SavedPage

BODY = "response_body"
HEADERS = "response_headers"
META = "meta"  # the pickled copy beside it could run any code when read


def is_cached_response(folder: Path) -> bool:
    """Whether a folder is a response of the cache."""
    with suppress(OSError):  # a folder that may not be searched
        return (folder / BODY).is_file() and (folder / META).is_file()
    return False


def cached_page(folder: Path, source: str) -> SavedPage:
    """Return the page of a response's folder."""
    return SavedPage(source, lambda: _read(folder, source))


def _read(folder: Path, source: str) -> RawPage:
    """Read a response's folder."""
    try:
        meta: dict[str, Any] = ast.literal_eval(_read_file(folder / META).decode())
        headers = _parse_headers(_read_file(folder / HEADERS))
        unpacked = decode_content(_read_file(folder / BODY), headers.get("content-encoding"))
        page = make_page(unpacked.body, source, str(meta.get("response_url") or meta["url"]))
        fetched_at = _moment(meta.get("timestamp"))
        status = int(meta["status"])
    except (*READ_ERRORS, ValueError, SyntaxError, TypeError, KeyError, OverflowError) as error:
        return RawPage(
            body=b"", source=source, problem=f"can't be read: {type(error).__name__}: {error}"
        )

    if page.problem:
        return RawPage(body=b"", url=page.url, source=source, problem=too_large())

    return RawPage(
        body=unpacked.body,
        url=page.url,
        source=source,
        status=status,
        headers=headers,
        fetched_at=fetched_at,
        cut=unpacked.problem,
    )


def _moment(timestamp: object) -> str | None:
    """Return a number of seconds since 1970 as ISO 8601, or None if it is not a number."""
    try:
        return as_text(datetime.fromtimestamp(float(str(timestamp)), UTC))
    except (ValueError, OverflowError, OSError):
        return None


def _read_file(path: Path) -> bytes:
    """Return a file's content, which HTTPCACHE_GZIP may have compressed."""
    with open_file(path) as stream:
        return read_body(decompress(stream, compression_of(stream.peek(8))))


def _parse_headers(lines: bytes) -> dict[str, str]:
    """Return headers by their names in lower case."""
    headers: dict[str, str] = {}
    for line in lines.splitlines():
        name, colon, value = line.decode("latin-1").partition(":")
        if colon:
            headers[name.strip().lower()] = value.strip()
    return headers
