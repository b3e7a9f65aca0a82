"""WARC files that are made, or damaged, to be read for ever."""

import gzip
import os
import struct
from itertools import islice
from pathlib import Path

import pytest

from newsspider.inputs import warc_members
from newsspider.inputs.lookahead import Lookahead
from newsspider.inputs.reading import iter_pages
from newsspider.pages.raw_page import RawPage
from newsspider.pages.unpacking import MAX_MEMBERS
from tests.archives import FERRY, STORM, response

MOST_PAGES = 2_000  # a file that never ends has more
GZIP_HEAD = b"\x1f\x8b\x08" + bytes(6) + b"\xff"
RECORD_HEAD = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9999999\r\n\r\n"


def read(path: Path, content: bytes) -> list[RawPage]:
    path.write_bytes(content)
    return list(islice(iter_pages([str(path)]), MOST_PAGES))


def stored(content: bytes) -> bytes:
    """Return a deflate block that holds bytes as they are."""
    return b"\0" + struct.pack("<HH", len(content), len(content) ^ 0xFFFF) + content


def test_body_of_empty_members_is_refused_and_the_page_behind_it_is_read(tmp_path: Path) -> None:
    bomb = gzip.compress(b"", mtime=0) * (MAX_MEMBERS + 1)
    html = ("Content-Type", "text/html")
    records = [
        response("https://h.example/bomb", bomb, html, ("Content-Encoding", "gzip")),
        response("https://h.example/storm", STORM),
    ]
    bad, good = read(tmp_path / "bomb.warc.gz", b"".join(map(gzip.compress, records)))
    assert bad.problem == "compressed in more than 10,000 members"
    assert (good.body, good.problem) == (STORM, None)


@pytest.mark.parametrize("left", [10, 100, 400])
def test_file_compressed_as_one_and_cut_behind_a_records_first_line_ends(left: int, tmp_path: Path) -> None:
    large = FERRY + os.urandom(100_000).hex().encode()
    whole = response("https://h.example/large", large) + response("https://h.example/storm", STORM) * 99
    packed = gzip.compress(whole + response("https://h.example/tide", FERRY)[:left])[:-8]
    pages = read(tmp_path / "cut.warc.gz", packed)
    assert (pages[0].body, pages[0].problem) == (large, None)
    assert len(pages) < MOST_PAGES
    assert pages[-1].problem


def test_members_made_of_each_others_insides_are_not_read_once_for_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each member's content goes on to the end of the file and holds the members after it; the end is damaged."""
    inside = GZIP_HEAD + stored(RECORD_HEAD)
    content = inside + stored(GZIP_HEAD).removesuffix(GZIP_HEAD).join([b"", *[inside] * 300]) + b"\xff" * 3
    monkeypatch.setattr(warc_members, "REREAD_BYTES", 10 * len(content))
    assert 1 <= len(read(tmp_path / "nested.warc.gz", content)) < 100


def test_bytes_put_back_do_not_copy_the_bytes_after_them() -> None:
    class OneChunk:
        def __init__(self) -> None:
            self.chunks = [bytes(range(256)) * 256]

        def read(self, _size: int, /) -> bytes:
            return self.chunks.pop() if self.chunks else b""

    ahead = Lookahead(OneChunk())
    first = ahead.read(1000)
    held = ahead._ahead
    ahead.put_back(first[-300:])
    assert (ahead._ahead is held, ahead.position) == (True, 700)
    assert ahead.read(400) == (bytes(range(256)) * 256)[700:1100]
