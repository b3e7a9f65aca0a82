"""Feeds in RSS, Atom and JSON, sitemaps and robots.txt."""

import json
from collections.abc import Callable
from html import escape

from tests.fuzz.grammar.choices import Choices
from tests.fuzz.grammar.wording import address, byline, date, phrase

DECLARATIONS = [
    "", '<?xml version="1.0" encoding="utf-8"?>',
    '\n<?xml version="1.0" encoding="iso-8859-1"?>', "<!-- made -->", "\ufeff",
    '<!DOCTYPE rss [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>',
]  # fmt: skip
RSS = "title link guid pubDate dc:date dc:creator author description content:encoded category media:credit".split()
ATOM = "title id updated published author name summary content category link".split()
SITEMAP = (
    "loc lastmod news:title news:publication_date news:name news:language news:keywords image:loc xhtml:link".split()
)
JSON_KEYS = (
    "url id external_url title date_published date_modified content_html author authors tags image language".split()
)
NEWS_NAMESPACES = (
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)
NAMESPACES = [NEWS_NAMESPACES, "", ' xmlns="http://www.w3.org/2005/Atom"']
# Name of the root, of a row, of its fields.
FORMS = [
    ("rss", "item", RSS), ("rdf:RDF", "item", RSS), ("feed", "entry", ATOM),
    ("urlset", "url", SITEMAP), ("sitemapindex", "sitemap", SITEMAP),
]  # fmt: skip
AGENTS = ["*", "newsspider", "NewsSpider/1.0", "Googlebot", "", "news*"]
RULES = "Disallow Allow Crawl-delay Sitemap User-agent Noindex disallow".split()
RULE_VALUES = [
    "/",
    "",
    "/2026/",
    "/*",
    "/*a*b*c*$",
    "/%E2%82%AC",
    "*.xml$",
    "1e9",
    "-1",
    "nan",
    "0.5",
    "https://herald.example/news.xml",
]


def listing(choices: Choices) -> bytes:
    """Return a feed or a sitemap."""
    return choices.one_of((_xml, _xml, _xml, _json))(choices).encode("utf-8", "replace")


def _xml(choices: Choices) -> str:
    root, row, fields = choices.one_of(FORMS)
    head = f"{choices.one_of(DECLARATIONS)}<{root}{choices.one_of(NAMESPACES)}>"
    rows = choices.some(lambda rest: f"<{row}>{rest.some(_field_of(fields), 6)}</{row}>", 5)
    return (
        head + choices.some(_field_of(fields), 2) + rows + choices.one_of((f"</{root}>", "", "</channel>", "<!-- -->&"))
    )


def _field_of(fields: list[str]) -> Callable[[Choices], str]:
    def field(choices: Choices) -> str:
        name, text = choices.one_of(fields), choices.one_of((address, date, phrase, byline))(choices)
        content = choices.one_of((escape(text), f"<![CDATA[{text}]]>", text))
        attributes = choices.one_of(
            ("", f' href="{escape(text)}"', ' type="html"', ' isPermaLink="false"', ' rel="alternate"')
        )
        return f"<{name}{attributes}>{content}</{name}>"

    return field


def _json(choices: Choices) -> str:
    items = [
        {choices.one_of(JSON_KEYS): choices.one_of((address, date, phrase))(choices) for _ in range(choices.number(7))}
        for _ in range(choices.number(5))
    ]
    wrong = choices.one_of((items, {"a": items}, [items], [None, *items], 7))
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": phrase(choices), "items": wrong})


def robots(choices: Choices) -> bytes:
    """Return a robots.txt."""
    return choices.some(_group, 6, choices.one_of(("\n", "\r\n", "\r", "\n\n"))).encode("utf-8", "replace")


def _group(choices: Choices) -> str:
    rules = choices.some(lambda rest: f"{rest.one_of(RULES)}: {rest.one_of([*RULE_VALUES, rest.raw()])}", 8, "\n")
    return f"User-agent: {choices.one_of(AGENTS)}\n{rules}\n"
