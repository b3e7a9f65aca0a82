"""Microdata and RDFa: the page's own item."""

import pytest

from newsspider.extraction.declared.metadata import read_metadata
from newsspider.pages.page import parse_page

NEWS = "itemscope itemtype='https://schema.org/NewsArticle'"


@pytest.mark.parametrize(
    ("html", "name", "values"),
    [
        (
            f"<div {NEWS}><time itemprop='datePublished' datetime='2026-03-24'>x</time></div>",
            "published",
            ("2026-03-24",),
        ),
        (f"<div {NEWS}><meta itemprop='dateModified' content='2026-03-25'></div>", "modified", ("2026-03-25",)),
        (f"<div {NEWS}><span itemprop='author'>Ann Lee</span></div>", "author", ("Ann Lee",)),
        (f"<div {NEWS}><p itemprop='author creator'>Ann Lee</p></div>", "author", ("Ann Lee",)),
        (
            f"<div {NEWS}><p itemprop='author' itemscope><a itemprop='name'>Ann Lee</a>, editor</p></div>",
            "author",
            ("Ann Lee",),
        ),
        (
            "<div typeof='schema:Article'><span property='schema:datePublished' content='2026-03-24'>x</span></div>",
            "published",
            ("2026-03-24",),
        ),
        (
            "<div typeof='sioc:Item'><span property='dc:date' content='2026-03-24'>x</span></div>",
            "published",
            ("2026-03-24",),
        ),
        (f"<div {NEWS}><span itemprop='articleSection'>Politics</span></div>", "section", ("Politics",)),
        (
            f"<div itemscope itemtype='https://schema.org/Comment'><b itemprop='author'>Tom</b></div>"
            f"<div {NEWS}><b itemprop='author'>Ann Lee</b></div>",
            "author",
            ("Ann Lee",),
        ),
        ("<b itemprop='author'>Ann Lee</b>", "author", ("Ann Lee",)),
        ("<b itemprop=''>Ann Lee</b><b property=''>x</b>", "author", ()),
    ],
)
def test_properties_of_the_pages_item_are_read(html: str, name: str, values: tuple[str, ...]) -> None:
    assert read_metadata(parse_page(html.encode())).stated(name) == values
