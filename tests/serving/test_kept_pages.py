"""Kept pages: found by address and moment, also in files that grow, are damaged, or are new."""

from pathlib import Path

import pytest

from newsspider.errors import UsageError
from newsspider.outputs.warc import WarcFiles
from newsspider.record import ArticleRecord
from newsspider.serving.kept_pages import Archive, find_source
from tests.patience import PATIENCE_SECONDS

URL = "https://herald.example/ferry"


@pytest.fixture
def files(tmp_path: Path) -> WarcFiles:
    return WarcFiles(tmp_path / "warc", "newsspider", 1 << 20)


def add(files: WarcFiles, moment: str, text: str, url: str = URL) -> None:
    files.add(url, moment, 200, [("Content-Type", "text/html")], text.encode())


def opened(folder: Path) -> Archive:
    archive = Archive([str(folder)])
    archive.wait(PATIENCE_SECONDS)
    return archive


def body_of(archive: Archive, moment: str | None = None) -> bytes | None:
    copy = archive.find(URL, moment)
    page = archive.read(copy, URL) if copy else None
    return page.body if page else None


def test_copy_of_the_moment_is_found_else_the_latest(files: WarcFiles, tmp_path: Path) -> None:
    for moment, text in (("2026-03-24T09:30:00Z", "first"), ("2026-03-25T09:30:00Z", "second")):
        add(files, moment, text)
    files.close()
    archive = opened(tmp_path / "warc")
    assert body_of(archive, "2026-03-24T09:30:00+00:00") == b"first"
    assert body_of(archive) == body_of(archive, "2020-01-01T00:00:00+00:00") == b"second"
    assert archive.find("https://herald.example/other") is None


def test_file_that_grows_is_read_on(files: WarcFiles, tmp_path: Path) -> None:
    add(files, "2026-03-24T09:30:00Z", "first")
    archive = opened(tmp_path / "warc")
    assert body_of(archive) == b"first"
    add(files, "2026-03-25T09:30:00Z", "second")
    archive.refresh()
    archive.wait(PATIENCE_SECONDS)
    assert body_of(archive) == b"second"
    assert body_of(archive, "2026-03-24T09:30:00Z") == b"first"
    files.close()


def test_half_a_record_at_the_end_is_read_once_it_is_whole(files: WarcFiles, tmp_path: Path) -> None:
    add(files, "2026-03-24T09:30:00Z", "first")
    add(files, "2026-03-25T09:30:00Z", "second")
    files.close()
    (path,) = (tmp_path / "warc").iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole[:-40])
    archive = opened(tmp_path / "warc")
    assert body_of(archive) == b"first"
    path.write_bytes(whole)
    archive.refresh()
    archive.wait(PATIENCE_SECONDS)
    assert body_of(archive) == b"second"


def test_file_that_is_gone_gives_no_page(files: WarcFiles, tmp_path: Path) -> None:
    add(files, "2026-03-24T09:30:00Z", "first")
    files.close()
    archive = opened(tmp_path / "warc")
    for path in (tmp_path / "warc").iterdir():
        path.unlink()
    assert body_of(archive) is None


def test_folder_may_be_empty_and_not_missing(tmp_path: Path) -> None:
    assert opened(tmp_path).find(URL) is None
    with pytest.raises(UsageError, match="no such file or folder"):
        Archive([str(tmp_path / "nowhere")])


def test_source_of_a_record_is_a_file_and_never_an_address(tmp_path: Path) -> None:
    page = tmp_path / "ferry.html"
    page.write_text("<h1>Ferry</h1>", encoding="utf-8")
    found = find_source(ArticleRecord(source=str(page)))
    assert found
    assert found.body == b"<h1>Ferry</h1>"
    for source in (None, "-", URL, str(tmp_path / "gone.html"), "javascript:alert(1)"):
        assert find_source(ArticleRecord(source=source)) is None
