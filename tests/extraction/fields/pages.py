"""Pages made of a few lines, and what the finders need of them."""

import json

from newsspider.extraction.cutting.cutter import cut_page
from newsspider.extraction.declared.metadata import Found, read_metadata
from newsspider.extraction.fields.finding import Fields, find_fields
from newsspider.pages.page import Page, parse_page
from newsspider.pages.raw_page import EntryHint

URL = "https://herald.example/ferry"
HEADLINE = "Ferry returns to the old harbour"
SENTENCE = "The ferry sails again from the old harbour, said the harbour master. "
PROSE = f"<p>{SENTENCE * 5}</p><p>{SENTENCE * 6}</p>"


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def json_ld(**article: object) -> str:
    node = json.dumps({"@type": "NewsArticle", **article})
    return f'<script type="application/ld+json">{node}</script>'


def page_of(
    head: str = "",
    body: str = PROSE,
    *,
    lang: str = "en",
    url: str | None = URL,
    fetched_at: str = "2026-04-01T12:00:00+00:00",
    entry: EntryHint | None = None,
) -> Page:
    html = f'<html lang="{lang}"><head>{head}</head><body>{body}</body></html>'
    return parse_page(html.encode(), url, fetched_at=fetched_at, entry=entry)


def article_of(above: str = "", below: str = "", prose: str = PROSE, after: str = "") -> str:
    """Return a body whose article has these lines above and below its headline, and after its text."""
    menu = "<nav><a href='/a'>News</a><a href='/b'>Sport</a></nav>"
    return f"{menu}<main><article>{above}<h1>{HEADLINE}</h1>{below}{prose}</article>{after}</main><footer>x</footer>"


def fields_of(page: Page) -> Fields:
    return find_fields(page, read_metadata(page), cut_page(page.tree))


def found_in(page: Page, name: str) -> Found | None:
    return fields_of(page).found.get(name)
