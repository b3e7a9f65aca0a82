"""What is followed of a start, a page and a list."""

from datetime import date, timedelta

import pytest

from newsspider.discovery.backfill import Period, Selection
from newsspider.discovery.empty_pages import EmptyPages
from newsspider.discovery.learned_links import LearnedLinks
from newsspider.discovery.links import iter_links
from newsspider.discovery.listings import Entry, Listing
from newsspider.discovery.next_requests import (
    LIST_PRIORITY,
    PRIORITIES,
    SITEMAP_PRIORITY,
    UNDATED_PRIORITY,
    Follower,
    ListPage,
    Wanted,
)
from newsspider.pages.page import parse_page
from newsspider.pages.raw_page import EntryHint
from newsspider.record import ArticleRecord
from newsspider.revisiting.page_states import Role
from newsspider.sites.profile import Site

SEED = "https://herald.example/"
STORY = f"{SEED}2026/03/24/old-ferry-sails-again"
PAGE = f'<body><main><a href="{STORY}">Old ferry sails again today</a> <a href="/harbour/">Harbour</a></main></body>'
FRONT = ListPage(SEED, "seed", SEED, is_front=True)
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def follower(period: Period = Period(), **profile: object) -> Follower:  # noqa: B008  # frozen
    site = Site.model_validate({"url": SEED, **profile})
    return Follower({site.domain: site}, Selection(period), EmptyPages(), LearnedLinks())


def links_of(chosen: Follower, before: int = 0) -> list[tuple[str, str]]:
    links = list(iter_links(parse_page(PAGE.encode(), SEED)))
    return [(wanted.url, wanted.role) for wanted in chosen.iter_links(SEED, links, 0, before, SEED)]


def test_start_is_the_front_page_the_sections_and_the_lists_of_the_profile() -> None:
    site = Site(url=SEED, sections=(f"{SEED}harbour/",), feeds=(f"{SEED}f.xml",), sitemaps=(f"{SEED}s.xml",))
    assert list(follower().iter_start(site)) == [
        Wanted(SEED, "seed", SEED),
        Wanted(f"{SEED}harbour/", "seed", f"{SEED}harbour/"),
        Wanted(f"{SEED}f.xml", "feed", SEED, LIST_PRIORITY),
        Wanted(f"{SEED}s.xml", "sitemap", SEED, LIST_PRIORITY),
    ]


def test_sections_that_have_an_interval_of_their_own_are_no_seeds() -> None:
    site = Site(url=SEED, sections=(f"{SEED}harbour/",), revisit=timedelta(hours=6))
    assert [wanted.role for wanted in follower().iter_start(site)] == ["seed", "section"]


def test_parts_of_an_article_come_before_the_next_article() -> None:
    record = ArticleRecord(url=STORY, kind="article", pages=(STORY, f"{STORY}/2"))
    (part,) = follower().iter_parts(record, SEED)
    assert (part.url, part.role) == (f"{STORY}/2", "article")
    assert part.priority > PRIORITIES["article"]


def test_front_page_without_feeds_gives_the_usual_ones_and_the_sitemaps_of_robots() -> None:
    lists = {wanted.url: wanted.guessed for wanted in follower().iter_lists(FRONT, (), (f"{SEED}news.xml",))}
    assert (lists[f"{SEED}news.xml"], lists[f"{SEED}feed/"]) == (False, True)
    assert f"{SEED}sitemap.xml" not in lists


def test_front_page_with_feeds_gives_those_and_none_of_another_site() -> None:
    feeds = (f"{SEED}rss/top", "https://other.example/rss")
    lists = list(follower(sitemaps=(f"{SEED}s.xml",)).iter_lists(FRONT, feeds, ()))
    assert [(wanted.url, wanted.is_listed) for wanted in lists] == [(f"{SEED}rss/top", True)]


def test_lists_that_lie_elsewhere_alone_are_no_reason_not_to_look_at_the_usual_places() -> None:
    lists = follower().iter_lists(FRONT, ("https://feeds.example/herald",), ("https://cdn.example/map.xml",))
    assert {f"{SEED}feed/", f"{SEED}sitemap.xml"} < {wanted.url for wanted in lists}


def test_front_page_that_leads_on_gives_the_usual_lists_of_where_it_leads() -> None:
    front = ListPage("https://www.herald.example/en/", "seed", SEED, is_front=True)
    assert "https://www.herald.example/rss.xml" in {wanted.url for wanted in follower().iter_lists(front, (), ())}


def test_what_an_earlier_run_found_is_wanted_by_profile_and_period() -> None:
    asked: list[tuple[str, Role]] = [
        (STORY, "article"),
        (f"{SEED}2025/01/02/x", "article"),
        (f"{SEED}ferry", "article"),
        (f"{SEED}f.xml", "feed"),
    ]
    assert [follower(MARCH).is_wanted(url, role, SEED) for url, role in asked] == [True, False, True, True]
    assert [follower(exclude=["/2026/"]).is_wanted(url, role, SEED) for url, role in asked] == [False, True, True, True]


def test_section_gives_the_feed_that_it_names_and_no_sitemap() -> None:
    section = ListPage(f"{SEED}harbour/", "section", SEED, is_front=False)
    lists = follower().iter_lists(section, (f"{SEED}harbour/rss",), (f"{SEED}news.xml",))
    assert [wanted.url for wanted in lists] == [f"{SEED}harbour/rss"]


def test_article_gives_no_lists() -> None:
    article = ListPage(STORY, "article", SEED, is_front=False)
    assert list(follower().iter_lists(article, (f"{STORY}/comments/feed",), ())) == []


def test_articles_and_sections_of_a_page_are_followed() -> None:
    assert links_of(follower()) == [(STORY, "article"), (f"{SEED}harbour/", "section")]


def test_profile_says_what_is_not_followed() -> None:
    assert links_of(follower(discover=False)) == [(STORY, "article")]
    assert links_of(follower(exclude=["/harbour/"])) == [(STORY, "article")]
    assert links_of(follower(include=["/2025/"])) == [(f"{SEED}harbour/", "section")]


def test_backfill_follows_what_lies_in_its_period() -> None:
    assert links_of(follower(MARCH)) == [(STORY, "article"), (f"{SEED}harbour/", "section")]
    assert links_of(follower(Period(until=date(2026, 2, 28)))) == [(f"{SEED}harbour/", "section")]


def test_list_gives_articles_of_its_own_site_with_what_it_says_of_them() -> None:
    hint = EntryHint(origin="feed", title="Old ferry sails again", published="2026-03-24T09:30:00Z")
    pages = (Entry(STORY, hint, modified="2026-03-24T10:00:00Z"), Entry("https://other.example/2026/03/24/x", hint))
    (wanted,) = follower().iter_entries(Listing("feed", pages), SEED)
    assert (wanted.url, wanted.role, wanted.entry, wanted.seed) == (STORY, "article", hint, SEED)
    assert wanted.modified == "2026-03-24T10:00:00+00:00"


def test_backfill_takes_a_list_newest_first_and_what_has_no_date_last() -> None:
    pages = (
        Entry(f"{SEED}story-of-the-old-ferry-1"),
        *(Entry(f"{SEED}2026/03/{day}/ferry-news-today") for day in "19"),
    )
    wanted = list(follower(MARCH).iter_entries(Listing("sitemap", pages), SEED))
    assert [each.url.removeprefix(SEED) for each in wanted] == [
        "2026/03/9/ferry-news-today",
        "2026/03/1/ferry-news-today",
        "story-of-the-old-ferry-1",
    ]
    assert [each.priority == UNDATED_PRIORITY for each in wanted] == [False, False, True]


def test_news_sitemap_of_an_index_comes_first_and_one_out_of_the_period_not_at_all() -> None:
    maps = tuple(Entry(f"{SEED}{name}.xml") for name in ("sitemap-2026-03", "sitemap-2025-01", "news-sitemap"))
    wanted = list(follower(MARCH).iter_entries(Listing("index", sitemaps=maps), SEED))
    assert [(each.url.removeprefix(SEED), each.priority) for each in wanted] == [
        ("sitemap-2026-03.xml", SITEMAP_PRIORITY),
        ("news-sitemap.xml", LIST_PRIORITY),
    ]


@pytest.mark.parametrize(
    ("url", "is_wanted"),
    [("http://127.0.0.1:9/a", True), ("http://127.0.0.1:8000/a", False), ("https://herald.example:8080/a", True)],
)
def test_what_another_server_on_the_machine_listed_is_not_wanted(url: str, is_wanted: bool) -> None:
    sites = {site.domain: site for site in (Site(url="http://127.0.0.1:9/"), Site(url=SEED))}
    chosen = Follower(sites, Selection(Period()), EmptyPages(), LearnedLinks())
    assert chosen.is_wanted(url, "article", "http://127.0.0.1:9/") is is_wanted
