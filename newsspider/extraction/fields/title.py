"""The headline as the page shows it."""

import re

from lxml.html import HtmlElement

from newsspider.extraction.sources import Found, Sources, as_text
from newsspider.page import Page
from newsspider.text import split_words, squash

# What parts a headline from the site's name in <title> and og:title.
_DECORATION = re.compile(r"\s+[|–—\-·•»«:]\s+|\s*\|\s*")
FIRST_LINES = 12  # of a flattened page, among which its title stands when no long menu comes first
MIN_HEADLINE_WORDS, MAX_HEADLINE_WORDS = 4, 25  # menu entries are shorter, paragraphs longer
MIN_TITLE_WORDS = 2  # a single word in h1 is a section's or the site's name


def find_title(page: Page, sources: Sources) -> Found | None:
    """Return the title: the page's only headline element, JSON-LD, og:title, the title element.

    Of text that has lost its markup: the line among the first that reads like one, best one that stands twice.
    """
    if page.flat:
        return _title_of_text(page.html)
    return (
        _title_in_markup(page.tree)
        or _title_in_jsonld(sources)
        or _title_in_meta(sources)
        or _title_element(page.tree)
        or None
    )


def _title_of_text(text: str) -> Found | None:
    """Return the first line of a headline's length that another one repeats, else the first such line."""
    lines = [line for line in map(squash, text.splitlines()) if line][:FIRST_LINES]
    headlines = [
        line
        for line in lines
        if MIN_HEADLINE_WORDS <= len(split_words(line)) <= MAX_HEADLINE_WORDS and not line.endswith((".", "...", "…"))
    ]
    repeated = (line for line in headlines if sum(line in other for other in lines) > 1)
    title = next(repeated, None) or next(iter(headlines), None)
    return Found(title, "text") if title else None


def _title_in_markup(tree: HtmlElement) -> Found | None:
    """Return the text of the page's only h1 that could be a headline."""
    texts = {squash(" ".join(heading.itertext())) for heading in tree.iter("h1")}
    headlines = [text for text in texts if len(split_words(text)) >= MIN_TITLE_WORDS]
    return Found(headlines[0], "markup") if len(headlines) == 1 else None


def _title_in_jsonld(sources: Sources) -> Found | None:
    headline = as_text(sources.article.get("headline")) or as_text(sources.article.get("name"))
    return Found(headline, "json-ld") if headline else None


def _title_in_meta(sources: Sources) -> Found | None:
    title = sources.first_meta("og:title", "twitter:title", "dc.title", "title")
    return Found(_undecorated(title), "meta") if title else None


def _title_element(tree: HtmlElement) -> Found | None:
    title = squash(tree.findtext(".//head/title") or tree.findtext(".//title") or "")
    return Found(_undecorated(title), "markup") if title else None


def _undecorated(title: str) -> str:
    """Return the longest part of a title that a site's name or section decorates.

    >>> _undecorated("Ferry returns to harbour after ten years | The Herald")
    'Ferry returns to harbour after ten years'
    """
    return max(_DECORATION.split(title), key=len).strip() or title
