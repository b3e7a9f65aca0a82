"""What a crawl finds of a newspaper, through each of its lists alone, and how far it goes."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from fixtures.serve import serve_site
from newsspider.discovery.empty_pages import MAX_EMPTY_ALIKE, MAX_EMPTY_PAGES
from tests.commands.test_crawl import STORIES
from tests.crawls import FAST, crawl_words, page_path, read_articles, read_quarantine, run_scrapy, select
from tests.newspaper import FIRST_DAY, Newspaper, Story, make_stories, publish
from tests.programs import Finished

pytestmark = pytest.mark.processes

LISTS = frozenset({"home", "section", "feed", "news-sitemap", "sitemap"})


def small_paper(**changes: object) -> Newspaper:
    """Return a newspaper of a day's eighteen stories, all on its home page."""
    return replace(Newspaper(make_stories(1, 18), now=FIRST_DAY), **changes)  # type: ignore[arg-type]


def hide(story: Story, *, named_by: str) -> Story:
    """Take a story off all lists but one."""
    story.hidden_from = LISTS - {named_by}
    return story


def crawl(paper: Newspaper, database: Path, **arguments: object) -> Finished:
    return run_scrapy(crawl_words(FAST, url=f"{paper.address}/", **arguments), database)


@pytest.mark.parametrize(
    ("named_by", "provenance"),
    [("feed", "feed"), ("news-sitemap", "news-sitemap"), ("sitemap", None), ("section", None), ("home", None)],
)
def test_article_that_one_list_alone_names_is_found(tmp_path: Path, named_by: str, provenance: str | None) -> None:
    paper = small_paper()
    story = hide(paper.stories[5], named_by=named_by)
    with publish(paper):
        finished = crawl(paper, tmp_path / "news.db")
    found = {record.title: record for record in read_articles(tmp_path / "news.db")}
    assert story.title() in found, finished.stderr
    assert set(found) == {each.title() for each in paper.stories}
    assert len(found) == len(paper.stories)
    if provenance:  # the page is silent about what only its list says
        assert provenance in found[story.title()].provenance.values()


def test_what_robots_txt_says_when_it_fails_is_said_and_nothing_is_fetched(tmp_path: Path) -> None:
    with publish(small_paper(robots_status=503)) as paper:
        finished = crawl(paper, tmp_path / "news.db")
        assert {each.path for each in paper.asked} == {"/robots.txt"}
    (record,) = read_quarantine(tmp_path / "news.db")
    assert record.reason == "HTTP 503: robots.txt answered 503, so that nothing may be fetched (RFC 9309)"
    assert finished.returncode == 3


def test_calendar_without_end_is_left_after_a_few_pages(tmp_path: Path) -> None:
    with publish(small_paper(calendar=True)) as paper:
        crawl(paper, tmp_path / "news.db")
        months = {each.path for each in paper.asked if each.path.startswith("/calendar/")}
    assert 1 <= len(months) <= 2 * (MAX_EMPTY_PAGES + 1)
    assert {story.title() for story in paper.stories} <= {
        record.title for record in read_articles(tmp_path / "news.db")
    }


def test_topics_that_list_what_is_known_are_left_after_a_few(tmp_path: Path) -> None:
    gentle = {**FAST, "DOWNLOAD_DELAY": 0.1}  # a page is read before the next: what is on its way can't be held back
    with publish(small_paper(topics=12)) as paper:
        words = crawl_words(gentle, url=f"{paper.address}/")
        runs = [run_scrapy(words, tmp_path / "news.db")]
        topics = {each.path for each in paper.asked if each.path.startswith("/topic/")}
        runs.append(run_scrapy(words, tmp_path / "news.db"))
        assert {each.path for each in paper.asked if each.path.startswith("/topic/")} == topics
    assert MAX_EMPTY_ALIKE <= len(topics) < 12 * len(paper.stories) / 2
    assert len(read_articles(tmp_path / "news.db")) == len(paper.stories)
    assert [run.returncode for run in runs] == [0, 0]


def test_articles_whose_addresses_look_like_sections_are_all_found_and_learnt(tmp_path: Path) -> None:
    paper = small_paper()
    for story in paper.stories:
        story.terse = True
        hide(story, named_by="section")
    late = paper.stories[-1]
    late.published = FIRST_DAY + timedelta(minutes=5)
    with publish(paper):
        words = crawl_words(FAST, url=f"{paper.address}/")
        run_scrapy(words, tmp_path / "news.db", clock=paper.now.isoformat())
        first = {record.title for record in read_articles(tmp_path / "news.db")}
        counts = "SELECT pages, articles FROM shapes WHERE shape = '*/w/w'"
        assert select(tmp_path / "news.db", counts) == [(17, 17)]
        paper.now = FIRST_DAY + timedelta(hours=2)
        finished = run_scrapy(words, tmp_path / "news.db", clock=paper.now.isoformat())
    assert first >= {story.title() for story in paper.stories if story is not late}
    assert late.title() not in first
    assert late.title() in {record.title for record in read_articles(tmp_path / "news.db")}, finished.stderr


def test_sections_whose_addresses_look_like_articles_are_looked_at_as_sections(tmp_path: Path) -> None:
    paper = small_paper(slugged_lists=("/war-in-the-north-latest-news/", "/storm-and-flood-latest-news/"))
    with publish(paper):
        crawl(paper, tmp_path / "news.db")
    roles = select(tmp_path / "news.db", "SELECT role, kind FROM addresses WHERE address LIKE '%latest-news/'")
    assert roles == [("section", "index")] * 2
    assert len(read_articles(tmp_path / "news.db")) == len(paper.stories)


def test_visitors_numbers_are_learnt_within_a_run(tmp_path: Path) -> None:
    paper = Newspaper(make_stories(5, 18), now=FIRST_DAY + timedelta(days=4), visitor_numbers=True)
    # Each page is read before the next one is asked for: a run can't learn from pages that are on their way.
    in_turn = {**FAST, "CONCURRENT_REQUESTS": 1, "SCRAPER_SLOT_MAX_ACTIVE_SIZE": 1}
    with publish(paper):
        run_scrapy(crawl_words(in_turn, url=f"{paper.address}/", max_depth=3), tmp_path / "news.db")
        fetched = [story.number for path in paper.bodies(0) if (story := paper.find(path.partition("?")[0]))]
    assert set(fetched) == {story.number for story in paper.stories}
    # A run that learns nothing reads each story twice. How many are asked for before the first stories are stored
    # depends on the machine.
    assert len(fetched) < 2 * len(set(fetched))
    left = "SELECT address FROM addresses WHERE address LIKE '%visitor=%' AND fetched_at IS NULL"
    assert select(tmp_path / "news.db", left) == []  # they are other names of pages, and not asked for in the next run
    assert len(read_articles(tmp_path / "news.db")) == len(paper.stories)


def test_second_run_asks_for_what_is_new_only_and_finds_it_in_the_feed(tmp_path: Path) -> None:
    paper = Newspaper(make_stories(2, 18), now=FIRST_DAY)
    with publish(paper):
        crawl(paper, tmp_path / "news.db")
        asked = len(paper.asked)
        late = hide(paper.out("home")[0], named_by="feed")
        late.published = paper.now = FIRST_DAY + timedelta(minutes=5)
        late.number += 5000
        crawl(paper, tmp_path / "news.db")
    assert paper.bodies(asked) == [late.path(paper.now)]


def test_backfill_fetches_the_period_alone_and_says_what_it_left(tmp_path: Path) -> None:
    paper = Newspaper(make_stories(6, 6), now=FIRST_DAY + timedelta(days=5))
    with publish(paper):
        finished = crawl(paper, tmp_path / "news.db", since="2026-03-10", until="2026-03-11")
        fetched = {story.number for path in paper.bodies(0) if (story := paper.find(path))}
        sitemaps = {each.path for each in paper.asked if each.path.startswith("/sitemaps/")}
    wanted = [story for story in paper.stories if str(story.published.date()) in ("2026-03-10", "2026-03-11")]
    assert fetched == {story.number for story in wanted}
    assert sitemaps == {"/sitemaps/2026-03-10.xml", "/sitemaps/2026-03-11.xml"}
    assert f"{len(wanted)} addresses inside, {len(paper.stories) - len(wanted)} outside" in finished.stderr


def test_article_that_turns_out_to_be_of_another_day_waits_for_a_crawl_that_wants_it(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    words = {"since": "2026-03-01", "until": "2026-03-10"}
    with serve_site() as server:
        for _ in range(2):
            run_scrapy(crawl_words(FAST, url=f"{server.address}/", **words), database)
        days = sorted(record.published or "" for record in read_articles(database))
        asked = Counter(request.path for request in server.requests)
        run_scrapy(crawl_words(FAST, url=f"{server.address}/"), database)
        every = read_articles(database)
    assert days
    assert (days[0][:10] >= "2026-03-01", days[-1][:10] <= "2026-03-10") == (True, True)
    assert {path: number for path, number in asked.items() if number > 1 and "/20" in path} == {}
    assert {page_path(record) for record in every} == STORIES
