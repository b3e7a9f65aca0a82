"""Makes archives of pages as other programs make them."""

import io
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

FERRY = b"<p>The ferry sails again.</p>"
STORM = b"<p>The storm is over.</p>"


def write_zip(path: Path, files: Mapping[str, bytes]) -> Path:
    """Write a zip archive whose bytes are the same whenever it is made."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return path


def tar_bytes(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def response(
    url: str, body: bytes, *headers: tuple[str, str], status: str = "200 OK", kind: str = "response", **warc: str
) -> bytes:
    """Return a WARC record, not compressed."""
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=False)
    http = StatusAndHeaders(status, [*headers] or [("Content-Type", "text/html")], protocol="HTTP/1.1")
    more = {"WARC-Record-ID": f"<urn:test:{url.rpartition('/')[2]}>", "WARC-Date": "2026-03-24T09:30:00Z"}
    more |= {name.replace("_", "-"): value for name, value in warc.items()}
    is_http = kind in ("response", "revisit")
    record = writer.create_warc_record(
        url,
        kind,
        payload=io.BytesIO(body),
        length=len(body),
        http_headers=http if is_http else None,
        warc_content_type="" if is_http else dict(headers).get("Content-Type", "text/html"),
        warc_headers_dict=more,
    )
    writer.write_record(record)
    return stream.getvalue()


def zstd_warc(*records: bytes, dictionary: bytes) -> bytes:
    """Return records as a .warc.zst: the dictionary in a skippable frame, then a frame a record."""
    compressor = zstandard.ZstdCompressor(dict_data=zstandard.ZstdCompressionDict(dictionary))
    held = zstandard.compress(dictionary)
    head = b"\x5d\x2a\x4d\x18" + len(held).to_bytes(4, "little") + held
    return head + b"".join(map(compressor.compress, records))
