"""Lists that fail, come back or lie elsewhere, and runs that want other things of the same lists."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from shutil import copyfile

import pytest

from tests.crawls import FAST, crawl_words, our_lines, read_articles, read_quarantine, run_scrapy, select
from tests.newspaper import FIRST_DAY, Answer, Newspaper, Story, make_stories, publish
from tests.programs import Finished

pytestmark = pytest.mark.processes

DAY = timedelta(days=1)
GONE: Answer = (404, {}, "<h1>Not found</h1>")
NO_LIST: Answer = (200, {}, "<html><body><h1>Welcome</h1><p>Our feed has moved.</p></body></html>")
SILENT_ROBOTS: Answer = (200, {"Content-Type": "text/plain"}, "User-agent: *\nDisallow:\n")
NO_LINKS: Answer = (200, {}, "<html><body><h1>The Lantern</h1></body></html>")


def redirect(path: str) -> Answer:
    return 302, {"Location": path}, ""


def paper_of_a_day(**changes: object) -> Newspaper:
    return replace(Newspaper(make_stories(1, 6), now=FIRST_DAY), **changes)  # type: ignore[arg-type]


def crawl(paper: Newspaper, database: Path, at: timedelta = timedelta(), *extra: str, **arguments: object) -> Finished:
    """Crawl the newspaper so long after its first day began."""
    paper.now = FIRST_DAY + at
    given = arguments if "sites" in arguments else {"url": f"{paper.address}/", **arguments}
    return run_scrapy([*crawl_words(FAST, **given), *extra], database, clock=paper.now.isoformat())


def write_profile(folder: Path, paper: Newspaper, lines: str) -> Path:
    path = folder / "sites.toml"
    path.write_text(f'[lantern]\nurl = "{paper.address}/"\n{lines}\n', encoding="utf-8")
    return path


def titles(database: Path) -> set[str | None]:
    return {record.title for record in read_articles(database)}


def test_feed_of_the_profile_that_was_gone_is_read_again_when_it_is_back(tmp_path: Path) -> None:
    paper = paper_of_a_day(instead={"/feed.xml": GONE})
    story = paper.stories[3]
    story.hidden_from = frozenset({"home", "section", "sitemap", "news-sitemap"})
    with publish(paper):
        sites = write_profile(tmp_path, paper, f'feeds = ["{paper.address}/feed.xml"]\ndiscover = false')
        codes = [crawl(paper, tmp_path / "news.db", days * 1.1 * DAY, sites=sites).returncode for days in (0, 1)]
        paper.instead.clear()
        crawl(paper, tmp_path / "news.db", 4 * DAY, sites=sites)
    assert codes == [1, 1]
    assert story.title() in titles(tmp_path / "news.db")


def test_backfill_reads_lists_that_were_read_for_another_period(tmp_path: Path) -> None:
    paper = Newspaper(make_stories(4, 6))
    with publish(paper):
        crawl(paper, tmp_path / "news.db", 3 * DAY, since="2026-03-12")
        crawl(paper, tmp_path / "news.db", 3 * DAY + timedelta(minutes=10), since="2026-03-10", until="2026-03-10")
    wanted = {story.title() for story in paper.stories if story.published.day in (10, 12)}
    assert wanted
    assert titles(tmp_path / "news.db") >= wanted


def test_what_an_earlier_run_left_is_fetched_only_where_the_profile_wants_it(tmp_path: Path) -> None:
    paper = paper_of_a_day()
    with publish(paper):
        crawl(paper, tmp_path / "news.db", max_pages=2)
        sites = write_profile(tmp_path, paper, "exclude = ['/harbour/2']")
        start = len(paper.asked)
        crawl(paper, tmp_path / "news.db", timedelta(hours=1), sites=sites)
    fetched = paper.bodies(start)
    assert fetched
    assert not [path for path in fetched if path.startswith("/harbour/2")]


def test_backfill_of_days_without_news_is_no_alarm_and_says_what_was_listed(tmp_path: Path) -> None:
    paper = Newspaper(make_stories(6, 6))
    with publish(paper):
        codes = [crawl(paper, tmp_path / "news.db", days * DAY).returncode for days in range(4)]
        backfill = crawl(paper, tmp_path / "news.db", 5 * DAY, since="2025-01-01", until="2025-01-31")
    assert (codes, backfill.returncode) == ([0] * 4, 0), backfill.stderr
    line = our_lines(backfill)[0]
    assert "listed, none of them wanted" in line
    assert "backfill of 2025-01-01 to 2025-01-31: 0 addresses inside" in line


def test_feed_that_a_page_names_and_that_is_none_is_told_wherever_it_lies(tmp_path: Path) -> None:
    with publish(paper_of_a_day(instead={"/feed.xml": NO_LIST})) as paper:
        finished = crawl(paper, tmp_path / "news.db")
    assert finished.returncode == 1
    assert [record.reason for record in read_quarantine(tmp_path / "news.db") if record.kind == "failed"] == [
        "unreadable feed: an HTML page, neither a feed nor a sitemap"
    ]


def test_list_that_nothing_names_may_lead_to_nothing(tmp_path: Path) -> None:
    instead = {"/robots.txt": SILENT_ROBOTS, "/sitemap.xml": redirect("/nowhere"), "/sitemap_index.xml": redirect("/")}
    with publish(paper_of_a_day(instead=instead)) as paper:
        finished = crawl(paper, tmp_path / "news.db")
        assert "/nowhere" in {each.path for each in paper.asked}
    assert (finished.returncode, our_lines(finished)) == (0, our_lines(finished)), finished.stderr
    assert "failed" not in our_lines(finished)[0]


def test_site_that_hides_its_front_page_is_read_by_the_sitemap_of_its_robots_txt(tmp_path: Path) -> None:
    with publish(paper_of_a_day(instead={"/": (403, {}, "<h1>Forbidden</h1>")})) as paper:
        crawl(paper, tmp_path / "news.db")
    assert titles(tmp_path / "news.db") == {story.title() for story in paper.stories}


def test_usual_lists_are_asked_for_where_the_front_page_leads_on(tmp_path: Path) -> None:
    instead = {"/robots.txt": SILENT_ROBOTS, "/": redirect("/en/"), "/en/": NO_LINKS}
    with publish(paper_of_a_day(instead=instead)) as paper:
        crawl(paper, tmp_path / "news.db")
    assert titles(tmp_path / "news.db") >= {story.title() for story in paper.stories}


def test_dry_run_removes_keeps_and_migrates_nothing(tmp_path: Path) -> None:
    paper, empty, old = paper_of_a_day(), tmp_path / "empty.db", tmp_path / "old.db"
    empty.touch()
    extra = ("-s", "NEWSSPIDER_RETENTION=1d", "-s", f"NEWSSPIDER_WARC={tmp_path / 'warc'}")
    with publish(paper):
        crawl(paper, tmp_path / "news.db")
        crawl(paper, tmp_path / "news.db", 90 * DAY, *extra, dry_run=1)
        crawl(paper, empty, 90 * DAY, *extra, dry_run=1)
        copyfile(tmp_path / "news.db", old)
        with closing(sqlite3.connect(old)) as connection, connection:
            connection.execute("UPDATE schema_version SET version = 1")
        finished = crawl(paper, old, 90 * DAY, *extra, dry_run=1)
    assert len(titles(tmp_path / "news.db")) == len(paper.stories)
    assert not (tmp_path / "warc").exists()
    assert empty.stat().st_size == 0
    assert "everything counts as new" in finished.stderr
    assert select(old, "SELECT version FROM schema_version") == [(1,)]


def test_article_without_a_date_is_as_old_as_when_it_was_found(tmp_path: Path) -> None:
    def undated(story: Story) -> Answer:
        text = "".join(f"<p>{paragraph}</p>" for paragraph in story.paragraphs(FIRST_DAY))
        return 200, {}, f"<html><body><article><h1>{story.title()}</h1>{text}</article></body></html>"

    paper = Newspaper(make_stories(1, 6), now=FIRST_DAY)
    paper.instead = {story.path(FIRST_DAY).replace("/2026/03/", "/"): undated(story) for story in paper.stories}
    links = "".join(f'<a href="{path}">Old ferry sails again today</a>' for path in paper.instead)
    paper.instead["/"] = (200, {}, f"<html><body><main>{links}</main></body></html>")
    paper.instead["/robots.txt"] = SILENT_ROBOTS
    paper.instead |= dict.fromkeys(("/feed.xml", "/sitemap.xml", "/news-sitemap.xml"), GONE)
    with publish(paper):
        crawl(paper, tmp_path / "news.db")
        second = crawl(paper, tmp_path / "news.db", 7.5 * DAY)  # the first run may take a while
    assert "newest 7 d old" in our_lines(second)[0], second.stderr
