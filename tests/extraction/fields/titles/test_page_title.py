"""The headline as the page shows it."""

import json

import pytest

from newsspider.extraction.cutting.cutter import cut_page
from newsspider.extraction.declared.metadata import Found, read_metadata
from newsspider.extraction.fields.titles.declared_titles import read_declared_titles
from newsspider.extraction.fields.titles.page_title import find_title, title_disagreement
from newsspider.pages.page import Page, parse_page
from newsspider.pages.raw_page import EntryHint

HEADLINE = "Ferry returns to harbour after ten years"
SEARCHED = "Old ferry to sail again"
SITE_NAME = '<meta property="og:site_name" content="Wrenmouth Harbour Herald">'
FERRY = f"<title>{HEADLINE} - Herald</title>"


def title_of(page: Page) -> Found | None:
    metadata = read_metadata(page)
    return find_title(page, metadata, cut_page(page.tree), read_declared_titles(page, metadata))


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
        (
            "<title>Quay sold: 0,000 – Tides - The Herald Blog</title><h1>Herald</h1><h2>Quay sold: $160,000</h2>",
            "Quay sold: $160,000",
            "markup",
        ),
        (
            f"{og('New pier costs harbour  million')}<h1>Log in here</h1><h2>New pier costs harbour $4 million</h2>",
            "New pier costs harbour $4 million",
            "meta",
        ),
        (f"{declared('Fish &amp;amp; chips &amp;#8230;')}", "Fish & chips …", "json-ld"),
    ],
)
def test_title_is_the_shown_headline_else_what_is_declared(html: str, title: str | None, provenance: str) -> None:
    page = parse_page(html.encode(), "https://herald.example/ferry")
    assert title_of(page) == (Found(title, provenance) if title else None)


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
    assert title_of(page) == Found(HEADLINE, "markup")


def test_kicker_is_left_out_where_og_title_has_none() -> None:
    head = f"<title>Transport: {HEADLINE} - Herald</title>{og(HEADLINE)}"
    page = parse_page(f"{head}<h1><span>Transport</span><span>{HEADLINE}</span></h1>".encode())
    assert title_of(page) == Found(HEADLINE, "markup")


def test_kicker_stays_where_no_source_tells_it_apart() -> None:
    page = parse_page(f"<h1><b>Transport:</b> {HEADLINE}</h1>".encode())
    assert title_of(page) == Found(f"Transport: {HEADLINE}", "markup")


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
    found = title_of(page)
    assert found == (Found(HEADLINE, "json-ld") if outvoted else Found("Ferry returns after years", "markup"))


PROSE = "<p>" + "The harbour board voted on Friday evening to reopen the line across the estuary. " * 3 + "</p>"
CRUMBS = "<nav class='trail'><ol><li><a href='/news'>News</a></li><li><h1>{}</h1></li></ol></nav>"


@pytest.mark.parametrize(
    "first",
    [
        CRUMBS.format(SEARCHED),
        f"<ol><li><a href='/'>Start</a></li><li><h1>{SEARCHED}</h1></li></ol>",
        f"<div class='page-breadcrumb'><h1>{SEARCHED}</h1></div>",
        f"<h1 data-crumb-end data-breadcrumb-end>{SEARCHED}</h1>",
        "<header><h1 class='site-title'><a href='/blog' rel='home'>Ferry and harbour blog</a></h1></header>",
    ],
)
@pytest.mark.parametrize("source", [og(HEADLINE), declared(HEADLINE)])
def test_breadcrumb_or_site_name_in_h1_gives_way_to_the_heading_that_is_declared(first: str, source: str) -> None:
    html = f"<title>{SEARCHED} | Herald</title>{source}{first}<h2><span>Estuary</span> <b>{HEADLINE}</b></h2>{PROSE}"
    assert title_of(parse_page(html.encode(), "https://herald.example/a")) == Found(HEADLINE, "markup")


def test_breadcrumb_in_h1_is_the_title_where_no_other_heading_is() -> None:
    html = f"<title>{HEADLINE}</title><div class='breadcrumb'><h1>{HEADLINE}</h1></div><h2>More ferries</h2>{PROSE}"
    assert title_of(parse_page(html.encode())) == Found(HEADLINE, "markup")


@pytest.mark.parametrize(
    "title", ["Herald", "herald.example", "undefined", "Untitled Document", "Print version", "The Herald", ""]
)
def test_title_that_says_nothing_does_not_refuse_the_h1(title: str) -> None:
    html = f"<title>{title}</title><h1>{HEADLINE}</h1>{PROSE}"
    assert title_of(parse_page(html.encode(), "https://herald.example/a")) == Found(HEADLINE, "markup")


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (f"<h1>{HEADLINE}</h1>{PROSE}", HEADLINE),
        (f"<h1>The harbour</h1>{PROSE}", "Council raises parking fees"),
        (f"{PROSE}<h1>{HEADLINE}</h1>", "Council raises parking fees"),
    ],
)
def test_h1_like_no_declared_title_is_the_headline_only_before_the_text(body: str, title: str) -> None:
    page = parse_page(f"{og('Council raises parking fees')}{body}".encode())
    found = title_of(page)
    assert found is not None
    assert found.value == title


def test_h1_that_og_title_resembles_is_not_outvoted() -> None:
    html = (
        f"<title>Boats for all</title>{declared('Boats for all', 'NewsArticle')}{og('Ferry returns after ten years')}"
    )
    page = parse_page(f"{html}<h1>{HEADLINE}</h1>".encode())
    assert title_of(page) == Found(HEADLINE, "markup")


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        (f"Port 24 - {HEADLINE} - Waterways", HEADLINE),
        ("Rail: night trains - what you need to know", "Rail: night trains - what you need to know"),
        ("Ferry sails again | Waterways | Port 24", "Ferry sails again"),
    ],
)
def test_unknown_site_name_is_cut_at_what_the_page_shows_or_at_a_stroke(title: str, shown: str) -> None:
    page = parse_page(f"<title>{title}</title><table><tr><td>{HEADLINE}</td></tr></table>{PROSE}".encode())
    assert title_of(page) == Found(shown, "markup")


def test_feed_names_a_page_that_has_no_title() -> None:
    page = parse_page(b"<p>x</p>", entry=EntryHint(origin="feed", title=HEADLINE))
    assert title_of(page) == Found(HEADLINE, "feed")


@pytest.mark.parametrize("html", ["<p>Ferry</p>", "<title> </title><h1></h1><p>Ferry", "<h1><img src=x></h1>"])
def test_page_without_title_has_none(html: str) -> None:
    page = parse_page(html.encode())
    assert title_of(page) is None


@pytest.mark.parametrize(
    ("title", "warned"),
    [(HEADLINE, False), ("Ferry returns", False), ("Council raises parking fees", True), (None, False)],
)
def test_a_title_unlike_all_declared_ones_is_told(title: str | None, warned: bool) -> None:
    metadata = read_metadata(parse_page(f"{FERRY}{og(HEADLINE)}<p>x</p>".encode()))
    assert bool(title_disagreement(title, metadata)) is warned


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>x</title>", f"<h1>{HEADLINE} – Herald</h1>", HEADLINE),
        ("<title>x</title>", f"<h1>{HEADLINE} – Harbour</h1>", f"{HEADLINE} – Harbour"),
        (f"<title>herald.com {HEADLINE}</title>", "<h1>herald.com</h1>", HEADLINE),
        (f"<title>herald.com {HEADLINE}</title>", "<h1>Herald</h1>", f"herald.com {HEADLINE}"),
    ],
)
def test_the_sites_name_is_cut_off_the_headline(head: str, body: str, title: str) -> None:
    page = parse_page(f"{head}<meta property='og:site_name' content='Herald'>{body}{PROSE}".encode())
    found = title_of(page)
    assert found is not None
    assert found.value == title
