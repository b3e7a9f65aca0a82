"""A newspaper of several hundred stories and all traps: complete at once, then nothing twice, then what changed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from tests.crawl.test_scheduled_runs import HOUR, Visited, crawl
from tests.crawls import read_articles, select
from tests.newspaper import FIRST_DAY, Newspaper, Story, make_stories, publish

pytestmark = [pytest.mark.processes, pytest.mark.nightly]

OUT = 320  # stories on the first day
EDITS, LATER = 12, 6  # stories that are edited, and that appear, between the second run and the third
MOST_CALENDAR_PAGES = 5
PATIENT = ("-s", "NEWSSPIDER_DEADLINE=200")  # none of these pages is slow to read, whatever else the machine does


@dataclass(frozen=True)
class Weeks:
    """Three runs of a newspaper that is two weeks old."""

    paper: Newspaper
    database: Path
    first: Visited
    at_once: Visited
    after_edits: Visited

    def out(self, at: timedelta) -> list[Story]:
        """Return the stories that have appeared by then."""
        return [story for story in self.paper.stories if story.published <= FIRST_DAY + at]


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Weeks]:
    """A first run, one ten minutes later, one after edits."""
    database = tmp_path_factory.mktemp("weeks") / "news.db"
    stories = make_stories(days=16, per_day=20)
    random = Random(61)
    for number, story in enumerate(stories):
        story.published = FIRST_DAY - timedelta(days=16) * (1 - number / (OUT - 1))
    later = [Story(9_000 + n, FIRST_DAY + (1 + n) * HOUR, "sport") for n in range(LATER)]
    chosen = random.sample(stories[:-1], EDITS + 4)
    for story in chosen[:EDITS]:
        story.edited = FIRST_DAY + HOUR
    busy, slow, touched, gone = chosen[EDITS:]
    busy.busy_times, slow.slow, touched.touched, gone.deleted = 1, True, FIRST_DAY + HOUR, FIRST_DAY + HOUR
    with publish(Newspaper([*stories, *later], calendar=True, visitor_numbers=True)) as paper:
        waits = (timedelta(), HOUR / 6, 8 * HOUR)
        yield Weeks(paper, database, *(crawl(paper, database, wait, *PATIENT) for wait in waits))


def test_first_run_stores_every_story_once(weeks: Weeks) -> None:
    assert f"127.0.0.1: {OUT} new, newest 0 min old" in weeks.first.line
    assert weeks.first.finished.returncode == 0


def test_second_run_downloads_no_story(weeks: Weeks) -> None:
    assert weeks.at_once.bodies == []
    assert weeks.at_once.line.startswith("127.0.0.1: 0 new: ")
    assert " listed, all seen, newest 10 min old" in weeks.at_once.line
    assert weeks.at_once.finished.returncode == 0


def test_third_run_gives_a_version_to_exactly_the_edited_stories(weeks: Weeks) -> None:
    edited = {story.number for story in weeks.paper.stories if story.edited}
    changed = select(weeks.database, "SELECT key, version, changed FROM versions")
    assert {int(str(key).rstrip("/").rpartition("-")[2]) for key, _, _ in changed} == edited
    assert {row[1:] for row in changed} == {(1, '["body"]')}
    assert len(changed) == EDITS
    assert f"{LATER} new" in weeks.after_edits.line
    assert f" {EDITS} changed" in weeks.after_edits.line


def test_all_stories_are_stored_once_and_nothing_else_is(weeks: Weeks) -> None:
    stored = Counter(record.title for record in read_articles(weeks.database))
    assert stored == Counter(story.title() for story in weeks.out(8 * HOUR))


def test_calendar_and_busy_host_cost_what_is_due(weeks: Weeks) -> None:
    runs = (weeks.first, weeks.at_once, weeks.after_edits)
    assert len({each.path for run in runs for each in run.asked if "/calendar/" in each.path}) <= MOST_CALENDAR_PAGES
    for run in runs:
        spans = [(each.at, each.until) for each in run.asked]
        assert max(sum(begin <= at < end for begin, end in spans) for at, _ in spans) <= 2
