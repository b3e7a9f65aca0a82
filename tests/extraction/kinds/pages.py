"""Small pages whose kind is asked for, and the sentences they are made of."""

import json
from collections.abc import Mapping
from functools import cache

from newsspider.extraction.cutting.cutter import cut_page
from newsspider.extraction.declared.metadata import read_metadata
from newsspider.extraction.fields.finding import find_fields
from newsspider.extraction.kinds.judging import judge_kind
from newsspider.extraction.kinds.page_facts import PageFacts
from newsspider.extraction.stripping import strip_page
from newsspider.kinds import Kind
from newsspider.pages.page import parse_page

URL = "https://herald.example/news/ferry"
MENU = (
    '<nav><ul><li><a href="/news/">News</a></li><li><a href="/sport/">Sport</a></li>'
    '<li><a href="/x/">More</a></ul></nav>'
)
PARAGRAPHS = (
    "The ferry left the old harbour at six on Monday with forty passengers, two dogs and a piano on board, the harbour "
    "master said.",
    "It had not sailed for thirty years. The engine was rebuilt by the pupils of the technical school, who had found "
    "the plans in the attic of the customs house.",
    "On the far side the mayor was waiting with a band, which had rehearsed for a week and then forgotten its music at "
    "home, so that everybody sang.",
)
PROSE = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
STORY = f"<main><article><h1>The old ferry sails again</h1>{PROSE}</article></main>"


def as_script(*nodes: Mapping[str, object]) -> str:
    """Return JSON-LD."""
    return f'<script type="application/ld+json">{json.dumps(nodes)}</script>'


def as_page(body: str, title: str = "The old ferry sails again - Herald", head: str = "") -> str:
    """Return a page around a body."""
    return f"<html><head><title>{title}</title>{head}</head><body>{MENU}{body}<footer>© Herald</footer></body></html>"


@cache
def facts_of(html: str, url: str | None = URL, status: int = 200) -> PageFacts:
    """Return what a page's kind is judged by."""
    page = parse_page(html.encode(), url, status=status)
    metadata = read_metadata(page)
    stripped = strip_page(page, metadata)
    fields = find_fields(page, metadata, stripped.evidence.page if stripped.evidence else cut_page(page.tree))
    return PageFacts(page, metadata, stripped, fields.found)


def kind_of(html: str, url: str | None = URL, status: int = 200) -> tuple[Kind, str | None]:
    """Return a page's kind and the reason."""
    facts = facts_of(html, url, status)
    return judge_kind(facts)
