"""The report that a crawl writes when it has ended."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fixtures.serve import SiteServer, serve_site
from tests.crawls import FAST, crawl_words, run_scrapy

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def site() -> Iterator[SiteServer]:
    with serve_site() as server:
        yield server


def crawl(site: SiteServer, tmp_path: Path, report: Path) -> "tuple[int, str]":
    settings = {**FAST, "NEWSSPIDER_WORKERS": 1, "NEWSSPIDER_REPORT": report}
    done = run_scrapy(crawl_words(settings, url=f"{site.address}/", max_pages=3), tmp_path / "news.db")
    return done.returncode, done.stderr


def test_crawl_writes_the_report_over_the_last_one(site: SiteServer, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    report.write_text("of the last crawl")
    code, said = crawl(site, tmp_path, report)
    assert (code, "report:" in said) == (0, False), said
    assert "127.0.0.1" in report.read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_report_that_can_not_be_written_is_said_and_the_crawl_is_what_it_was(site: SiteServer, tmp_path: Path) -> None:
    report = tmp_path / "no-such-folder" / "report.html"
    code, said = crawl(site, tmp_path, report)
    assert code == 0
    assert f"scrapy crawl: report: {report}: No such file or directory\n" in said
