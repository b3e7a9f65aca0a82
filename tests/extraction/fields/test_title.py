"""The headline as the page shows it."""

import json

import pytest

from newsspider.extraction.fields.title import find_title
from newsspider.extraction.sources import Found, read_sources
from newsspider.page import parse_page

HEADLINE = "Ferry returns to harbour after ten years"
JSON_LD = (
    f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "headline": "In JSON-LD"})}</script>'
)
OG_TITLE = '<meta property="og:title" content="In og:title | Herald">'
TITLE = "<title>In the title element - Herald</title>"


@pytest.mark.parametrize(
    ("html", "title", "provenance"),
    [
        (f"{TITLE}{OG_TITLE}{JSON_LD}<h1>{HEADLINE}</h1>", HEADLINE, "markup"),
        (f"{JSON_LD}<h1>Herald</h1><h1>{HEADLINE}</h1>", HEADLINE, "markup"),
        (f"{JSON_LD}<h1>{HEADLINE}</h1><h1> {HEADLINE} </h1>", HEADLINE, "markup"),
        (f"{JSON_LD}<h1>Ferry <em>returns</em>\n to\u00a0harbour</h1>", "Ferry returns to harbour", "markup"),
        (f"{JSON_LD}<h1>渡轮重新起航</h1>", "渡轮重新起航", "markup"),
        (f"{TITLE}{OG_TITLE}{JSON_LD}<h1>{HEADLINE}</h1><h1>Another headline here</h1>", "In JSON-LD", "json-ld"),
        (f"{TITLE}{OG_TITLE}{JSON_LD}<h1>Herald</h1>", "In JSON-LD", "json-ld"),
        (f"{TITLE}{OG_TITLE}", "In og:title", "meta"),
        (TITLE, "In the title element", "markup"),
        ("<title>Herald | Ferry returns to harbour</title>", "Ferry returns to harbour", "markup"),
        ("<title>Ten-year-old ferry sails</title>", "Ten-year-old ferry sails", "markup"),
        ("<title>Ferry</title>", "Ferry", "markup"),
    ],
)
def test_title_is_the_only_headline_else_what_is_declared(html: str, title: str, provenance: str) -> None:
    page = parse_page(html.encode())
    assert find_title(page, read_sources(page)) == Found(title, provenance)


@pytest.mark.parametrize("html", ["<p>Ferry</p>", "<title> </title><h1></h1><p>Ferry", "<h1><img src=x></h1>"])
def test_page_without_title_has_none(html: str) -> None:
    page = parse_page(html.encode())
    assert find_title(page, read_sources(page)) is None
