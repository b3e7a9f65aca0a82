"""Another extraction version: stored validators are void once, page by page as they come due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from newsspider.extraction.model.locating import ENVIRONMENT_VARIABLE, MODEL_FILE, SHIPPED
from tests.crawls import FAST, crawl_words, run_scrapy, select
from tests.newspaper import FIRST_DAY, Asked, Newspaper, make_stories, publish

pytestmark = pytest.mark.processes

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True)
class Runs:
    """What runs over one newspaper asked for: the first with one version, all others with another."""

    database: Path
    first: list[Asked]
    not_due: list[Asked]
    due: list[Asked]
    later: list[Asked]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runs]:
    """Crawl a site whose lists are due every six hours; the second model differs from the shipped one in its file."""
    folder = tmp_path_factory.mktemp("revisits")
    with publish(Newspaper(make_stories(days=1, per_day=8))) as paper:
        sites = folder / "sites.toml"
        sites.write_text(f'[lantern]\nurl = "{paper.address}/"\nrevisit = "6h"\n', encoding="utf-8")
        with pytest.MonkeyPatch.context() as patched:
            first = crawl(paper, folder, timedelta())
            patched.setenv(ENVIRONMENT_VARIABLE, str(same_model_in_another_file(folder)))
            yield Runs(
                folder / "news.db",
                first,
                crawl(paper, folder, MINUTE),
                crawl(paper, folder, 8 * HOUR),
                crawl(paper, folder, 16 * HOUR),
            )


def same_model_in_another_file(folder: Path) -> Path:
    with SHIPPED.joinpath(MODEL_FILE).open("rb") as file, np.load(file) as stored:
        np.savez(folder / MODEL_FILE, **dict(stored))
    return folder


def crawl(paper: Newspaper, folder: Path, at: timedelta) -> list[Asked]:
    """Crawl the newspaper so long after its first day began, and return what was asked for."""
    start = len(paper.asked)
    words = crawl_words(FAST, sites=folder / "sites.toml")
    finished = run_scrapy(words, folder / "news.db", clock=(FIRST_DAY + at).isoformat())
    assert finished.returncode == 0, finished.stderr
    return paper.since(start)


def paths(asked: list[Asked]) -> set[str]:
    return {each.path for each in asked}


def test_version_alone_makes_no_page_due(runs: Runs) -> None:
    assert len(runs.first) > 10
    assert paths(runs.not_due) == {"/"}  # the seed, which every run looks at


def test_page_that_is_due_is_fetched_without_validators(runs: Runs) -> None:
    assert {"/", "/feed.xml", "/sitemap.xml", "/harbour/"} <= paths(runs.due)
    assert {each.status for each in runs.due if each.path not in paths(runs.not_due)} == {200}


def test_new_validators_hold_from_then_on(runs: Runs) -> None:
    assert {each.status for each in runs.not_due} == {200}
    assert {"/", "/feed.xml", "/sitemap.xml", "/harbour/"} <= paths(runs.later)
    read_before = [each for each in runs.later if each.path in paths(runs.due)]
    assert {each.status for each in read_before} == {304}
    assert {each.status for each in runs.later if each not in read_before} <= {200}  # not due at the run before


def test_version_alone_makes_no_version_of_an_article(runs: Runs) -> None:
    assert select(runs.database, "SELECT count(*) FROM versions") == [(0,)]
    used = select(runs.database, "SELECT DISTINCT extraction_version FROM articles")
    assert len(used) == 2  # the oldest articles were not due yet
