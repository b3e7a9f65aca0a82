"""What a worker does for the commands that look at one page."""

from newsspider.errors import EmptyPageError
from newsspider.pages.raw_page import RawPage
from newsspider.pool.inspect_job import Explained, FrontPage, explain_raw, read_front_page

FRONT = b"""<html lang="en-GB"><head><link rel="alternate" type="application/rss+xml" href="/feed"></head><body>
<nav><a href="/politics/">Politics</a></nav>
<h2><a href="/2026/03/24/ferry-sails-again">The ferry sails again</a></h2>"""


def test_blocks_are_explained_with_the_page_they_are_from() -> None:
    explained = explain_raw(RawPage(body=b"<h1>Ferry</h1><p>The ferry sails again.", url="https://herald.example/a"))
    assert isinstance(explained, Explained)
    assert [block.text for block in explained.blocks] == ["Ferry", "The ferry sails again."]
    assert (explained.url, explained.mended) == ("https://herald.example/a", ())
    assert explained.html.startswith("<h1>Ferry")


def test_front_page_is_read_into_feeds_and_links() -> None:
    page = read_front_page(RawPage(body=FRONT, url="https://herald.example/"))
    assert isinstance(page, FrontPage)
    assert (page.url, page.language, page.feeds) == (
        "https://herald.example/",
        "en-GB",
        ("https://herald.example/feed",),
    )
    assert {link.url: link.role for link in page.links} == {
        "https://herald.example/politics/": "section",
        "https://herald.example/2026/03/24/ferry-sails-again": "article",
    }


def test_page_that_can_not_be_read_is_returned_as_its_error() -> None:
    for work in (explain_raw, read_front_page):
        error = work(RawPage(body=b""))
        assert isinstance(error, EmptyPageError)
        assert str(error) == "no content: 0 bytes"
