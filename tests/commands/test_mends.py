"""Mends in a crawl: applied in its workers, counted in its stats, part of the version."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from newsspider.record import ArticleRecord
from tests.crawls import FAST, closed_port, crawl_words, our_lines, read_articles, run_scrapy
from tests.newspaper import FIRST_DAY, Asked, Newspaper, make_stories, publish
from tests.programs import Finished

pytestmark = pytest.mark.processes

MODULE = """
from dataclasses import replace
from newsspider import for_site

@for_site("127.0.0.1")
def mark(page, record):
    return replace(record, section="Section {number}")

@for_site("127.0.0.1")
def stumble(page, record):
    return record.no_such_field if record.is_article else record
"""


@dataclass(frozen=True)
class Run:
    """What a run asked for, and what it left."""

    asked: list[Asked]
    records: list[ArticleRecord]
    stats: dict[str, Any]


def crawl(paper: Newspaper, folder: Path, number: int, at: timedelta) -> Run:
    """Crawl the newspaper with this edition of the mends."""
    (folder / "mends.py").write_text(MODULE.format(number=number), encoding="utf-8")
    start = len(paper.asked)
    settings = {
        **FAST,
        "NEWSSPIDER_PARSERS": folder / "mends.py",
        "STATS_CLASS": "newsspider.crawl.stats.stats_file.StatsFile",
        "NEWSSPIDER_STATS_FILE": folder / "stats.json",
    }
    words = crawl_words(settings, url=f"{paper.address}/")
    finished = run_scrapy(words, folder / "news.db", clock=(FIRST_DAY + at).isoformat())
    assert finished.returncode == 0, finished.stderr
    stats = json.loads((folder / "stats.json").read_text(encoding="utf-8"))
    return Run(paper.since(start), read_articles(folder / "news.db"), stats)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Run]]:
    """A run, and two with other mends: a minute later, when no story is due, and after seven hours."""
    folder = tmp_path_factory.mktemp("mends")
    hours = ((1, timedelta()), (2, timedelta(minutes=1)), (2, timedelta(hours=7)))
    with publish(Newspaper(make_stories(days=1, per_day=4))) as paper:
        yield [crawl(paper, folder, number, at) for number, at in hours]


def test_records_of_a_crawl_are_mended(runs: list[Run]) -> None:
    assert len(runs[0].records) > 2
    assert {(record.section, record.provenance["section"]) for record in runs[0].records} == {("Section 1", "mend")}


def test_failed_mend_is_a_warning_and_is_counted(runs: list[Run]) -> None:
    for record in runs[0].records:
        assert record.warnings[-1].startswith("mend mends.stumble failed: AttributeError: ")
    assert runs[0].stats["newsspider/mend_failed"] == len(runs[0].records)


def test_changed_module_voids_validators_of_pages_that_are_due(runs: list[Run]) -> None:
    seen: set[str] = set()
    for run in runs[1:]:
        assert {each.status for each in run.asked if each.path not in seen} <= {200}
        assert {each.status for each in run.asked if each.path in seen} <= {304}
        seen |= {each.path for each in run.asked}
    stories = {each.path for each in runs[2].asked if "/2026/" in each.path}
    assert stories
    assert stories.isdisjoint(each.path for each in runs[1].asked)


def test_mended_pages_have_another_version(runs: list[Run]) -> None:
    before = {record.url: record for record in runs[0].records}
    again = [record for record in runs[2].records if record.section == "Section 2"]
    assert again
    assert all(record.extraction_version != before[record.url].extraction_version for record in again)


def test_module_that_cannot_be_imported_is_one_line_before_anything_starts(tmp_path: Path) -> None:
    words = crawl_words({"NEWSSPIDER_PARSERS": "no.such.module"}, url=f"http://127.0.0.1:{closed_port()}/")
    finished: Finished = run_scrapy(words, tmp_path / "news.db")
    assert finished.returncode == 2
    assert our_lines(finished) == ["can't import parsers no.such.module: ModuleNotFoundError: No module named 'no'"]
    assert not (tmp_path / "news.db").exists()
