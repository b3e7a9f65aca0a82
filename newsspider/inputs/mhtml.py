"""MHTML: a page that a browser saved as one MIME message.

The first HTML part is the page; the other parts are its images, styles and frames.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from typing import cast

from newsspider.inputs.lookahead import Lookahead
from newsspider.inputs.page_bytes import MAX_PAGE_BYTES, Readable, make_page, too_large
from newsspider.inputs.page_files import PageFile
from newsspider.pages.raw_page import RawPage

PAGE_MEDIA_TYPES = frozenset({"text/html", "application/xhtml+xml"})
MAX_HEADER_BYTES = 64 * 1024
QUOTED_BYTES = 3  # that quoted-printable may need for one
_PARSER = BytesParser(policy=policy.compat32.clone(linesep="\n"))


def read_mhtml(content: Readable, file: PageFile) -> RawPage:
    """Return the page of an MHTML file; the parts after it are not read.

    Raises:
        EOFError: the file was cut short.
    """
    lines = Lookahead(content)
    message = _read_headers(lines)
    boundary = message.get_boundary()

    if not boundary:
        return _failed(file, "can't be read: MHTML without a boundary")

    root = str(message.get_param("start") or "")

    for part in _iter_parts(lines, boundary.encode("latin-1", "replace")):
        if part is None:
            return _failed(file, too_large())

        if _is_root(part, root):
            return _page(message, part, file.source)

    return _failed(file, "can't be read: MHTML without a page")


def _failed(file: PageFile, problem: str) -> RawPage:
    return RawPage(body=b"", source=file.source, problem=problem)


def _is_root(part: EmailMessage, root: str) -> bool:
    """Whether a part is the page: the one that the message names, else the first HTML part."""
    if root:
        return part.get("Content-ID") == root
    return part.get_content_type() in PAGE_MEDIA_TYPES


def _page(message: EmailMessage, part: EmailMessage, source: str) -> RawPage:
    """Return the page in a part."""
    url = str(
        message.get("Snapshot-Content-Location") or part.get("Content-Location") or ""
    ).strip()
    url = "".join(url.split())  # a long header is folded
    made = make_page(cast(bytes, part.get_payload(decode=True) or b""), source, url or None)

    return RawPage(
        body=made.body,
        url=made.url,
        source=source,
        headers={"content-type": str(part.get("Content-Type", "text/html"))},
        fetched_at=_moment(message.get("Date")),
        problem=made.problem,
    )


def _read_headers(lines: Lookahead) -> EmailMessage:
    """Return the message's headers."""
    head = bytearray()
    while len(head) < MAX_HEADER_BYTES and (line := lines.readline()).strip():
        head += line
    return cast(EmailMessage, _PARSER.parsebytes(bytes(head), headersonly=True))


def _iter_parts(lines: Lookahead, boundary: bytes) -> Iterator[EmailMessage | None]:
    """Yield the parts; None for a part that is larger than a page may be.

    Raises:
        EOFError: the file was cut short.
    """
    delimiter = b"--" + boundary

    while (line := lines.readline()) and line.rstrip() != delimiter:
        pass

    part = bytearray()

    while line := lines.readline():
        if line.startswith(delimiter):
            yield _parse(part)
            part = bytearray()

            if line.rstrip() == delimiter + b"--":
                return
        elif len(part) > QUOTED_BYTES * MAX_PAGE_BYTES:
            yield None
        else:
            part += line

    raise EOFError("the file was cut short before the page ended")


def _parse(part: bytearray) -> EmailMessage:
    """Return a part; the line end before a boundary belongs to the boundary."""
    content = part.removesuffix(b"\n").removesuffix(b"\r")
    return cast(EmailMessage, _PARSER.parsebytes(bytes(content)))


def _moment(date: str | None) -> str | None:
    """Return a message's date as ISO 8601 in UTC, or None."""
    try:
        moment: datetime = parsedate_to_datetime(date or "")
    except ValueError:
        return None
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment.tzinfo else None
