"""One page gives one record, whatever held it."""

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pyarrow
import pytest
import zstandard
from pyarrow import parquet
from warcio.warcwriter import WARCWriter

from newsspider.clock import utc_now
from newsspider.inputs.reading import iter_pages
from newsspider.pages.page import parse_page
from newsspider.pool import extract_raw
from newsspider.record import ArticleRecord
from tests.archives import response, tar_bytes, write_zip

FIXTURES = Path(__file__).parents[2] / "fixtures" / "pages"
NAMES = ("tagdiv-teasers-in-body", "drupal-german", "japanese", "section-index")
PAGES = {f"{name}.html": (FIXTURES / name / "page.html").read_bytes() for name in NAMES}
URLS = {name: parse_page(body).url or "" for name, body in PAGES.items()}


def records_of(path: Path) -> list[ArticleRecord]:
    records = sorted(map(extract_raw, iter_pages([str(path)])), key=lambda record: str(record.body))
    return [replace(record, source=None, fetched_at=None) for record in records]


def test_pages_say_their_address() -> None:
    assert all(URLS.values())


def write_warc(path: Path, pages: Mapping[str, bytes]) -> None:
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for name, body in pages.items():
            content = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
            stream = io.BytesIO(content)
            writer.write_record(writer.create_warc_record(URLS[name], "response", payload=stream, length=len(content)))


def write_mhtml(path: Path, pages: Mapping[str, bytes]) -> None:
    path.mkdir()
    for name, body in pages.items():
        message = EmailMessage()
        message.make_related()
        message.add_related(body, maintype="text", subtype="html", cid="<frame>")
        message["Snapshot-Content-Location"] = URLS[name]
        (path / f"{name}.mhtml").write_bytes(message.as_bytes())


def write_parquet(path: Path, pages: Mapping[str, bytes]) -> None:
    parquet.write_table(pyarrow.table({"url": [URLS[name] for name in pages], "html": list(pages.values())}), path)


def write_wacz(path: Path, pages: Mapping[str, bytes]) -> None:
    records = b"".join(response(URLS[name], body, WARC_Date=utc_now()) for name, body in pages.items())
    write_zip(path, {"archive/data.warc": records, "pages/pages.jsonl": b'{"format": "json-pages-1.0"}\n'})


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[ArticleRecord]:
    folder = tmp_path_factory.mktemp("folder")
    for name, body in PAGES.items():
        (folder / name).write_bytes(body)
    return records_of(folder)


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(write_zip, id="zip"),
        pytest.param(lambda path, pages: path.write_bytes(zstandard.compress(tar_bytes(pages))), id="tar.zst"),
        pytest.param(write_warc, id="warc.gz"),
        pytest.param(write_wacz, id="wacz"),
        pytest.param(write_mhtml, id="mhtml"),
        pytest.param(write_parquet, id="parquet"),
    ],
)
def test_records_differ_in_nothing_but_their_source(
    write: Callable[[Path, Mapping[str, bytes]], object], expected: list[ArticleRecord], tmp_path: Path
) -> None:
    write(tmp_path / "held", PAGES)
    assert records_of(tmp_path / "held") == expected
