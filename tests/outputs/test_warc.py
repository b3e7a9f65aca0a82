"""WARC files of fetched responses."""

import gzip
from pathlib import Path

import pytest

from newsspider.errors import OutputError
from newsspider.inputs.reading import iter_pages
from newsspider.inputs.warc_editing import forget_in_warc, iter_warc_files
from newsspider.outputs.warc import WarcFiles
from tests.archives import FERRY, STORM, response

HEADERS = [("Content-Type", "text/html"), ("Set-Cookie", "a=1"), ("Transfer-Encoding", "chunked")]
MOMENT = "2026-03-24T09:30:00Z"


def add(files: WarcFiles, name: str, body: bytes = FERRY) -> None:
    files.add(f"https://herald.example/{name}", MOMENT, 200, HEADERS, body, ip_address="127.0.0.1")


def test_files_are_read_back(tmp_path: Path) -> None:
    files = WarcFiles(tmp_path / "warc", "news", 1 << 20)
    add(files, "one")
    add(files, "two", STORM)
    files.close()
    pages = list(iter_pages([str(tmp_path)]))
    assert [(page.body, page.url) for page in pages] == [
        (FERRY, "https://herald.example/one"),
        (STORM, "https://herald.example/two"),
    ]
    assert "transfer-encoding" not in pages[0].headers


def test_full_file_is_followed_by_another_that_begins_like_it(tmp_path: Path) -> None:
    files = WarcFiles(tmp_path, "news", 600)
    for number in range(6):
        add(files, str(number))
    files.close()
    paths = sorted(tmp_path.iterdir())
    assert len(paths) > 1
    for path in paths:
        content = gzip.decompress(path.read_bytes())
        assert content.startswith(b"WARC/1.1\r\n")
        assert b"WARC-Type: warcinfo" in content[:200]
    assert len(list(iter_pages([str(tmp_path)]))) == 6


def test_every_record_is_on_disk_when_it_is_written(tmp_path: Path) -> None:
    files = WarcFiles(tmp_path, "news", 1 << 20)
    for number in range(3):
        add(files, str(number))
        assert len(list(iter_pages([str(tmp_path)]))) == number + 1
    files.close()


def test_run_without_responses_leaves_no_file(tmp_path: Path) -> None:
    WarcFiles(tmp_path / "warc", "news", 1 << 20).close()
    assert list(tmp_path.iterdir()) == []


def test_folder_that_is_none_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="file"):
        add(WarcFiles(tmp_path / "file", "news", 1 << 20), "one")


@pytest.mark.parametrize("compress", [bytes, gzip.compress])
def test_page_is_taken_out_and_the_rest_stays_byte_for_byte(compress: type[bytes], tmp_path: Path) -> None:
    one, two, three = (compress(response(f"https://herald.example/{name}", FERRY)) for name in ("one", "two", "three"))
    again = compress(response("https://herald.example/two?utm_source=x", FERRY))
    (tmp_path / "x.warc.gz").write_bytes(one + two + again + three)
    assert forget_in_warc(tmp_path / "x.warc.gz", {"https://herald.example/two"}) == 2
    assert (tmp_path / "x.warc.gz").read_bytes() == one + three
    assert forget_in_warc(tmp_path / "x.warc.gz", {"https://herald.example/two"}) == 0
    assert list(iter_warc_files(tmp_path)) == [tmp_path / "x.warc.gz"]


def test_records_in_one_gzip_member_are_not_parted(tmp_path: Path) -> None:
    both = response("https://herald.example/one", FERRY) + response("https://herald.example/two", FERRY)
    (tmp_path / "x.warc.gz").write_bytes(gzip.compress(both))
    with pytest.raises(OutputError, match="several records in one gzip member"):
        forget_in_warc(tmp_path / "x.warc.gz", {"https://herald.example/two"})
