"""Saved pages from files, folders and standard input."""

import bz2
import gzip
import io
import lzma
import os
import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree
from threading import Thread

import pytest
import zstandard

from newsspider.errors import UsageError
from newsspider.inputs import page_bytes, paths
from newsspider.inputs.paths import check_paths
from newsspider.inputs.reading import count_pages, is_single, iter_pages, iter_saved
from newsspider.inputs.signatures import is_html
from newsspider.pages.raw_page import RawPage, SavedPage

PAGE = b"<p>The ferry sails again.</p>"
COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstandard.compress,
}
LONG_PAGE = PAGE + os.urandom(200_000)  # random, so that half the compressed bytes are no whole page


def write_files(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PAGE)


def test_folders_are_read_at_any_depth_in_order_of_names(tmp_path: Path) -> None:
    write_files(tmp_path, "b/2.htm", "b/10.html", "a/deep/er/x.XHTML", "c.html", "a.html", "b/notes.txt", "b/html")
    found = [page.source for page in iter_pages([str(tmp_path)])]
    expected = ["a.html", "c.html", "a/deep/er/x.XHTML", "b/10.html", "b/2.htm"]
    assert found == [str(tmp_path / name) for name in expected]
    assert count_pages([str(tmp_path)]) == len(expected)


def test_source_is_the_path_as_given_and_what_lies_below(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(tmp_path, "saved/2026/a.html")
    monkeypatch.chdir(tmp_path)
    assert [page.source for page in iter_pages(["saved", "saved/2026/a.html"])] == ["saved/2026/a.html"] * 2


def test_named_file_is_read_whatever_its_suffix(tmp_path: Path) -> None:
    write_files(tmp_path, "page.aspx")
    assert [page.body for page in iter_pages([str(tmp_path / "page.aspx")])] == [PAGE]


@pytest.mark.parametrize("suffix", COMPRESS)
def test_compressed_pages_are_decompressed(suffix: str, tmp_path: Path) -> None:
    (tmp_path / f"a.html{suffix}").write_bytes(COMPRESS[suffix](PAGE))
    (tmp_path / f"table.csv{suffix}").write_bytes(COMPRESS[suffix](b"1,2"))
    assert [page.body for page in iter_pages([str(tmp_path)])] == [PAGE]


@pytest.mark.parametrize("suffix", COMPRESS)
def test_compressed_files_joined_end_to_end_are_read_whole(suffix: str, tmp_path: Path) -> None:
    (tmp_path / f"a.html{suffix}").write_bytes(COMPRESS[suffix](PAGE) + COMPRESS[suffix](b"<p>Twice a day.</p>"))
    assert [page.body for page in iter_pages([str(tmp_path)])] == [PAGE + b"<p>Twice a day.</p>"]


@pytest.mark.parametrize("suffix", COMPRESS)
def test_file_of_another_format_is_reported_and_the_rest_is_read(suffix: str, tmp_path: Path) -> None:
    (tmp_path / f"a.html{suffix}").write_bytes(b"no archive and no page")
    write_files(tmp_path, "b.html")
    broken, whole = iter_pages([str(tmp_path)])
    assert broken.problem
    assert broken.problem.startswith("can't be read: ")
    assert (whole.problem, whole.body) == (None, PAGE)


def test_content_decides_where_the_name_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "a.html.gz").write_bytes(PAGE)
    (tmp_path / "b.html").write_bytes(gzip.compress(PAGE))
    assert [(page.problem, page.body) for page in iter_pages([str(tmp_path)])] == [(None, PAGE)] * 2


@pytest.mark.parametrize("suffix", COMPRESS)
def test_file_cut_short_is_reported(suffix: str, tmp_path: Path) -> None:
    whole = COMPRESS[suffix](LONG_PAGE)
    (tmp_path / f"a.html{suffix}").write_bytes(whole[: len(whole) // 2])
    (page,) = iter_pages([str(tmp_path)])
    assert page.problem
    assert page.problem.startswith("can't be read: ")
    assert page.body == b""


@pytest.mark.parametrize("suffix", ["", *COMPRESS])
def test_page_over_the_limit_is_reported(suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_bytes, "MAX_PAGE_BYTES", 1 << 20)
    large = b"<p>" + b" " * (1 << 20)
    (tmp_path / f"a.html{suffix}").write_bytes(COMPRESS[suffix](large) if suffix else large)
    (page,) = iter_pages([str(tmp_path)])
    assert (page.problem, page.body) == ("larger than 1 MiB", b"")


def test_page_at_the_limit_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_bytes, "MAX_PAGE_BYTES", len(PAGE))
    write_files(tmp_path, "a.html")
    assert [page.body for page in iter_pages([str(tmp_path)])] == [PAGE]


def test_file_that_went_away_is_reported(tmp_path: Path) -> None:
    (page,) = iter_pages([str(tmp_path / "gone.html")])
    assert page.problem
    assert "No such file" in page.problem


def test_page_with_a_file_of_its_own_can_be_read_by_another_process_from_another_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path, "saved/a.html")
    (tmp_path / "saved" / "b.html.gz").write_bytes(gzip.compress(PAGE))
    monkeypatch.chdir(tmp_path)
    pages = list(iter_saved(["saved"], skip=lambda source: source.endswith("b.html")))
    monkeypatch.chdir("/")
    for page in pages:
        assert isinstance(page, SavedPage)
        assert pickle.loads(pickle.dumps(page)).read() == page.read() == RawPage(body=PAGE, source=page.source)


def test_pipe_is_taken_for_a_page_and_not_looked_into(tmp_path: Path) -> None:
    pipe = tmp_path / "page"
    os.mkfifo(pipe)
    assert is_single([str(pipe)])
    assert count_pages([str(pipe)]) == 1


def test_pipes_in_a_folder_are_no_pages_and_links_to_nothing_are_told(tmp_path: Path) -> None:
    write_files(tmp_path, "a.html")
    os.mkfifo(tmp_path / "b.html")
    (tmp_path / "c.html").symlink_to("nowhere.html")
    whole, broken = iter_pages([str(tmp_path)])
    assert whole.body == PAGE
    assert "No such file" in (broken.problem or "")


def test_folder_that_goes_away_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    write_files(tmp_path, "one/a.html", "one/deep/b.html", "two/c.html")
    found = iter_pages([str(tmp_path / "one"), str(tmp_path / "two")])
    first = next(found)
    rmtree(tmp_path / "one")
    rest = list(found)
    assert first.body == rest[-1].body == PAGE
    assert ["No such file" in (page.problem or "") for page in rest] == [True, False]


def test_page_in_a_pipe_is_read_where_it_was_looked_at(tmp_path: Path) -> None:
    pipe = tmp_path / "page.html"
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_bytes, args=(PAGE,), daemon=True)
    writer.start()
    assert list(iter_saved([str(pipe)])) == [RawPage(body=PAGE, source=str(pipe))]
    writer.join()


def test_descriptor_is_read_as_the_file_that_it_leads_to(tmp_path: Path) -> None:
    write_files(tmp_path, "a.html")
    with (tmp_path / "a.html").open() as file:
        (page,) = iter_saved([f"/dev/fd/{file.fileno()}"])
    assert isinstance(page, SavedPage)
    assert page.read().body == PAGE  # the descriptor is another process's by now


def test_file_that_went_away_before_it_was_read_is_reported(tmp_path: Path) -> None:
    write_files(tmp_path, "a.html")
    (page,) = iter_saved([str(tmp_path)])
    (tmp_path / "a.html").unlink()
    assert isinstance(page, SavedPage)
    assert "No such file" in (page.read().problem or "")


def test_standard_input_is_one_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PAGE)))
    (page,) = iter_pages(["-"], "https://herald.example/a")
    assert (page.body, page.source, page.url) == (PAGE, "-", "https://herald.example/a")


def test_name_that_is_no_unicode_gives_a_source_that_can_be_stored(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/f\xe4hre.html")).write_bytes(PAGE)
    (page,) = iter_pages([str(tmp_path)])
    assert page.source == str(tmp_path / "f\\xe4hre.html")
    assert page.body == PAGE


def test_missing_path_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"gone: no such file or folder"):
        check_paths([str(tmp_path), str(tmp_path / "gone")][1:])


def test_folder_without_pages_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("no page")
    with pytest.raises(UsageError, match=r"no pages in this folder \(looked for .*\.htm \.html .*\.warc"):
        check_paths([str(tmp_path)])


def test_standard_input_and_folders_with_pages_pass(tmp_path: Path) -> None:
    write_files(tmp_path, "deep/a.html.gz")
    check_paths(["-", str(tmp_path)])


def test_large_folder_is_read_as_it_comes_each_page_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "SORTED_ENTRIES", 5)
    names = [f"{number:02}.html" for number in range(20)] + ["deep/a.html", "deep/b.html"]
    write_files(tmp_path, *names)
    found = [page.source for page in iter_pages([str(tmp_path)])]
    assert sorted(map(str, found)) == sorted(str(tmp_path / name) for name in names)
    assert found == [page.source for page in iter_pages([str(tmp_path)])]
    assert found[-2:] == [str(tmp_path / "deep" / "a.html"), str(tmp_path / "deep" / "b.html")]


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    write_files(tmp_path, "deep/a.html")
    (tmp_path / "deep" / "back").symlink_to(tmp_path)
    (tmp_path / "deep" / "b.html").symlink_to(tmp_path)
    assert count_pages([str(tmp_path)]) == 1


def test_sources_that_are_skipped_are_not_read(tmp_path: Path) -> None:
    write_files(tmp_path, "a.html", "b.html")
    asked: list[str] = []

    def skip(source: str) -> bool:
        asked.append(source)
        (tmp_path / "a.html").unlink(missing_ok=True)
        return source.endswith("a.html")

    assert [page.source for page in iter_pages([str(tmp_path)], skip=skip)] == [str(tmp_path / "b.html")]
    assert asked == [str(tmp_path / "a.html"), str(tmp_path / "b.html")]


def test_belongings_of_a_page_saved_as_complete_are_no_pages(tmp_path: Path) -> None:
    write_files(tmp_path, "Ferry.html", "Ferry_files/frame.html", "other_files/b.html")
    found = [page.source for page in iter_pages([str(tmp_path)])]
    assert found == [str(tmp_path / "Ferry.html"), str(tmp_path / "other_files" / "b.html")]


def test_patterns_are_what_they_match_by_name(tmp_path: Path) -> None:
    write_files(tmp_path, "b-2.html", "b-1.html", "c.html", "b[3].html")
    check_paths([str(tmp_path / "b-*.html")])
    assert [page.source for page in iter_pages([str(tmp_path / "b-*.html"), str(tmp_path / "b[3].html")])] == [
        str(tmp_path / name) for name in ("b-1.html", "b-2.html", "b[3].html")
    ]


def test_pages_of_a_mirror_are_known_by_their_first_bytes(tmp_path: Path) -> None:
    page = b"\xef\xbb\xbf\n<!-- mirrored --><!DOCTYPE html><p>The ferry sails again.</p>"
    others = {"feed": b"<?xml version='1.0'?><rss>", "style.css": b"p {}", ".ferry": page, "a.part": page, "b~": page}
    for name in ("ferry-back", "index.php?id=3", "mr.smith-returns"):
        (tmp_path / name).write_bytes(page)
    for name, content in others.items():
        (tmp_path / name).write_bytes(content)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "notes.txt").write_bytes(b"beside pages")
    check_paths([str(tmp_path)])
    found = [(Path(str(read.source)).name, read.body) for read in iter_pages([str(tmp_path)])]
    assert found == [("ferry-back", page), ("index.php?id=3", page), ("mr.smith-returns", page)]
    assert count_pages([str(tmp_path)]) == 3


@pytest.mark.parametrize(
    ("head", "is_page"),
    [
        (b" <HTML lang=en>", True),
        (b"<?xml version='1.0'?>\n<!-- a --><!-- b -->\n<html xmlns='x'>", True),
        (b"<!DOCTYPE html PUBLIC", True),
        (b"<htmlx>", False),
        (b"<!DOCTYPE svg>", False),
        (b"<urlset>", False),
        (b"<!--", False),
        (b"", False),
        (b"<!-- -->" * 500, False),
    ],
)
def test_html_documents_are_told_from_other_markup(head: bytes, is_page: bool) -> None:
    assert is_html(head) == is_page


def test_pattern_that_matches_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"matches no file"):
        check_paths([str(tmp_path / "*.warc.gz")])
