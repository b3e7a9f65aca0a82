"""WARC and ARC files."""

import bz2
import gzip
import random
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
import zstandard

from newsspider.inputs import page_bytes
from newsspider.inputs.reading import iter_pages
from newsspider.pages.raw_page import RawPage
from newsspider.pool.extract_job import extract_raw
from tests.archives import FERRY, STORM, response, write_zip, zstd_warc

ONE = response("https://herald.example/one", FERRY)
TWO = response("https://herald.example/two", STORM)
THREE = response("https://herald.example/three", b"<p>Three boats.</p>")
ARC_VERSION = b"1 0 Test\nURL IP-address Archive-date Content-type Archive-length\n"
ARC = b"filedesc://x.arc 0.0.0.0 20260324093000 text/plain %d\n%s\n" % (len(ARC_VERSION), ARC_VERSION)


def arc_record(url: str, body: bytes) -> bytes:
    content = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    return f"{url} 127.0.0.1 20260324093000 text/html {len(content)}\n".encode() + content + b"\n"


def read(path: Path, content: bytes) -> list[RawPage]:
    path.write_bytes(content)
    return list(iter_pages([str(path)]))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(ONE + TWO, id="not compressed"),
        pytest.param(gzip.compress(ONE) + gzip.compress(TWO), id="gzip, a member a record"),
        pytest.param(gzip.compress(ONE + TWO), id="gzip, one member for all"),
        pytest.param(zstandard.compress(ONE) + zstandard.compress(TWO), id="zstd"),
        pytest.param(zstd_warc(ONE, TWO, dictionary=ONE * 8), id="zstd with its dictionary"),
        pytest.param(bz2.compress(ONE + TWO), id="bzip2"),
    ],
)
def test_records_are_pages_however_they_are_compressed(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.warc.bz2" if content.startswith(b"BZh") else tmp_path / "no name that says it"
    pages = read(path, content)
    assert [(page.body, page.url, page.source) for page in pages] == [
        (FERRY, "https://herald.example/one", f"{path}#urn:test:one"),
        (STORM, "https://herald.example/two", f"{path}#urn:test:two"),
    ]
    assert {page.fetched_at for page in pages} == {"2026-03-24T09:30:00+00:00"}


def test_address_with_escapes_and_spaces_is_not_printed(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    record = ONE.replace(b"https://herald.example/one", b"https://herald.example/a \x1b[2Jb")
    read(tmp_path / "x.warc", record)
    assert caplog.messages == []


def test_status_and_headers_come_along(tmp_path: Path) -> None:
    record = response(
        "https://herald.example/gone", FERRY, ("Content-Type", "text/html; charset=koi8-r"), status="404 Not Found"
    )
    (page,) = read(tmp_path / "x.warc", record)
    assert (page.status, page.headers["content-type"]) == (404, "text/html; charset=koi8-r")


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(FERRY, mtime=0)),
        ("deflate", zlib.compress(FERRY)),
        ("deflate", zlib.compress(FERRY, wbits=-15)),
        ("br", brotli.compress(FERRY)),
        ("zstd", zstandard.compress(FERRY)),
        ("gzip", FERRY),
    ],
)
@pytest.mark.parametrize("chunked", [False, True])
def test_http_encodings_are_undone(encoding: str, body: bytes, chunked: bool, tmp_path: Path) -> None:
    headers = [("Content-Type", "text/html"), ("Content-Encoding", encoding)]
    if chunked:
        headers.append(("Transfer-Encoding", "chunked"))
        body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    (page,) = read(tmp_path / "x.warc", response("https://herald.example/a", body, *headers))
    assert page.body == FERRY


def test_page_that_was_cut_when_it_was_kept_is_truncated(tmp_path: Path) -> None:
    (page,) = read(tmp_path / "x.warc", response("https://herald.example/a", FERRY, WARC_Truncated="length"))
    assert (page.body, page.cut) == (FERRY, "cut short when it was kept: length")


def test_what_is_no_page_is_passed_over(tmp_path: Path) -> None:
    image = response("https://herald.example/i", b"\xff\xd8", ("Content-Type", "image/jpeg"))
    redirect = response("https://herald.example/r", b"", ("Location", "/a"), status="301 Moved Permanently")
    request = response("https://herald.example/q", FERRY, kind="metadata")
    resource = response("https://herald.example/s", STORM, ("Content-Type", "text/html"), kind="resource")
    pages = read(tmp_path / "x.warc.gz", b"".join(map(gzip.compress, (image, redirect, request, resource))))
    assert [(page.body, page.headers) for page in pages] == [(STORM, {"content-type": "text/html"})]


def test_arc_records_are_named_by_their_offset(tmp_path: Path) -> None:
    one, two = arc_record("http://herald.example/one", FERRY), arc_record("http://herald.example/two", STORM)
    path = tmp_path / "x.arc.gz"
    pages = read(path, gzip.compress(ARC) + gzip.compress(one) + gzip.compress(two))
    offsets = [len(gzip.compress(ARC)), len(gzip.compress(ARC) + gzip.compress(one))]
    assert [(page.body, page.url, page.source) for page in pages] == [
        (FERRY, "http://herald.example/one", f"{path}#{offsets[0]}"),
        (STORM, "http://herald.example/two", f"{path}#{offsets[1]}"),
    ]
    pages = read(tmp_path / "y.arc", ARC + one + two)
    assert [page.body for page in pages] == [FERRY, STORM]


def test_damaged_member_is_reported_with_its_offset_and_the_rest_is_read(tmp_path: Path) -> None:
    one, two, three = map(gzip.compress, (ONE, TWO, THREE))
    damaged = two[:60] + bytes(40) + two[100:]
    pages = read(tmp_path / "x.warc.gz", one + damaged + three)
    assert [page.body for page in pages] == [FERRY, b"", b"<p>Three boats.</p>"]
    assert pages[1].problem
    assert f"damaged at byte {len(one)}" in pages[1].problem


def test_damaged_frame_is_reported_and_the_rest_is_read(tmp_path: Path) -> None:
    one, two, three = (zstandard.ZstdCompressor(write_checksum=True).compress(r) for r in (ONE, TWO, THREE))
    pages = read(tmp_path / "x.warc.zst", one + two[:30] + bytes(20) + two[50:] + three)
    assert [page.body for page in pages if not page.problem] == [FERRY, b"<p>Three boats.</p>"]
    assert [page.problem for page in pages if page.problem]


def test_wrong_checksum_fails_the_page_it_belongs_to(tmp_path: Path) -> None:
    one, two = gzip.compress(ONE), gzip.compress(TWO)
    damaged = one[:-8] + bytes(4) + one[-4:]
    pages = read(tmp_path / "x.warc.gz", damaged + two)
    assert [(page.body, bool(page.problem)) for page in pages] == [(b"", True), (STORM, False)]


@pytest.mark.parametrize("compress", [bytes, gzip.compress, zstandard.compress])
@pytest.mark.parametrize("cut", [5, 40, 150])
def test_file_cut_short_is_reported(cut: int, compress: type[bytes], tmp_path: Path) -> None:
    one, two = compress(ONE), compress(TWO)
    first, last = read(tmp_path / "x.warc", (one + two)[:-cut])
    assert (first.body, first.problem) == (FERRY, None)
    assert last.problem
    assert f"damaged at byte {len(one)}" in last.problem


@pytest.mark.parametrize("compress", [gzip.compress, zstandard.ZstdCompressor(write_checksum=True).compress])
def test_damage_far_inside_a_large_page_costs_that_page_only(
    compress: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    words = random.Random(22).randbytes(400_000).hex().encode()
    large = response("https://herald.example/large", b"<p>" + words)
    one, two, three = map(compress, (ONE, large, THREE))
    middle = len(two) // 2
    damaged = two[:middle] + bytes(40) + two[middle + 40 :]
    pages = read(tmp_path / "x.warc", one + damaged + three)
    assert [page.body for page in pages] == [FERRY, b"", b"<p>Three boats.</p>"]
    pages = read(tmp_path / "cut.warc", one + two[:middle])
    assert [page.body for page in pages] == [FERRY, b""]
    assert pages[1].problem
    assert f"damaged at byte {len(one)}" in pages[1].problem


def test_wrong_length_in_a_plain_file_costs_its_record_only(tmp_path: Path) -> None:
    for wrong in (b"Content-Length: 60", b"Content-Length: 9"):
        start = ONE.index(b"Content-Length:")
        damaged = ONE[:start] + wrong + ONE[ONE.index(b"\r\n", start) :]
        pages = read(tmp_path / "x.warc", TWO + damaged + THREE)
        assert [page.body for page in pages if not page.problem] == [STORM, b"<p>Three boats.</p>"], wrong
        assert [page.source for page in pages if page.problem], wrong


def test_page_over_the_limit_is_reported_and_the_rest_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_bytes, "MAX_PAGE_BYTES", 1 << 20)
    bomb = gzip.compress(bytes(64 << 20))
    large = response("https://herald.example/a", bomb, ("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
    pages = read(tmp_path / "x.warc.gz", gzip.compress(large) + gzip.compress(TWO))
    assert [(page.problem, page.body) for page in pages] == [("larger than 1 MiB", b""), (None, STORM)]


def revisit(name: str, url: str, **refers: str) -> bytes:
    return response(url, b"", kind="revisit", **{"WARC_Record_ID": f"<urn:test:{name}>", "WARC_Date": "2026-03-25T00:00:00Z", **refers})  # fmt: skip  # noqa: E501


def test_revisits_have_the_content_of_the_page_they_refer_to(tmp_path: Path) -> None:
    by_address = revisit(
        "r1", "https://herald.example/one", WARC_Refers_To_Target_URI="https://herald.example/one",
        WARC_Refers_To_Date="2026-03-24T09:30:00Z", WARC_Payload_Digest="sha1:X",
    )  # fmt: skip
    digest = ONE[ONE.index(b"WARC-Payload-Digest: ") :].split(b"\r\n")[0].split(b": ")[1].decode()
    by_digest = revisit("r2", "https://herald.example/copy", WARC_Payload_Digest=digest)
    unknown = revisit("r3", "https://herald.example/other", WARC_Payload_Digest="sha1:Y")
    (tmp_path / "1.warc.gz").write_bytes(b"".join(map(gzip.compress, (by_address, TWO, by_digest, unknown))))
    write_zip(tmp_path / "2.wacz", {"archive/2.warc.gz": gzip.compress(TWO) + gzip.compress(ONE)})
    pages = list(iter_pages([str(tmp_path)]))
    assert [page.body for page in pages] == [STORM, STORM, FERRY, FERRY, FERRY, b""]
    assert [(page.url, page.fetched_at) for page in pages[3:5]] == [
        ("https://herald.example/one", "2026-03-25T00:00:00+00:00"),
        ("https://herald.example/copy", "2026-03-25T00:00:00+00:00"),
    ]
    assert pages[3].source == f"{tmp_path / '1.warc.gz'}#urn:test:r1"
    assert pages[5].problem
    assert "not among the inputs" in pages[5].problem


def test_pages_that_are_skipped_are_not_kept_from_being_referred_to(tmp_path: Path) -> None:
    refers = revisit("r", "https://herald.example/one", WARC_Refers_To_Target_URI="https://herald.example/one",
                     WARC_Refers_To_Date="2026-03-24T09:30:00Z")  # fmt: skip
    (tmp_path / "x.warc").write_bytes(ONE + refers)
    pages = iter_pages([str(tmp_path / "x.warc")], skip=lambda source: source.endswith("#urn:test:one"))
    assert [page.body for page in pages] == [FERRY]


def test_random_bytes_end_in_problems_and_never_in_an_exception(tmp_path: Path) -> None:
    whole = b"".join(map(gzip.compress, (ONE, TWO, THREE)))
    for at in range(0, len(whole), 41):
        pages = read(tmp_path / "x.warc.gz", whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        assert sum(page.problem is None for page in pages) >= 2, at


@pytest.mark.parametrize("url", ["https://herald.exa]mple/one", "http://[::1", "https://herald.example:x/"])
def test_address_that_is_none_costs_no_page(url: str, tmp_path: Path) -> None:
    pages = read(tmp_path / "x.warc", response(url, FERRY) + TWO)
    assert [(page.body, page.url) for page in pages] == [(FERRY, None), (STORM, "https://herald.example/two")]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("2009-03-65T08:43:19-0800", None),
        ("yesterday", None),
        ("0000-00-00T00:00:00Z", None),
        ("9999-12-31T23:59:59Z", None),
        ("1970-01-01T00:00:00Z", None),
        ("20260324093000", "2026-03-24T09:30:00+00:00"),
        ("2026-03-24 09:30:00 UTC", "2026-03-24T09:30:00+00:00"),
        ("2026-03-24T09:30:00", "2026-03-24T09:30:00+00:00"),
        ("2026-03-24T09:30:00.123456Z", "2026-03-24T09:30:00.123456+00:00"),
        ("2026-03-24T10:30:00+01:00", "2026-03-24T10:30:00+01:00"),
    ],
)
def test_date_that_is_not_one_costs_no_page(written: str, read_as: str | None, tmp_path: Path) -> None:
    (page,) = read(tmp_path / "x.warc", response("https://herald.example/one", FERRY, WARC_Date=written))
    assert (page.body, page.fetched_at, page.problem) == (FERRY, read_as, None)
    record = extract_raw(page)
    assert (record.kind, record.fetched_at) == ("empty", read_as)


@pytest.mark.parametrize("written", ["20090365084319", "00000000000000"])
def test_date_of_an_arc_record_that_is_not_one_costs_no_page(written: str, tmp_path: Path) -> None:
    record = arc_record("http://herald.example/one", FERRY).replace(b"20260324093000", written.encode())
    (page,) = read(tmp_path / "x.arc", ARC + record)
    assert (page.body, page.problem) == (FERRY, None)


def test_date_of_a_revisit_that_is_not_one_costs_no_page(tmp_path: Path) -> None:
    first = response("https://herald.example/one", FERRY, WARC_Payload_Digest="sha1:A")
    again = revisit("again", "https://herald.example/one", WARC_Date="2009-03-65", WARC_Payload_Digest="sha1:A")
    pages = read(tmp_path / "x.warc", first + again)
    assert [(page.body, page.fetched_at) for page in pages] == [(FERRY, "2026-03-24T09:30:00+00:00"), (FERRY, None)]
