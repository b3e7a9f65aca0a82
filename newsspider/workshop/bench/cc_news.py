"""Archives in the layout of Common Crawl's CC-NEWS, made of a folder of pages, to measure on this machine.

    python -m newsspider.workshop.bench.cc_news PAGES OUT --files 2 --pages 30000

The folder's pages are repeated, each time with another address and a comment that makes its bytes
differ.
"""

import argparse
import gzip
import hashlib
import io
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import IO

from isal import igzip
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newsspider.inputs.reading import iter_pages

FOLDER = "crawl-data/CC-NEWS/2026/03"
NAME = "CC-NEWS-20260324000000-{:05}.warc.gz"
PATHS = "warc.paths.gz"
DATE = "2026-03-24T00:00:00Z"
COMPRESSION_LEVEL = 2  # of isal's: in a tenth of zlib's time, files a few per cent larger


def write_archives(pages: Path, out: Path, files: int, pages_per_file: int) -> list[Path]:
    """Write archives and the list of their paths, and return the archives.

    Args:
        pages: a folder of saved pages.
        out: the root of the layout.
        files: how many archives.
        pages_per_file: in each.

    Raises:
        ValueError: the folder has no pages.
    """
    folder = out / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    bodies = _iter_bodies(pages)
    written = []

    for number in range(files):
        path = folder / NAME.format(number)
        with path.open("wb") as file:
            for page, body in enumerate(islice(bodies, pages_per_file)):
                _write_page(
                    file, f"https://site-{page % 997}.example/2026/03/24/{number}-{page}.html", body
                )
        written.append(path)

    (folder / PATHS).write_bytes(
        gzip.compress("".join(f"{FOLDER}/{each.name}\n" for each in written).encode())
    )
    return written


def _iter_bodies(folder: Path) -> Iterator[bytes]:
    """Yield the pages of a folder, over and over.

    Raises:
        ValueError: there are none.
    """
    pages = [raw.body for raw in iter_pages([str(folder)]) if raw.body and not raw.flat]
    if not pages:
        raise ValueError(f"{folder}: no pages")
    for number, body in enumerate(cycle(pages)):
        yield body + f"<!-- copy {number // len(pages)} -->".encode()


def _write_page(file: IO[bytes], url: str, body: bytes) -> None:
    """Write a page's request and response, each a gzip member of its own."""
    identity = hashlib.sha256(url.encode()).hexdigest()
    name = f"{identity[:8]}-{identity[8:12]}-{identity[12:16]}-{identity[16:20]}-{identity[20:32]}"
    request = StatusAndHeaders(
        "GET / HTTP/1.1", [("User-Agent", "CCBot/2.0")], is_http_request=True
    )
    answer = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    file.write(_record("request", url, request, b"", f"<urn:uuid:{name[:-1]}0>"))
    file.write(_record("response", url, answer, body, f"<urn:uuid:{name}>"))


def _record(kind: str, url: str, headers: StatusAndHeaders, body: bytes, identity: str) -> bytes:
    """Return a compressed record."""
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=False)
    given = {"WARC-Record-ID": identity, "WARC-Date": DATE}
    record = writer.create_warc_record(
        url,
        kind,
        payload=io.BytesIO(body),
        length=len(body),
        http_headers=headers,
        warc_headers_dict=given,
    )
    writer.write_record(record)
    return bytes(igzip.compress(stream.getvalue(), COMPRESSION_LEVEL))


def main() -> None:
    """Write the archives that the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m newsspider.workshop.bench.cc_news", description=__doc__
    )
    parser.add_argument("pages", type=Path, metavar="PAGES", help="a folder of saved pages")
    parser.add_argument("out", type=Path, metavar="OUT", help="the root of the layout")
    parser.add_argument("--files", type=int, default=2, help="number of archives (default: 2)")
    parser.add_argument(
        "--pages", type=int, default=30_000, dest="per_file", help="pages of each (default: 30,000)"
    )
    given = parser.parse_args()
    write_archives(given.pages, given.out, given.files, given.per_file)


if __name__ == "__main__":
    main()
