"""Zip and tar archives, and archives in archives."""

import bz2
import gzip
import io
import lzma
import random
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from newsspider.inputs import page_bytes, streams
from newsspider.inputs.reading import count_pages, is_single, iter_pages
from newsspider.pages.raw_page import RawPage
from tests.archives import FERRY, STORM, response, tar_bytes, write_zip

COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstandard.compress,
}
FILES = {"2026/ferry.html": FERRY, "2026/storm.html.gz": gzip.compress(STORM), "2026/notes.txt": b"x", "a.css": b"p{}"}


def read(path: Path) -> list[RawPage]:
    return list(iter_pages([str(path)]))


@pytest.mark.parametrize("compress", [bytes, gzip.compress])
def test_zip_file_in_a_tar_file_is_read(compress: Callable[[bytes], bytes], tmp_path: Path) -> None:
    inner = write_zip(tmp_path / "inner.zip", {"ferry.html": FERRY}).read_bytes()
    path = tmp_path / "pages.tar"
    path.write_bytes(compress(tar_bytes({"a.zip": inner, "storm.html": STORM})))
    assert [(page.body, page.source) for page in read(path)] == [
        (FERRY, f"{path}#a.zip#ferry.html"),
        (STORM, f"{path}#storm.html"),
    ]


def test_zip_file_in_a_stream_has_its_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "SPOOLED_BYTES", 100)
    path = tmp_path / "pages.tar"
    inner = write_zip(tmp_path / "inner.zip", {"ferry.html": FERRY}).read_bytes()
    path.write_bytes(tar_bytes({"a.zip": inner, "storm.html": STORM}))
    refused, whole = read(path)
    assert "unpack it first" in (refused.problem or "")
    assert whole.body == STORM


@pytest.mark.parametrize("suffix", COMPRESS)
@pytest.mark.parametrize("name", ["pages.tar", "backup"])
def test_tar_gives_its_pages(suffix: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / (f"{name}{suffix}" if suffix == ".bz2" else name)  # a short bzip2 stream's head says nothing
    path.write_bytes(COMPRESS[suffix](tar_bytes(FILES)))
    assert [(page.body, page.source) for page in read(path)] == [
        (FERRY, f"{path}#2026/ferry.html"),
        (STORM, f"{path}#2026/storm.html.gz"),
    ]


def test_zip_gives_its_pages_and_texts_where_no_page_lies(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "pages.zip", {**FILES, "flat/a.txt": b"Ferry back"})
    assert [(page.body, page.source, page.flat) for page in read(path)] == [
        (FERRY, f"{path}#2026/ferry.html", False),
        (STORM, f"{path}#2026/storm.html.gz", False),
        (b"Ferry back", f"{path}#flat/a.txt", True),
    ]


def test_pages_of_a_mirror_are_known_by_their_first_bytes(tmp_path: Path) -> None:
    page = b"<!doctype html><p>The ferry sails again." + b" " * 100_000
    others = {"logo.png": b"\x89PNG", "a.css": b"p {}", "old.html~": page}
    files = {"ferry-back": page, "news/index.php?id=3": page, **others}
    zipped, tarred = write_zip(tmp_path / "mirror.zip", files), tmp_path / "mirror.tar.gz"
    tarred.write_bytes(gzip.compress(tar_bytes(files)))
    for path in (zipped, tarred):
        expected = [(page, f"{path}#ferry-back"), (page, f"{path}#news/index.php?id=3")]
        assert [(each.body, each.source) for each in read(path)] == expected


def test_archives_in_folders_and_archives_are_read(tmp_path: Path) -> None:
    record = gzip.compress(response("https://herald.example/one", FERRY))
    inner = write_zip(tmp_path / "inner.zip", {"archive/data.warc.gz": record, "pages/pages.jsonl": b'{"id": 1}'})
    (tmp_path / "all.tar").write_bytes(tar_bytes({"x.warc.gz": record}))
    write_zip(tmp_path / "outer.zip", {"deep/inner.zip": inner.read_bytes()})
    assert [(page.body, page.source) for page in read(tmp_path)] == [
        (FERRY, f"{tmp_path}/all.tar#x.warc.gz#urn:test:one"),
        (FERRY, f"{tmp_path}/inner.zip#archive/data.warc.gz#urn:test:one"),
        (FERRY, f"{tmp_path}/outer.zip#deep/inner.zip#archive/data.warc.gz#urn:test:one"),
    ]


def test_archives_nested_too_deep_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "0.zip"
    write_zip(path, {"a.html": FERRY})
    for number in range(1, 5):
        path = write_zip(tmp_path / f"{number}.zip", {"inner.zip": path.read_bytes()})
    (page,) = read(path)
    assert page.problem
    assert "unpack it first" in page.problem


def test_names_that_lead_outside_are_names_only(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    path = write_zip(tmp_path / "in" / "slip.zip", {"../../evil.html": FERRY, "/etc/evil.html": STORM})
    assert [page.source for page in read(path)] == [f"{path}#../../evil.html", f"{path}#/etc/evil.html"]
    assert sorted(file.name for file in tmp_path.rglob("*")) == ["in", "slip.zip"]


def test_links_in_a_tar_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_bytes(STORM)
    with tarfile.open(tmp_path / "x.tar", "w") as archive:
        for kind, name in ((tarfile.SYMTYPE, "a.html"), (tarfile.LNKTYPE, "b.html"), (tarfile.CHRTYPE, "c.html")):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, str(tmp_path / "secret.html")
            archive.addfile(info)
    assert read(tmp_path / "x.tar") == []


@pytest.mark.parametrize("make", [lambda path, files: write_zip(path, files), lambda path, files: path.write_bytes(tar_bytes(files))])  # fmt: skip  # noqa: E501
def test_members_over_the_limit_are_reported_and_the_rest_is_read(
    make: Callable[[Path, dict[str, bytes]], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_bytes, "MAX_PAGE_BYTES", 1 << 20)
    make(
        tmp_path / "x",
        {"bomb.html": b"<p>" + bytes(1 << 20), "b.html.gz": gzip.compress(bytes(9 << 20)), "c.html": FERRY},
    )
    pages = read(tmp_path / "x")
    assert [(page.problem or "").partition(" (at")[0] for page in pages] == ["larger than 1 MiB"] * 2 + [""]
    assert pages[2].body == FERRY


def test_damaged_zip_member_is_named_with_its_offset(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.html", FERRY)
        archive.writestr("b.html", STORM)
        at = archive.getinfo("b.html").header_offset
    path.write_bytes(path.read_bytes().replace(STORM, STORM.upper()))
    whole, damaged = read(path)
    assert whole.body == FERRY
    assert damaged.source == f"{path}#b.html"
    assert damaged.problem == f"can't be read: Bad CRC-32 for file 'b.html' (at byte {at})"


def test_encrypted_zip_member_is_reported(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "x.zip", {"a.html": FERRY})
    content = bytearray(path.read_bytes())
    content[6] |= 1  # the local header's flags
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    (page,) = read(path)
    assert page.problem == "can't be read: encrypted (at byte 0)"


def test_zip_cut_short_is_reported(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "x.zip", {"a.html": FERRY})
    path.write_bytes(path.read_bytes()[:-30])
    (page,) = read(path)
    assert page.problem
    assert "cut short" in page.problem


def test_damaged_header_in_a_tar_is_reported_and_the_rest_is_read(tmp_path: Path) -> None:
    content = bytearray(tar_bytes({"a.html": FERRY, "b.html": STORM, "c.html": FERRY}))
    content[1024:1100] = bytes(76)
    (tmp_path / "x.tar").write_bytes(content)
    pages = read(tmp_path / "x.tar")
    assert [(page.body, page.problem) for page in pages] == [
        (FERRY, None),
        (b"", "can't be read: 1024 damaged bytes (at byte 1024)"),
        (FERRY, None),
    ]


@pytest.mark.parametrize("compress", [bytes, gzip.compress, zstandard.compress, lzma.compress])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_tar_cut_short_is_reported(compress: Callable[[bytes], bytes], share: float, tmp_path: Path) -> None:
    noise = random.Random(7)
    files = {f"{number}.html": FERRY + noise.randbytes(6000).hex().encode() for number in range(9)}
    content = compress(tar_bytes(files).rstrip(b"\0") + bytes(1024))
    (tmp_path / "x.tar").write_bytes(content[: int(len(content) * share)])
    pages = read(tmp_path / "x.tar")
    whole = [page.body for page in pages if not page.problem]
    assert whole == list(files.values())[: len(whole)]
    assert len(whole) < 9
    assert len(whole) >= int(9 * share) - 1 or compress is not bytes  # a compressed block is read whole or not at all
    assert [page for page in pages if page.problem]


def test_tar_without_its_end_is_reported(tmp_path: Path) -> None:
    (tmp_path / "x.tar").write_bytes(tar_bytes({"a.html": FERRY})[:1024])
    whole, end = read(tmp_path / "x.tar")
    assert whole.body == FERRY
    assert end.problem
    assert "cut short" in end.problem


def test_archives_are_no_single_page_and_are_not_counted(tmp_path: Path) -> None:
    path = str(write_zip(tmp_path / "x.zip", {"a.html": FERRY}))
    assert not is_single([path])
    assert count_pages([path]) is None


def test_archive_on_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = gzip.compress(tar_bytes(FILES))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert [page.source for page in iter_pages(["-"])] == ["-#2026/ferry.html", "-#2026/storm.html.gz"]


def test_pages_that_are_skipped_are_not_read(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "x.zip", {"a.html": FERRY, "b.html": STORM})
    (page,) = iter_pages([str(path)], skip=lambda source: source.endswith("#a.html"))
    assert page.body == STORM


def test_zip_member_without_a_name_is_passed_over(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "x.zip", {"a.html": FERRY, "x": STORM})
    content = path.read_bytes()
    directory = content.rindex(b"PK\x01\x02")  # the last member's entry there
    end = content.rindex(b"PK\x05\x06")
    nameless = content[directory : directory + 28] + b"\0\0" + content[directory + 30 : directory + 46]
    size = int.from_bytes(content[end + 12 : end + 16], "little") - 1
    ending = content[end : end + 12] + size.to_bytes(4, "little") + content[end + 16 :]
    path.write_bytes(content[:directory] + nameless + ending)
    assert [page.body for page in read(path)] == [FERRY]


def test_zip_member_whose_name_is_no_text_is_reported_and_the_rest_is_read(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "x.zip", {"ä.html": FERRY, "b.html": STORM})
    path.write_bytes(path.read_bytes().replace("ä".encode(), b"\xff\xff", 1))  # before its data, not in the directory
    broken, whole = read(path)
    assert (broken.problem or "").startswith("can't be read: ")
    assert whole.body == STORM
