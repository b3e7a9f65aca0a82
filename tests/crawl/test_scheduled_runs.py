"""The same crawl again and again, over simulated days: nothing twice, nothing lost, and an account of each run."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from newsspider.store.store import Store
from tests.crawls import (
    FAST,
    crawl_words,
    holds_records,
    our_lines,
    read_articles,
    run_scrapy,
    select,
    start_scrapy,
    wait_until,
)
from tests.newspaper import FIRST_DAY, Asked, Newspaper, Story, make_stories, publish
from tests.programs import Finished

pytestmark = pytest.mark.processes

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MOST_CALENDAR_PAGES = 5  # in all runs: the one that is linked, and two months in each direction
BUSY, SLOW, _, EDITED, TOUCHED, MOVED, DELETED = range(14, 21)  # the youngest stories of the first run
RETRY_AFTER = 1.0  # seconds, as the busy story's first answer says
ON_ITS_WAY = 3  # requests: two connections, and one that was begun before the answer had been read
ARRIVAL = 0.1  # seconds by which the server may note one request late and the next on time


@dataclass(frozen=True)
class Visited:
    """One run: how it ended and what it asked for."""

    finished: Finished
    asked: list[Asked]
    bodies: list[str]

    @property
    def line(self) -> str:
        """What is said of the site."""
        return our_lines(self.finished)[0]


def crawl(paper: Newspaper, database: Path, at: timedelta, *extra: str, **arguments: object) -> Visited:
    """Crawl the newspaper so long after its first day began."""
    paper.now = FIRST_DAY + at
    start = len(paper.asked)
    words = [*crawl_words(FAST, url=f"{paper.address}/", **arguments), *extra]
    finished = run_scrapy(words, database, clock=paper.now.isoformat())
    return Visited(finished, paper.since(start), paper.bodies(start))


def versions_of(database: Path, story: Story) -> list[tuple[object, ...]]:
    return select(database, f"SELECT version, changed FROM versions WHERE key LIKE '%-{story.number}/'")


@dataclass(frozen=True)
class Days:
    """Runs of one newspaper into one database."""

    paper: Newspaper
    database: Path
    first: Visited
    at_once: Visited
    after_edits: Visited
    next_day: Visited


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Days]:
    """A first run, one at once, one after edits, one on the next day."""
    database = tmp_path_factory.mktemp("days") / "news.db"
    stories = make_stories(days=3, per_day=20)
    noon = FIRST_DAY + HOUR
    stories[EDITED].edited = stories[TOUCHED].touched = stories[MOVED].moved = stories[DELETED].deleted = noon
    stories[BUSY].busy_times, stories[SLOW].slow = 1, True
    with publish(Newspaper(stories)) as paper:
        yield Days(
            paper,
            database,
            crawl(paper, database, 0 * HOUR),
            crawl(paper, database, timedelta(minutes=1)),
            crawl(paper, database, 8 * HOUR),
            crawl(paper, database, 30 * HOUR),
        )


def test_first_run_stores_every_story_once(days: Days) -> None:
    out = [story.title() for story in days.paper.stories if story.published <= FIRST_DAY]
    assert len(out) == 21
    assert Counter(days.first.bodies).most_common(1)[0][1] == 1
    assert days.first.line.startswith("127.0.0.1: 21 new, newest 0 min old")
    assert days.first.finished.returncode == 0


def test_run_at_once_downloads_no_story_and_says_why_nothing_is_new(days: Days) -> None:
    assert days.at_once.bodies == []
    assert {each.status for each in days.at_once.asked} == {304}
    assert days.at_once.line.startswith("127.0.0.1: 0 new: no list was modified since the last run (")
    assert days.at_once.finished.returncode == 0


def test_host_never_has_more_requests_at_once_than_the_settings_allow(days: Days) -> None:
    spans = [(each.at, each.until) for each in days.first.asked]
    assert max(sum(begin <= at < end for begin, end in spans) for at, _ in spans) <= 2


def test_edit_makes_a_version_and_a_changed_frame_makes_none(days: Days) -> None:
    assert versions_of(days.database, days.paper.stories[EDITED]) == [(1, '["body"]')]
    assert versions_of(days.database, days.paper.stories[TOUCHED]) == []
    assert select(days.database, "SELECT count(*) FROM versions") == [(1,)]
    assert " 1 changed" in days.after_edits.line


def test_story_that_moved_is_one_article_at_its_new_address(days: Days) -> None:
    story = days.paper.stories[MOVED]
    (record,) = [record for record in read_articles(days.database) if record.title == story.title()]
    assert record.url == days.paper.address + story.path(FIRST_DAY + DAY)
    assert record.also_at == (days.paper.address + story.path(FIRST_DAY),)


def test_story_that_was_taken_down_stays_stored_and_is_not_asked_for_again(days: Days) -> None:
    story = days.paper.stories[DELETED]
    assert [each.status for each in days.after_edits.asked if days.paper.find(each.path) is story] == [410]
    assert [each for each in days.next_day.asked if days.paper.find(each.path) is story] == []
    assert story.title() in {record.title for record in read_articles(days.database)}


def test_busy_site_is_not_asked_again_before_it_said(days: Days) -> None:
    story = days.paper.stories[BUSY]
    refused, answered = [each for each in days.first.asked if days.paper.find(each.path) is story]
    assert (refused.status, answered.status) == (503, 200)
    begun = sorted(each.at for each in days.first.asked if refused.at <= each.at <= answered.at)
    # No request of any page began for as long as Retry-After said; those on their way when it came are fine.
    assert max(later - earlier for earlier, later in pairwise(begun)) >= RETRY_AFTER - ARRIVAL


def test_what_is_not_modified_costs_no_body(days: Days) -> None:
    again = [each for each in days.next_day.asked if each.status == 304]
    assert len(again) > 10
    assert {each.body_bytes for each in again} == {0}
    new = {story.number for story in days.paper.stories if story.published > FIRST_DAY + 8 * HOUR}
    assert {story.number for path in days.next_day.bodies if (story := days.paper.find(path))} <= new


def test_every_story_of_the_days_is_stored_once(days: Days) -> None:
    out = {story.title() for story in days.paper.stories if story.published <= FIRST_DAY + 30 * HOUR}
    titles = [record.title for record in read_articles(days.database)]
    assert len(titles) == len(set(titles))
    assert set(titles) == out


def test_accounts_of_all_runs_are_in_the_store(days: Days) -> None:
    with Store(str(days.database), create=False) as store:
        accounts = [account for _, account in store.accounts("127.0.0.1", 9)]
    assert [account.new for account in accounts][-2:] == [0, 21]
    assert accounts[0].newest is not None
    assert [bool(account.alarms) for account in accounts] == [False] * 4


def test_lists_of_a_site_are_looked_at_as_often_as_its_profile_says(tmp_path: Path) -> None:
    profile = tmp_path / "sites.toml"
    with publish(Newspaper(make_stories(days=1, per_day=12))) as paper:
        profile.write_text(
            f'[lantern]\nurl = "{paper.address}/"\nsections = ["{paper.address}/sport/"]\n'
            f'feeds = ["{paper.address}/feed.xml"]\nrevisit = "4h"\n'
        )
        asked = []
        for wait in (0 * HOUR, 3 * HOUR, 5 * HOUR):
            start, paper.now = len(paper.asked), FIRST_DAY + wait
            run_scrapy(crawl_words(FAST, sites=profile), tmp_path / "news.db", clock=paper.now.isoformat())
            asked.append({each.path for each in paper.since(start)})
    lists = {"/sport/", "/feed.xml"}
    assert [lists & paths for paths in asked] == [lists, set(), lists]
    assert all("/" in paths for paths in asked)  # the front page is looked at in each run


def test_calendar_without_end_is_left_and_no_run_goes_on_with_it(tmp_path: Path) -> None:
    with publish(Newspaper(make_stories(days=1, per_day=12), calendar=True)) as paper:
        runs = [crawl(paper, tmp_path / "news.db", wait * HOUR) for wait in (0, 3, 30)]
    asked = [{each.path for each in run.asked if each.path.startswith("/calendar/")} for run in runs]
    assert 0 < len(set.union(*asked)) <= MOST_CALENDAR_PAGES
    titles = [record.title for record in read_articles(tmp_path / "news.db")]
    assert {story.title() for story in paper.out("home")} <= set(titles)


def test_edit_of_a_story_that_no_list_names_any_more_is_found(tmp_path: Path) -> None:
    stories = make_stories(days=1, per_day=13)
    stories[12].published, stories[12].edited = FIRST_DAY - HOUR / 2, FIRST_DAY + HOUR
    with publish(Newspaper(stories)) as paper:
        crawl(paper, tmp_path / "news.db", 0 * HOUR)
        stories[12].hidden_from = frozenset({"home", "section"})
        seen = crawl(paper, tmp_path / "news.db", 6 * HOUR)
    assert " 1 changed" in seen.line


def test_visitors_numbers_in_addresses_make_no_other_articles(tmp_path: Path) -> None:
    with publish(Newspaper(make_stories(days=1, per_day=12), visitor_numbers=True)) as paper:
        runs = [crawl(paper, tmp_path / "news.db", wait * HOUR) for wait in (0, 1 / 6, 6)]
    assert [record.version for record in read_articles(tmp_path / "news.db")] == [1] * 12
    assert runs[1].bodies == []
    assert "listed, all seen" in runs[1].line
    assert Counter(runs[2].bodies).total() <= 2  # what is due is asked for once
    assert [run.finished.returncode for run in runs] == [0, 0, 0]


def test_second_run_of_a_site_says_so_and_leaves(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with publish(Newspaper(make_stories(days=1, per_day=9))) as paper:
        slow = {**FAST, "DOWNLOAD_DELAY": 0.5, "CONCURRENT_REQUESTS_PER_DOMAIN": 1}
        with start_scrapy(crawl_words(slow, url=f"{paper.address}/"), database, tmp_path / "log") as first:
            wait_until(lambda: holds_records(database, "articles"), "the first run's articles")
            start = len(paper.asked)
            second = run_scrapy(crawl_words(FAST, url=f"{paper.address}/"), database)
            assert [each for each in paper.since(start) if each.path == "/"] == []
            first.kill()
        third = crawl(paper, database, 0 * HOUR)
    assert second.returncode == 5
    assert "127.0.0.1: another run is crawling it" in our_lines(second)[0]
    assert third.finished.returncode == 0


def test_source_that_goes_dark_is_named_and_changes_the_exit_code(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with publish(Newspaper(make_stories(days=1, per_day=12))) as paper:
        assert crawl(paper, database, 0 * HOUR).finished.returncode == 0
        paper.forbidden = True
        dark = crawl(paper, database, 2 * HOUR)
    assert dark.finished.returncode == 3
    assert "0 new: no page could be read, " in dark.line
    assert dark.line.endswith("dark: blocked: every page is a challenge to robots")
    assert select(database, "SELECT exit_code FROM runs ORDER BY id DESC LIMIT 1") == [(3,)]


def test_site_that_asks_to_wait_for_long_is_left_until_then(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    stories = make_stories(days=1, per_day=12)
    stories[5].busy_times, stories[5].retry_after = 1, "7200"
    with publish(Newspaper(stories)) as paper:
        first = crawl(paper, database, 0 * HOUR)
        soon = crawl(paper, database, HOUR)
        later = crawl(paper, database, 3 * HOUR)
    assert "asked us to wait 7200 s" in first.line
    (refused,) = [each for each in first.asked if each.status == 503]
    # What was on its way may come; what waited in the host's queue does not.
    assert len([each for each in first.asked if each.at > refused.until]) <= ON_ITS_WAY
    assert not any(paper.find(each.path) is stories[5] for each in soon.asked)
    assert any(paper.find(each.path) is stories[5] for each in later.asked)
    assert len(read_articles(database)) == 12


def test_clock_that_goes_backwards_loses_nothing_and_puts_nothing_off(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with publish(Newspaper(make_stories(days=1, per_day=12))) as paper:
        ahead = crawl(paper, database, 3650 * DAY)
        right = crawl(paper, database, 0 * HOUR)
        again = crawl(paper, database, HOUR)
    assert [run.finished.returncode for run in (ahead, right, again)] == [0, 0, 0]
    assert not any("Traceback" in run.finished.stderr for run in (ahead, right, again))
    out = {story.title() for story in paper.stories if story.published <= FIRST_DAY}
    assert out <= {record.title for record in read_articles(database)}
    assert len(read_articles(database)) == len(paper.stories)
    (latest,) = select(database, "SELECT max(due_at) FROM addresses WHERE fetched_at < '2027'")[0]
    assert str(latest) <= (FIRST_DAY + 8 * DAY).isoformat()
    assert select(database, "SELECT count(*) FROM addresses WHERE due_at > '2027' AND role != 'article'") == [(0,)]
    assert any(each.status in (200, 304) for each in again.asked)


def test_site_that_asks_to_wait_for_ever_is_asked_again_after_a_month(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    stories = make_stories(days=1, per_day=12)
    stories[5].busy_times, stories[5].retry_after = 1, "9" * 20
    with publish(Newspaper(stories)) as paper:
        first = crawl(paper, database, 0 * HOUR)
        later = crawl(paper, database, 31 * DAY)
    assert "Traceback" not in first.finished.stderr
    assert "asked us to wait 2592000 s" in first.line
    assert any(paper.find(each.path) is stories[5] for each in later.asked)


def test_dry_run_shows_what_would_be_fetched_and_touches_nothing(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with publish(Newspaper(make_stories(days=1, per_day=12))) as paper:
        dry = crawl(paper, database, 0 * HOUR, dry_run=1)
        assert list(tmp_path.iterdir()) == []
        crawl(paper, database, 0 * HOUR)
        before = database.read_bytes()
        again = crawl(paper, database, HOUR * 7, dry_run=1)
    assert "would fetch new article" in dry.finished.stdout
    assert "dry run: would fetch 12 new articles, 3 new sections; nothing was stored" in dry.finished.stdout
    assert len(dry.bodies) == 3
    assert "would fetch due article" in again.finished.stdout
    assert database.read_bytes() == before


def test_everything_is_fetched_again_where_revisits_are_off(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with publish(Newspaper(make_stories(days=1, per_day=12))) as paper:
        crawl(paper, database, 0 * HOUR)
        again = crawl(paper, database, HOUR / 4, "-s", "NEWSSPIDER_REVISIT=0")
    assert len(again.bodies) == 12
    assert "12 unchanged" in again.line


def test_max_pages_goes_to_what_is_new(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with publish(Newspaper(make_stories(days=1, per_day=12))) as paper:
        runs = [crawl(paper, database, wait * HOUR / 60, max_pages=8) for wait in range(3)]
    pages = [[each for each in run.asked if not each.path.endswith(".xml")] for run in runs]  # lists are not counted
    assert [len(asked) <= 8 for asked in pages] == [True] * 3
    assert len(read_articles(database)) == 12
