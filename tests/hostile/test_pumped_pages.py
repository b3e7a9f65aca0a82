"""Pumped pages and feeds: no field finder takes time that grows faster than a text in the page.

Judged is processor time, the least of several runs, and only where it is far above what a clock can't tell.
"""

import json
from contextlib import suppress
from dataclasses import replace
from functools import partial
from html import escape
from typing import Any

import pytest

from newsspider.discovery.list_reading import read_listing
from newsspider.errors import PageError
from newsspider.extraction.article import extract_article
from newsspider.pages.page import parse_page
from newsspider.pages.raw_page import EntryHint
from tests.pumps import TINY, Scale, is_linear

OF_PAGES = Scale(500, 8_000, 0.06, 2.0)  # a page takes 6 ms by itself, one with a long text 10 ms
P = "The harbour board voted on Friday to reopen the old ferry line after a long winter of talks about money. " * 3
PAGE = """<html lang="en"><head><title>{title}</title>{head}</head><body><article><h1>{h1}</h1>{top}<p>{P}</p><p>{P}</p>
{body}</article></body></html>"""
JSON_LD = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry", "%s": %s}</script>'
META = '<meta name="{}" content="{{}}">'
# Where a page has a text that fields are read from: what of the page it is in, and the markup around it.
PLACES: dict[str, tuple[str, str]] = {
    "title": ("title", "{}"),
    "headline": ("h1", "{}"),
    "heading": ("body", "<h2>{}</h2>"),
    "line": ("top", "<p>{}</p>"),
    "byline": ("top", "<p class=byline>By {}</p>"),
    "author's link": ("top", '<a rel=author href="/author/{}">{}</a>'),
    "date": ("top", '<time class=date datetime="{}">24 March 2026 {}</time>'),
    "class": ("top", '<p class="{}" id="{}">By Ann Lee, 24 March 2026</p>'),
    "label": ("top", "<span class=kicker>{}</span>"),
    "breadcrumb": ("top", "<div class=breadcrumb>Home {}</div>"),
    "figure": ("body", '<figure><img src="/a.jpg?{}" alt="{}"><figcaption>{}</figcaption></figure>'),
    "paragraph": ("body", "<p>{}</p>"),
    "signature": ("body", "<p><em>{}</em></p>"),
    "link": ("body", '<p><a href="/{}">{}</a></p>'),
    "item": ("body", "<ul><li>{}</ul>"),
    "table": ("body", "<table><tr><td>{}<td>{}</table>"),
    "code": ("body", "<pre>{}</pre>"),
    "footer": ("body", "</article><footer>\N{COPYRIGHT SIGN} 2026 {}</footer>"),
    "microdata": ("top", "<div itemscope itemtype='https://schema.org/Article'><b itemprop=author>{}</b></div>"),
    "script": ("head", "<script>window.__STATE__ = {}</script>"),
    "broken JSON-LD": ("head", "<script type='application/ld+json'>{}</script>"),
    "comment": ("head", "<!-- {} -->"),
    "name of a meta element": ("head", '<meta name="{}" content="2026-03-24">'),
    **{
        name: ("head", META.format(name))
        for name in (
            "author",
            "og:title",
            "article:section",
            "keywords",
            "date",
            "copyright",
            "og:image",
            "description",
        )
    },
}
# Properties of JSON-LD with a text in them, as JSON.
PROPERTIES = {
    "author": '{"@type": "Person", "name": %s}',
    "creator": "%s",
    "headline": "%s",
    "datePublished": "%s",
    "keywords": "%s",
    "articleSection": "%s",
    "articleBody": "%s",
    "publisher": '{"name": %s}',
    "copyrightNotice": "%s",
    "image": '{"url": "https://herald.example/a.jpg", "caption": %s}',
}
UNITS = (
    *"( a a+ a_ 1 1. / [ < & @ \\ \u0660".split(),
    *("a ", "1 ", "  \t", "\n", ". ", " - ", "By ", "Ann and ", "24 March 2026 ", "<!--", "<a>", '{"a":', "/*"),
)


def repeat(unit: str, chars: int) -> str:
    return unit * (chars // len(unit))


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    """Load what the first page loads: the model, the list of domains, the names of months."""
    extract(pumped_page("date", "March ", TINY))


def extract(markup: str) -> None:
    with suppress(PageError):
        extract_article(parse_page(markup.encode(), "https://herald.example/ferry"), "never")


def pumped_page(place: str, unit: str, chars: int) -> str:
    where, markup = PLACES[place]
    text = repeat(unit, chars)
    raw = place in ("script", "broken JSON-LD", "comment")
    parts = dict.fromkeys(("title", "h1"), "Ferry") | dict.fromkeys(("head", "top", "body"), "")
    return PAGE.format(P=P, **parts | {where: markup.replace("{}", text if raw else escape(text))})


def stated_page(name: str, unit: str, chars: int) -> str:
    text = repeat(unit, chars)
    value = PROPERTIES[name].replace("%s", json.dumps(text).replace("<", "\\u003c"))
    return PAGE.format(P=P, title="Ferry", h1="Ferry", top="", body="", head=JSON_LD % (name, value))


@pytest.mark.parametrize("place", PLACES)
def test_no_finder_takes_more_time_than_a_text_of_the_page_is_long(place: str) -> None:
    for unit in UNITS:
        assert is_linear(extract, partial(pumped_page, place, unit), OF_PAGES), unit


@pytest.mark.parametrize("name", PROPERTIES)
def test_no_finder_takes_more_time_than_a_statement_is_long(name: str) -> None:
    for unit in UNITS:
        assert is_linear(extract, partial(stated_page, name, unit), OF_PAGES), unit


@pytest.mark.parametrize("field", ["title", "authors", "tags", "published"])
def test_no_finder_takes_more_time_than_what_a_feed_says_is_long(field: str) -> None:
    def read(text: str) -> None:
        value: Any = (text,) if field in ("authors", "tags") else text
        hint = replace(EntryHint(origin="feed"), **{field: value})
        markup = PAGE.format(P=P, title="Ferry", h1="Ferry", top="", body="", head="")
        extract_article(parse_page(markup.encode(), "https://herald.example/ferry", entry=hint), "never")

    for unit in UNITS:
        assert is_linear(read, partial(repeat, unit), OF_PAGES), unit


@pytest.mark.parametrize(
    "name", ["author", "dc:creator", "title", "pubDate", "category", "description", "link", "guid"]
)
def test_no_feed_takes_more_time_than_a_text_in_it_is_long(name: str) -> None:
    def read(text: str) -> None:
        item = f"<item><title>Ferry</title><link>https://herald.example/a</link><{name}>{escape(text)}</{name}></item>"
        root = '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        with suppress(PageError):
            read_listing(f"{root}<channel>{item}</channel></rss>".encode(), "https://herald.example/feed")

    for unit in UNITS:
        assert is_linear(read, partial(repeat, unit), OF_PAGES), unit
