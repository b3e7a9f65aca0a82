"""Archives in Common Crawl's layout: the pages that were asked for, and the list of their paths."""

from pathlib import Path

import pytest

from newsspider.inputs.reading import iter_pages
from newsspider.part_per_input.inputs import list_inputs
from newsspider.workshop.bench.cc_news import write_archives


def test_archives_have_so_many_pages_and_are_on_the_list(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(3):
        (pages / f"{number}.html").write_text(f"<p>Page {number}</p>")
    archives = write_archives(pages, tmp_path / "out", files=2, pages_per_file=5)
    inputs = list_inputs([str(archives[0].with_name("warc.paths.gz"))])
    assert [each.location for each in inputs] == [str(path) for path in archives]
    read = [page for path in archives for page in iter_pages([str(path)])]
    assert len(read) == len({page.url for page in read}) == len({page.body for page in read}) == 10
    assert {page.problem for page in read} == {None}
    assert [page.body[:12] for page in read[:4]] == [b"<p>Page 0</p", b"<p>Page 1</p", b"<p>Page 2</p", b"<p>Page 0</p"]


def test_folder_without_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no pages"):
        write_archives(tmp_path, tmp_path / "out", files=1, pages_per_file=1)
