"""WARC and ARC records: headers that are missing, doubled or untrue, and bodies that are chunked, packed or cut."""

import gzip

from tests.fuzz.grammar.choices import Choices
from tests.fuzz.grammar.wording import address, date

KINDS = ["response", "resource", "revisit", "request", "warcinfo", "metadata", "conversion", "nonsense"]
VERSIONS = ["WARC/1.0", "WARC/1.1", "WARC/0.18", "WARC/9", ""]
HEADERS = [
    "WARC-Date: 2026-03-24T09:30:00Z", "WARC-Date: 2009-03-65",
    "WARC-Record-ID: <urn:uuid:1>", "WARC-Truncated: length",
    "WARC-Refers-To: <urn:uuid:1>", "WARC-Payload-Digest: sha1:AAAA",
    "Content-Type: application/http; msgtype=response",
    "Content-Type: text/html", "WARC-Segment-Number: 2",
    "Content-Length: 5", "Content-Length: -1", "no header at all",
]  # fmt: skip
HTTP_HEADERS = [
    "Content-Type: text/html; charset=utf-8", "Content-Type: text/html; charset=rot13", "Content-Encoding: gzip",
    "Content-Encoding: br", "Transfer-Encoding: chunked",
    "Content-Length: 3", "Location: /b", "X", "Set-Cookie: a=b",
]  # fmt: skip
STATUSES = ["HTTP/1.1 200 OK", "HTTP/1.1 302 Found", "HTTP/2 200", "HTTP/1.1 abc", "200 OK", ""]
PAGE = b"<html><body><h1>Old ferry sails again</h1><p>It left at nine with forty people on board.</p>"
BODIES = [
    PAGE,
    gzip.compress(PAGE, mtime=0),
    b"5c\r\n" + PAGE + b"\r\n0\r\n\r\n",
    b"ffffffff\r\n" + PAGE,
    gzip.compress(PAGE)[:40],
    b"",
]


def warc(choices: Choices) -> bytes:
    """Return a WARC or ARC file of up to five records, packed as one member each or not at all."""
    records = [choices.one_of((_record, _record, _record, _arc_record))(choices) for _ in range(choices.number(6))]
    is_packed = bool(choices.number(2))
    return b"".join(gzip.compress(record, 1, mtime=0) if is_packed else record for record in records)


def _record(choices: Choices) -> bytes:
    headers = choices.some(lambda rest: rest.one_of(HTTP_HEADERS), 4, "\r\n")
    http = f"{choices.one_of(STATUSES)}\r\n{headers}\r\n\r\n".encode() + choices.one_of(BODIES)
    named = f"WARC-Type: {choices.one_of(KINDS)}\r\nWARC-Target-URI: {address(choices)}"
    length = len(http) + choices.one_of((0, 0, 0, 1, -1, 10_000_000))
    more = choices.some(lambda rest: rest.one_of(HEADERS), 5, "\r\n")
    head = f"{choices.one_of(VERSIONS)}\r\n{named}\r\nContent-Length: {length}\r\n{more}\r\n\r\n"
    return head.encode("utf-8", "replace") + http + choices.one_of((b"\r\n\r\n", b"", b"\n"))


def _arc_record(choices: Choices) -> bytes:
    body = b"HTTP/1.1 200 OK\r\n\r\n" + choices.one_of(BODIES)
    line = (
        f"{address(choices)} 0.0.0.0 {choices.one_of(('20260324093000', '0', date(choices)))} text/html {len(body)}\n"
    )
    return line.encode("utf-8", "replace") + body + b"\n"
