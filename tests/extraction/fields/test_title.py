"""The headline as the page shows it."""

import json

import pytest

from newsspider.extraction.fields.title import find_title, title_disagreement
from newsspider.extraction.sources import Found, read_sources
from newsspider.page import parse_page
from newsspider.raw_page import EntryHint

HEADLINE = "Ferry returns to harbour after ten years"
SEARCHED = "Old ferry to sail again"
SITE_NAME = '<meta property="og:site_name" content="Wrenmouth Harbour Herald">'
FERRY = f"<title>{HEADLINE} - Herald</title>"


def declared(headline: str, kind: str = "Article") -> str:
    node = json.dumps({"@type": kind, "headline": headline, "publisher": {"name": "The Harbour Herald"}})
    return f'<script type="application/ld+json">{node}</script>'


def og(title: str) -> str:
    return f'<meta property="og:title" content="{title}">'


@pytest.mark.parametrize(
    ("html", "title", "provenance"),
    [
        (f"{FERRY}{og('The ferry returns')}{declared('Ferry returns')}<h1>{HEADLINE}</h1>", HEADLINE, "markup"),
        (f"{FERRY}<h1>Ferry <em>returns</em>\n to\u00a0harbour</h1>", "Ferry returns to harbour", "markup"),
        (f"<h1>{HEADLINE}</h1>", HEADLINE, "markup"),
        ("<h1>渡轮重新起航</h1>", "渡轮重新起航", "markup"),
        (f"{FERRY}<h1>Herald</h1><h1>{HEADLINE}</h1>", HEADLINE, "markup"),
        (f"{FERRY}<h1>{HEADLINE}</h1><h1> {HEADLINE} </h1>", HEADLINE, "markup"),
        (
            f"{FERRY}<h1>Log in here now</h1><h1>{HEADLINE}, at last</h1><h1>More from sport</h1>",
            f"{HEADLINE}, at last",
            "markup",
        ),
        (f"{declared(HEADLINE)}<h1>The Harbour Herald</h1>", HEADLINE, "json-ld"),
        (f"{FERRY}{og(HEADLINE)}<h1>Open Menu Close Menu</h1>", HEADLINE, "meta"),
        (f"{FERRY}<nav><h1>{SEARCHED}</h1></nav>", HEADLINE, "markup"),
        (f"<h1>{HEADLINE}</h1><h1>Another headline here</h1>", None, ""),
        (f"{og(HEADLINE + ' | Herald')}", HEADLINE, "meta"),
        (f"{og(HEADLINE)}{FERRY}{declared('Something else entirely')}", HEADLINE, "meta"),
        (f"{og('Another')}{declared(HEADLINE)}", HEADLINE, "json-ld"),
        ("<title>Herald | Ferry returns to harbour</title>", "Ferry returns to harbour", "markup"),
        (f"{og('Ferry – Wrenmouth Harbour Herald')}{SITE_NAME}", "Ferry", "meta"),
        (f"{og('Wrenmouth Harbour Herald Online | Ferry')}{SITE_NAME}", "Ferry", "meta"),
        ("<title>Ferry sails again – “a great day”</title>", "Ferry sails again – “a great day”", "markup"),
        ("<title>Ten-year-old ferry sails</title>", "Ten-year-old ferry sails", "markup"),
        ("<title>Ferry</title>", "Ferry", "markup"),
        (f"{declared('Fish &amp;amp; chips &amp;#8230;')}", "Fish & chips …", "json-ld"),
    ],
)
def test_title_is_the_shown_headline_else_what_is_declared(html: str, title: str | None, provenance: str) -> None:
    page = parse_page(html.encode(), "https://herald.example/ferry")
    assert find_title(page, read_sources(page)) == (Found(title, provenance) if title else None)


@pytest.mark.parametrize(
    "heading",
    [
        f"<span class='kicker'>Transport</span> <span>{HEADLINE}</span>",
        f"<small>Transport:</small> {HEADLINE}",
        f"{HEADLINE}<span class='badge'>Premium</span>",
        f"<div><p>Transport</p><p>{HEADLINE}</p></div>",
    ],
)
def test_kicker_inside_the_headline_is_left_out_where_another_source_agrees(heading: str) -> None:
    page = parse_page(f"{FERRY}<h1>{heading}</h1>".encode())
    assert find_title(page, read_sources(page)) == Found(HEADLINE, "markup")


def test_kicker_stays_where_no_source_tells_it_apart() -> None:
    page = parse_page(f"<h1><b>Transport:</b> {HEADLINE}</h1>".encode())
    assert find_title(page, read_sources(page)) == Found(f"Transport: {HEADLINE}", "markup")


@pytest.mark.parametrize(
    ("head", "kind", "outvoted"),
    [
        (f"<title>{HEADLINE} | Herald</title>", "NewsArticle", True),
        (og(HEADLINE), "ReportageNewsArticle", True),
        (f"<title>{HEADLINE} | Herald</title>", "BlogPosting", False),
        (f"<title>{HEADLINE} | Herald</title>{og('Ferry returns after years')}", "NewsArticle", False),
        ("<title>Herald</title>", "NewsArticle", False),
    ],
)
def test_a_news_articles_data_and_another_title_outvote_the_h1(head: str, kind: str, outvoted: bool) -> None:
    html = f"{head}{declared(HEADLINE, kind)}<h1>Ferry returns after years</h1>"
    page = parse_page(html.encode())
    found = find_title(page, read_sources(page))
    assert found == (Found(HEADLINE, "json-ld") if outvoted else Found("Ferry returns after years", "markup"))


def test_feed_names_a_page_that_has_no_title() -> None:
    page = parse_page(b"<p>x</p>", entry=EntryHint(origin="feed", title=HEADLINE))
    assert find_title(page, read_sources(page)) == Found(HEADLINE, "feed")


@pytest.mark.parametrize("html", ["<p>Ferry</p>", "<title> </title><h1></h1><p>Ferry", "<h1><img src=x></h1>"])
def test_page_without_title_has_none(html: str) -> None:
    page = parse_page(html.encode())
    assert find_title(page, read_sources(page)) is None


@pytest.mark.parametrize(
    ("title", "warned"),
    [(HEADLINE, False), ("Ferry returns", False), ("Council raises parking fees", True), (None, False)],
)
def test_a_title_unlike_all_declared_ones_is_told(title: str | None, warned: bool) -> None:
    sources = read_sources(parse_page(f"{FERRY}{og(HEADLINE)}<p>x</p>".encode()))
    assert bool(title_disagreement(title, sources)) is warned
