"""How far lists are followed."""

from collections.abc import Iterable

from newsspider.discovery.learned_links import LearnedLinks
from newsspider.discovery.links import Link, iter_links
from newsspider.discovery.trail import MAX_ALIKE_WITHOUT_NEWS, MAX_PAGES_WITHOUT_NEWS, Trail
from newsspider.pages.page import parse_page

SITE = "https://herald.example"


def links_of(html: str, path: str = "/") -> list[Link]:
    return list(iter_links(parse_page(f"<body><main>{html}</main></body>".encode(), f"{SITE}{path}")))


def counts_after(trail: Trail, pages: Iterable[tuple[str, str]], words: int = 0) -> list[int]:
    """Return the counts along a trail of pages, each an address and its HTML."""
    counts, pages_without_news = [], 0
    for path, html in pages:
        pages_without_news = trail.count_without_news(f"{SITE}{path}", links_of(html, path), pages_without_news, words)
        counts.append(pages_without_news)
    return counts


def test_paging_goes_on_as_long_as_a_page_lists_a_headline_that_was_not_seen() -> None:
    pages = [(f"/?page={n}", f'<a href="/s/{n}">Old ferry sails {"again " * n}today</a>') for n in range(1, 30)]
    assert counts_after(Trail(), pages) == [0] * 29


def test_same_headlines_again_end_it() -> None:
    page = '<a href="/s/1">Old ferry sails again today</a>'
    assert counts_after(Trail(), [(f"/?page={n}", page) for n in range(1, 5)]) == [0, 1, 2, 3]


def test_visitors_numbers_make_no_new_headlines() -> None:
    pages = [(f"/?v={n}", f'<a href="/s/ferry?v={n}">Old ferry sails again today</a>') for n in range(4)]
    assert counts_after(Trail(), pages) == [0, 1, 2, 3]


def test_what_happens_every_day_is_news_once() -> None:
    pages = [
        (f"/events/2026/03/{n}/", f'<a href="/events/2026/03/{n}/farmers-market-at-the-quay">Farmers market</a>')
        for n in range(10, 14)
    ]
    assert counts_after(Trail(), pages) == [0, 1, 2, 3]


def test_calendar_in_any_language_lists_no_headline() -> None:
    months = ["2026, 4", "April 2026", "Veranstaltungen im April 2026", "2026年4月", "All events in April 2026"]
    pages = [(f"/calendar/2026/{n:02}/", f'<a href="/calendar/2026/{n + 1:02}/">{m}</a>') for n, m in enumerate(months)]
    assert counts_after(Trail(), pages) == [1, 2, 3, 4, 5]


def test_query_of_months_is_a_calendar_too() -> None:
    pages = [(f"/events?month={n}", f'<a href="/events?month={n + 1}">All events in month {n}</a>') for n in range(4)]
    assert counts_after(Trail(), pages) == [1, 2, 3, 4]


def test_short_names_are_stories_where_the_site_has_taught_it() -> None:
    trail, learned_links = Trail(), LearnedLinks()
    gold = links_of('<a href="/markets/gold">Gold</a>')
    assert trail.count_without_news(f"{SITE}/markets", learned_links.judge(gold), 0, 0) == 1
    for name in ("oil", "tin", "zinc"):
        learned_links.learn(f"{SITE}/markets/{name}", "article")
    assert trail.choose(learned_links.judge(gold), MAX_PAGES_WITHOUT_NEWS) != []
    assert trail.count_without_news(f"{SITE}/markets", learned_links.judge(gold), 0, 0) == 0
    assert trail.count_without_news(f"{SITE}/markets", learned_links.judge(gold), 0, 0) == 1


def test_article_is_news_itself() -> None:
    assert counts_after(Trail(), [(f"/a/{n}", "") for n in range(3)], words=80) == [0, 0, 0]


def test_end_of_a_trail_leads_to_headlines_only() -> None:
    links = links_of('<a href="/sport/">Sport</a><a href="/s/1">Old ferry sails again today</a>')
    trail = Trail()
    assert trail.choose(links, MAX_PAGES_WITHOUT_NEWS - 1) == links
    assert [link.url for link in trail.choose(links, MAX_PAGES_WITHOUT_NEWS)] == [f"{SITE}/s/1"]


def test_lists_that_look_like_many_without_news_are_left_wherever_they_are_linked() -> None:
    trail = Trail()
    topics = links_of('<a href="/topic/harbour">Harbour</a><a href="/sport/">Sport</a>')
    for number in range(MAX_ALIKE_WITHOUT_NEWS):
        assert trail.choose(topics, 0) == topics
        name = chr(97 + number)
        trail.count_without_news(f"{SITE}/topic/{name}", [], 0, 0)
    assert [link.url for link in trail.choose(topics, 0)] == [f"{SITE}/sport/"]
    news = links_of('<a href="/s/1">Old ferry sails again today</a>')
    trail.count_without_news(f"{SITE}/topic/ferry", news, 0, 0)
    assert trail.choose(topics, 0) == topics


def test_article_among_lists_without_news_is_followed() -> None:
    trail = Trail()
    for number in range(MAX_ALIKE_WITHOUT_NEWS):
        trail.count_without_news(f"{SITE}/topic/{chr(97 + number)}", [], 0, 0)
    links = links_of('<a href="/topic/ferry">Old ferry sails again today</a>')
    assert trail.choose(links, 0) == links
