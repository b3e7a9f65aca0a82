"""WARC and ARC files: the pages of their response and resource records, damage reported where it lies."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import zstandard
from warcio.bufferedreaders import ChunkedDataReader

from newsspider.inputs.content_encodings import decode_content
from newsspider.inputs.open_file import OpenFile
from newsspider.inputs.saved import MAX_PAGE_BYTES, broken_page, read_body, too_large
from newsspider.inputs.streams import Compression, Reopen
from newsspider.inputs.warc_records import Damage, Record, iter_records, record_at
from newsspider.pages.raw_page import RawPage, SavedPage

PAGE_TYPES = frozenset({"response", "resource"})
# What a record's Content-Type says where it holds a page, or says nothing of it.
PAGE_MEDIA_TYPES = frozenset({"text/html", "application/xhtml+xml", "application/octet-stream", "unk", ""})
NO_PAGE_SCHEMES = frozenset({"dns", "whois", "metadata", "urn", "filedesc"})
ROBOTS = "/robots.txt"  # a page only by mistake of the server
REDIRECTS = range(300, 400)  # where the page was, not what it said


def read_warc(file: OpenFile) -> Iterator[SavedPage]:
    """Yield the pages of a WARC or ARC file, and a page with a problem for each damage.

    Pages are named by their record's id, by their offset where it has none (ARC). Other records,
    redirects, images, styles and scripts are passed over.
    """
    if file.compression in ("bzip2", "xz"):  # of the whole file: no place in it can be gone to
        file = replace(file, stream=file.content(), compression=None, reopen=None)

    revisits, source = file.revisits, file.source
    number = revisits.add_file(partial(read_at, file.reopen, file.compression) if file.reopen else None)

    try:
        for record in iter_records(file.stream, file.compression):
            if isinstance(record, Damage):
                yield broken_page(f"{source}#{record.offset}", f"can't be read: {record}")
                continue

            name = f"{source}#{record_name(record)}"
            if record.parsed.rec_type == "revisit":
                revisits.add(record.parsed.rec_headers, name)
            elif is_page(record):
                revisits.add_original(record.parsed.rec_headers, number, record.offset)
                yield SavedPage(name, _reader_of(record, name))
                continue

            record.finish()
            if record.damage:
                yield broken_page(name, f"can't be read: {record.damage}")
    except zstandard.ZstdError as error:
        yield broken_page(source, f"can't be read: {error}")


def _reader_of(record: Record, name: str) -> Callable[[], RawPage]:
    """Return what reads a record's page."""
    return lambda: read_record(record, name)


def read_at(
    reopen: Reopen, compression: Compression | None, offset: int, source: str, url: str, fetched_at: str
) -> RawPage | None:
    """Return the page of the record at an offset under another source, address and time; None where it is gone."""
    with reopen() as stream:
        record = record_at(stream, compression, offset)
        return read_record(record, source, url, fetched_at) if record else None


def read_record(record: Record, source: str, url: str | None = None, fetched_at: str | None = None) -> RawPage:
    """Return a record's page, seen to be whole; under another address and time where a revisit has them."""
    given = record.parsed.rec_headers
    headers = _headers(record)
    stream = record.parsed.raw_stream

    if headers.get("transfer-encoding", "").lower() == "chunked":
        stream = ChunkedDataReader(stream)

    body = read_body(stream)
    problem = too_large() if len(body) > MAX_PAGE_BYTES else None
    truncated = given.get_header("WARC-Truncated")
    cut = f"cut short when it was kept: {truncated}" if truncated else None

    try:
        unpacked = decode_content(body, headers.get("content-encoding"))
        body, cut = unpacked.body, cut or unpacked.problem
    except ValueError as error:
        problem = str(error)

    record.finish()
    problem = f"can't be read: {record.damage}" if record.damage else problem
    return RawPage(
        body=b"" if problem else body,
        url=url or given.get_header("WARC-Target-URI"),
        source=source,
        status=_status(record),
        headers=headers,
        fetched_at=fetched_at or given.get_header("WARC-Date"),
        problem=problem,
        cut=cut,
    )


def record_name(record: Record) -> str:
    """Return what names a record in its file."""
    record_id = None if record.is_arc else record.parsed.rec_headers.get_header("WARC-Record-ID")
    return str(record_id).strip("<> ") if record_id else str(record.offset)


def is_page(record: Record) -> bool:
    """Whether a record holds a page, by what it says of itself."""
    if record.parsed.rec_type not in PAGE_TYPES or _status(record) in REDIRECTS:
        return False
    media_type = _headers(record).get("content-type", "").partition(";")[0].strip().lower()
    url = record.parsed.rec_headers.get_header("WARC-Target-URI") or ""
    scheme, _, rest = url.partition(":")
    return media_type in PAGE_MEDIA_TYPES and scheme not in NO_PAGE_SCHEMES and not rest.endswith(ROBOTS)


def _headers(record: Record) -> dict[str, str]:
    """Return a record's HTTP headers by their names in lower case; a resource has its content's type."""
    parsed = record.parsed
    if parsed.http_headers:
        return {name.lower(): value for name, value in parsed.http_headers.headers}
    return {"content-type": parsed.content_type} if parsed.rec_type == "resource" and parsed.content_type else {}


def _status(record: Record) -> int:
    """Return a record's HTTP status; a resource was read, whatever by."""
    http: Any = record.parsed.http_headers
    code = http.get_statuscode() if http else ""
    return int(code) if code.isdigit() else 200
