"""WARC and ARC files: the pages in them; damage is reported with its offset."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

import zstandard
from warcio.bufferedreaders import ChunkedDataReader

from newsspider.inputs.content_encodings import decode_content
from newsspider.inputs.open_file import OpenFile
from newsspider.inputs.page_bytes import MAX_PAGE_BYTES, broken_page, read_body, too_large
from newsspider.inputs.streams import READ_ERRORS, Compression, Reopen
from newsspider.inputs.warc_records import Damage, Record, iter_records, record_at
from newsspider.inputs.warc_revisits import ReadAt
from newsspider.pages.raw_page import RawPage, SavedPage

PAGE_TYPES = frozenset({"response", "resource"})
# The Content-Types of pages, and those that say nothing.
PAGE_MEDIA_TYPES = frozenset(
    {"text/html", "application/xhtml+xml", "application/octet-stream", "unk", ""}
)
NO_PAGE_SCHEMES = frozenset({"dns", "whois", "metadata", "urn", "filedesc"})
ROBOTS = "/robots.txt"  # a page only by a server's mistake
REDIRECTS = range(300, 400)  # they have no content of the page


def read_warc(file: OpenFile) -> Iterator[SavedPage]:
    """Yield the pages of a WARC or ARC file, and a page with a problem for each damage.

    Pages are named by their record's id; in ARC files, which have none, by their offset. Other
    records, redirects, images, styles and scripts are skipped.
    """
    if file.compression in ("bzip2", "xz"):  # of the whole file: no seeking in it
        file = replace(file, stream=file.content(), compression=None, reopen=None)

    number = file.revisits.add_file(_read_again(file))

    try:
        for record in iter_records(file.stream, file.compression):
            if isinstance(record, Damage):
                yield broken_page(f"{file.source}#{record.offset}", f"can't be read: {record}")
            else:
                yield from _iter_record(record, file, number)
    except zstandard.ZstdError as error:
        yield broken_page(file.source, f"can't be read: {error}")


def _read_again(file: OpenFile) -> ReadAt | None:
    """Return the function that reads a page of the file again; None if it can be read only once."""
    if file.reopen is None:
        return None
    return partial(read_at, file.reopen, file.compression)


def _iter_record(record: Record, file: OpenFile, number: int) -> Iterator[SavedPage]:
    """Yield a record's page, if it has one, or its damage."""
    name = f"{file.source}#{record_name(record)}"
    if is_page(record):
        file.revisits.add_original(record.parsed.rec_headers, number, record.offset)
        yield SavedPage(name, _reader_of(record, name))
        return

    if record.parsed.rec_type == "revisit":
        file.revisits.add(record.parsed.rec_headers, name)

    record.finish()
    if record.damage:
        yield broken_page(name, f"can't be read: {record.damage}")


def _reader_of(record: Record, name: str) -> Callable[[], RawPage]:
    """Return a function that reads a record's page."""
    return lambda: read_record(record, name)


def read_at(
    reopen: Reopen,
    compression: Compression | None,
    offset: int,
    source: str,
    url: str,
    fetched_at: str,
) -> RawPage | None:
    """Return the page of the record at an offset, with another source, address and time.

    It is None if the record is no longer there.
    """
    with reopen() as stream:
        record = record_at(stream, compression, offset)
        return read_record(record, source, url, fetched_at) if record else None


def read_record(
    record: Record, source: str, url: str | None = None, fetched_at: str | None = None
) -> RawPage:
    """Return a record's page, with the address and time of a revisit if there is one.

    The record is read to its end, which shows any damage.
    """
    given = record.parsed.rec_headers
    headers = _headers(record)
    content = _read_content(record, headers)

    problem = f"can't be read: {record.damage}" if record.damage else content.problem
    truncated = given.get_header("WARC-Truncated")
    cut = f"cut short when it was kept: {truncated}" if truncated else content.cut

    return RawPage(
        body=b"" if problem else content.body,
        url=url or given.get_header("WARC-Target-URI"),
        source=source,
        status=_status(record),
        headers=headers,
        fetched_at=fetched_at or given.get_header("WARC-Date"),
        problem=problem,
        cut=cut,
    )


class _Content(NamedTuple):
    """A record's body; `problem` says why it can't be read, `cut` why it may be incomplete."""

    body: bytes
    problem: str | None = None
    cut: str | None = None


def _read_content(record: Record, headers: Mapping[str, str]) -> _Content:
    """Return a record's body, decoded, and read the record to its end."""
    stream = record.parsed.raw_stream
    if headers.get("transfer-encoding", "").lower() == "chunked":
        stream = ChunkedDataReader(stream)

    try:
        body = read_body(stream)
    except READ_ERRORS as error:
        record.fail(error)
        return _Content(b"")

    problem = too_large() if len(body) > MAX_PAGE_BYTES else None

    try:
        unpacked = decode_content(body, headers.get("content-encoding"))
        content = _Content(unpacked.body, problem, unpacked.problem)
    except ValueError as error:
        content = _Content(body, str(error))

    record.finish()
    return content


def record_name(record: Record) -> str:
    """Return the name of a record in its file."""
    record_id = None if record.is_arc else record.parsed.rec_headers.get_header("WARC-Record-ID")
    return str(record_id).strip("<> ") if record_id else str(record.offset)


def is_page(record: Record) -> bool:
    """Whether a record contains a page, by its own headers."""
    if record.parsed.rec_type not in PAGE_TYPES or _status(record) in REDIRECTS:
        return False

    media_type = _headers(record).get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in PAGE_MEDIA_TYPES:
        return False

    url = record.parsed.rec_headers.get_header("WARC-Target-URI") or ""
    scheme, _, rest = url.partition(":")

    return scheme not in NO_PAGE_SCHEMES and not rest.endswith(ROBOTS)


def _headers(record: Record) -> dict[str, str]:
    """Return a record's HTTP headers by lower-case names; for a resource, its content type."""
    parsed = record.parsed
    if parsed.http_headers:
        return {name.lower(): value for name, value in parsed.http_headers.headers}
    if parsed.rec_type == "resource" and parsed.content_type:
        return {"content-type": parsed.content_type}
    return {}


def _status(record: Record) -> int:
    """Return a record's HTTP status; a resource, which has none, counts as 200."""
    http: Any = record.parsed.http_headers
    code = http.get_statuscode() if http else ""
    return int(code) if code.isdigit() else 200
