"""How far lists are followed."""

from collections.abc import Iterable

from newsspider.discovery.empty_pages import MAX_EMPTY_ALIKE, MAX_EMPTY_PAGES, EmptyPages
from newsspider.discovery.learned_links import LearnedLinks
from newsspider.discovery.links import Link, iter_links
from newsspider.pages.page import parse_page

SITE = "https://herald.example"


def links_of(html: str, path: str = "/") -> list[Link]:
    return list(iter_links(parse_page(f"<body><main>{html}</main></body>".encode(), f"{SITE}{path}")))


def empty_pages_after(pages_seen: EmptyPages, pages: Iterable[tuple[str, str]], words: int = 0) -> list[int]:
    """Return the counts along a pages_seen of pages, each an address and its HTML."""
    counts, empty = [], 0
    for path, html in pages:
        empty = pages_seen.count_empty(f"{SITE}{path}", links_of(html, path), empty, words)
        counts.append(empty)
    return counts


def test_paging_goes_on_as_long_as_a_page_lists_a_headline_that_was_not_seen() -> None:
    pages = [(f"/?page={n}", f'<a href="/s/{n}">Old ferry sails {"again " * n}today</a>') for n in range(1, 30)]
    assert empty_pages_after(EmptyPages(), pages) == [0] * 29


def test_same_headlines_again_end_it() -> None:
    page = '<a href="/s/1">Old ferry sails again today</a>'
    assert empty_pages_after(EmptyPages(), [(f"/?page={n}", page) for n in range(1, 5)]) == [0, 1, 2, 3]


def test_visitors_numbers_make_no_new_headlines() -> None:
    pages = [(f"/?v={n}", f'<a href="/s/ferry?v={n}">Old ferry sails again today</a>') for n in range(4)]
    assert empty_pages_after(EmptyPages(), pages) == [0, 1, 2, 3]


def test_what_happens_every_day_is_news_once() -> None:
    pages = [
        (f"/events/2026/03/{n}/", f'<a href="/events/2026/03/{n}/farmers-market-at-the-quay">Farmers market</a>')
        for n in range(10, 14)
    ]
    assert empty_pages_after(EmptyPages(), pages) == [0, 1, 2, 3]


def test_calendar_in_any_language_lists_no_headline() -> None:
    months = ["2026, 4", "April 2026", "Veranstaltungen im April 2026", "2026年4月", "All events in April 2026"]
    pages = [(f"/calendar/2026/{n:02}/", f'<a href="/calendar/2026/{n + 1:02}/">{m}</a>') for n, m in enumerate(months)]
    assert empty_pages_after(EmptyPages(), pages) == [1, 2, 3, 4, 5]


def test_query_of_months_is_a_calendar_too() -> None:
    pages = [(f"/events?month={n}", f'<a href="/events?month={n + 1}">All events in month {n}</a>') for n in range(4)]
    assert empty_pages_after(EmptyPages(), pages) == [1, 2, 3, 4]


def test_short_names_are_stories_where_the_site_has_taught_it() -> None:
    pages_seen, learned = EmptyPages(), LearnedLinks()
    gold = links_of('<a href="/markets/gold">Gold</a>')
    assert pages_seen.count_empty(f"{SITE}/markets", learned.judge(gold), 0, 0) == 1
    for name in ("oil", "tin", "zinc"):
        learned.learn(f"{SITE}/markets/{name}", "article")
    assert pages_seen.choose(learned.judge(gold), MAX_EMPTY_PAGES) != []
    assert pages_seen.count_empty(f"{SITE}/markets", learned.judge(gold), 0, 0) == 0
    assert pages_seen.count_empty(f"{SITE}/markets", learned.judge(gold), 0, 0) == 1


def test_article_is_no_empty_page() -> None:
    assert empty_pages_after(EmptyPages(), [(f"/a/{n}", "") for n in range(3)], words=80) == [0, 0, 0]


def test_behind_too_many_empty_pages_only_headlines_are_followed() -> None:
    links = links_of('<a href="/sport/">Sport</a><a href="/s/1">Old ferry sails again today</a>')
    pages_seen = EmptyPages()
    assert pages_seen.choose(links, MAX_EMPTY_PAGES - 1) == links
    assert [link.url for link in pages_seen.choose(links, MAX_EMPTY_PAGES)] == [f"{SITE}/s/1"]


def test_lists_that_look_like_many_empty_ones_are_left_wherever_they_are_linked() -> None:
    pages_seen = EmptyPages()
    topics = links_of('<a href="/topic/harbour">Harbour</a><a href="/sport/">Sport</a>')
    for number in range(MAX_EMPTY_ALIKE):
        assert pages_seen.choose(topics, 0) == topics
        name = chr(97 + number)
        pages_seen.count_empty(f"{SITE}/topic/{name}", [], 0, 0)
    assert [link.url for link in pages_seen.choose(topics, 0)] == [f"{SITE}/sport/"]
    news = links_of('<a href="/s/1">Old ferry sails again today</a>')
    pages_seen.count_empty(f"{SITE}/topic/ferry", news, 0, 0)
    assert pages_seen.choose(topics, 0) == topics


def test_article_among_empty_lists_is_followed() -> None:
    pages_seen = EmptyPages()
    for number in range(MAX_EMPTY_ALIKE):
        pages_seen.count_empty(f"{SITE}/topic/{chr(97 + number)}", [], 0, 0)
    links = links_of('<a href="/topic/ferry">Old ferry sails again today</a>')
    assert pages_seen.choose(links, 0) == links
