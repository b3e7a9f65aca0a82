"""The second run: what a browser is needed for again, and what a 304 answers for it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from newsspider import extract_article
from newsspider.inputs.reading import iter_pages
from newsspider.pages.page import parse_raw
from tests.crawl.rendering.crawling import SETTINGS, crawl_rendering, stat
from tests.crawl.rendering.paper import FOLDER, Paper, serve_paper, title
from tests.crawls import crawl_words, read_articles, run_scrapy
from tests.programs import Finished

pytestmark = pytest.mark.processes

BEGAN = datetime(2026, 3, 24, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Finished, Paper, int]:
    """Return the second of two runs a day apart, the paper, and how many requests the first one made."""
    folder = tmp_path_factory.mktemp("runs")
    with serve_paper("ferry", "inline", "market") as paper:
        crawl_rendering(paper, folder, clock=BEGAN.isoformat())
        before = len(paper.seen)
        second = crawl_rendering(paper, folder, clock=(BEGAN + timedelta(days=1)).isoformat())
    return second, paper, before


def test_page_that_its_document_holds_costs_a_304_and_no_browser(runs: tuple[Finished, Paper, int]) -> None:
    second, paper, before = runs
    (again,) = [each for each in paper.seen[before:] if each.path == f"{FOLDER}inline/"]
    assert again.headers["If-None-Match"] == '"1"'
    assert stat(second, "newsspider/render/pages") == 2  # those made of data; the front page holds its own


def test_page_made_of_fetched_data_is_looked_at_whole(runs: tuple[Finished, Paper, int]) -> None:
    _, paper, before = runs
    (again,) = [each for each in paper.seen[before:] if each.path == f"{FOLDER}ferry/"]
    assert "If-None-Match" not in again.headers
    assert len(paper.asked("/api/ferry.json")) == 2


def test_second_run_stores_nothing_twice(runs: tuple[Finished, Paper, int]) -> None:
    second, _, _ = runs
    assert "0 new" in second.stderr
    assert second.returncode == 0


def test_page_read_without_a_browser_is_read_anew_when_the_profile_asks_for_one(tmp_path: Path) -> None:
    with serve_paper("half") as paper:
        words = crawl_words(SETTINGS, url=f"{paper.address}{FOLDER}half/")
        run_scrapy(words, tmp_path / "news.db", clock=BEGAN.isoformat())
        (before,) = read_articles(tmp_path / "news.db")
        crawl_rendering(paper, tmp_path, clock=(BEGAN + timedelta(days=1)).isoformat())
        asked = paper.asked(f"{FOLDER}half/")
    assert [each for each in asked if "If-None-Match" in each.headers] == []
    (after,) = [record for record in read_articles(tmp_path / "news.db") if record.url == before.url]
    assert "old rest" not in (before.body or "")
    assert "old rest" in (after.body or "")


def test_rendered_page_is_kept_as_it_was_rendered(tmp_path: Path) -> None:
    with serve_paper("ferry") as paper:
        crawl_rendering(paper, tmp_path, {"NEWSSPIDER_WARC": tmp_path / "warc"})
    (path,) = (tmp_path / "warc").iterdir()
    with path.open("rb") as stream:
        kinds = {each.rec_headers["WARC-Target-URI"]: each.rec_type for each in ArchiveIterator(stream)}
    assert kinds[f"{paper.address}{FOLDER}ferry/"] == "resource"
    assert kinds[f"{paper.address}/robots.txt"] == "response"
    (page,) = [each for each in iter_pages([str(path)]) if "ferry" in (each.url or "")]
    assert extract_article(parse_raw(page)).title == title("ferry")
