"""The input formats: one table, which detection, reading and help follow."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from newsspider.inputs.detecting import detect_format
from newsspider.inputs.formats import FORMATS
from tests.package_copy import PackageCopy

pytestmark = pytest.mark.processes

PROSE = "<p>It sails at six from the old harbour, said the harbour master.</p>" * 5
PAGE = f"<title>Ferry</title><article><h1>Ferry sails</h1>{PROSE}".encode()
OTHER_PAGE = PAGE.replace(b"Ferry", b"Storm")
# A made-up archive: a first line, then for each file a line with its name and size, and its bytes.
SHELF = '''
"""Shelves: files one after another."""

import io
from collections.abc import Iterator
from functools import partial

from newsspider.inputs.open_file import OpenFile
from newsspider.inputs.archive_member import Member


def iter_shelf(file: OpenFile) -> Iterator[Member]:
    """Yield the files of a shelf."""
    content = file.content()
    content.readline()
    while line := content.readline():
        name, size = line.decode().split()
        yield Member(name, 0, partial(io.BytesIO, content.read(int(size))))
'''
SHELF_ROW = """    "shelf": InputFormat(
        "files", ("shelf",), 9, starts_with(b"SHELF"), "shelves:iter_shelf", (".shelf",)
    ),
"""
# A made-up way to save one page: its address in the first line.
CLIPPING = '''
"""Clippings: a page under its address."""

from newsspider.inputs.page_files import PageFile
from newsspider.inputs.page_bytes import Readable, make_page, read_body
from newsspider.pages.raw_page import RawPage


def read_clipping(content: Readable, file: PageFile) -> RawPage:
    """Return the page of a clipping."""
    address, _, body = read_body(content).partition(b"\\n")
    return make_page(body, file.source, address.decode().removeprefix("CLIPPING "))
'''
CLIPPING_ROW = """    "clipping": InputFormat(
        "a page", ("clippings",), 9, starts_with(b"CLIPPING "), "clippings:read_clipping", (".clip",)
    ),
"""


def shelf_of(**files: bytes) -> bytes:
    return b"SHELF\n" + b"".join(b"%s %d\n%s" % (name.encode(), len(body), body) for name, body in files.items())


def zip_of(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, content)
    return file.getvalue()


def test_every_format_can_be_loaded() -> None:
    assert all(callable(row.load()) for row in FORMATS.values())


def test_no_suffix_means_two_formats() -> None:
    suffixes = [suffix for row in FORMATS.values() for suffix in row.suffixes]
    assert len(suffixes) == len(set(suffixes))


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"WARC/1.0\r\n", "x.zip", "warc"),
        (b"filedesc://x.arc 0.0.0.0 2026 text/plain 200", "", "warc"),
        (b"PK\x03\x04", "x.wacz", "zip"),
        (b"PK\x05\x06", "x.html", "zip"),
        (b"a".ljust(257, b"\0") + b"ustar", "", "tar"),
        (b"PAR1\x15", "", "parquet"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", "x.html", "mhtml"),
        (b'{"Content-Type":"multipart/related"}\r\n', "x.jsonl", "mhtml"),  # as ever: MHTML is asked first
        (b'\xef\xbb\xbf{"html": 1}', "", "json lines"),
        (b'{"html": 1}', "x.html", "page"),
        (b"  <html>", "x.zip", "page"),
        (b"damaged", "x.WACZ", "wacz"),
        (b"damaged", "x.warc.gz", "warc"),
        (b"", "x.tgz", "tar"),
        (b"damaged", "x.mht", "mhtml"),
        (b"Ferry sails", "x.txt", "page"),
        (b"Ferry sails", "", "page"),
    ],
)
def test_first_bytes_come_before_the_name(head: bytes, name: str, kind: str) -> None:
    assert detect_format(head, name) == kind


def test_plain_pages_load_no_other_reader(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(PAGE)
    names = "warcio pyarrow email.parser newsspider.inputs.warc newsspider.inputs.tables newsspider.inputs.archives"
    program = (
        "import sys; from newsspider.inputs.reading import iter_pages; (page,) = iter_pages(['page.html']);"
        f"print([name for name in {names.split()} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_new_archive_is_one_row_and_one_module(tmp_path: Path) -> None:
    copy = PackageCopy(tmp_path)
    copy.add_module("inputs/shelves.py", SHELF)
    copy.insert("inputs/formats.py", '    "mhtml": InputFormat(', SHELF_ROW)
    assert copy.changed == {"inputs/formats.py"}
    (tmp_path / "saved").mkdir()
    shelf = shelf_of(**{"a.html": PAGE, "notes": b"", "b.zip": zip_of("c.html", OTHER_PAGE)})
    (tmp_path / "saved" / "pages.shelf").write_bytes(shelf)
    done = copy.run_command("extract", "saved", "--ordered", "-o", "x.csv")
    assert "2 articles" in done.stderr, done.stderr
    listed = copy.run("-c", "import csv; print([row['source'] for row in csv.DictReader(open('x.csv', newline=''))])")
    assert listed.stdout == "['saved/pages.shelf#a.html', 'saved/pages.shelf#b.zip#c.html']\n"
    (tmp_path / "nothing").mkdir()
    assert " .shelf " in copy.run_command("extract", "nothing").stderr
    assert "ARC, WACZ and shelf archives" in " ".join(copy.run_command("extract", "--help").stdout.split())


def test_new_format_of_a_page_is_one_row_and_one_module(tmp_path: Path) -> None:
    copy = PackageCopy(tmp_path)
    copy.add_module("inputs/clippings.py", CLIPPING)
    copy.insert("inputs/formats.py", '    "json lines": InputFormat(', CLIPPING_ROW)
    (tmp_path / "a.clip").write_bytes(b"CLIPPING https://herald.example/ferry\n" + PAGE)
    done = copy.run_command("extract", "a.clip", "--workers", "1", "--schema", "trafilatura")
    assert '"source": "https://herald.example/ferry"' in done.stdout, done.stderr
    assert "SingleFile; MHTML; clippings)" in " ".join(copy.run_command("extract", "--help").stdout.split())
