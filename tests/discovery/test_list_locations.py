"""The feeds that a page names."""

import pytest

from newsspider.discovery.list_locations import iter_feeds
from newsspider.pages.page import parse_page

FRONT = "https://herald.example/"


@pytest.mark.parametrize(
    ("title", "path", "is_taken"),
    [
        ("Herald » Feed", "/feed/", True),
        ("Herald » Comments Feed", "/rss-2/", False),
        ("Herald » Kommentar-Feed", "/comments/feed/", False),
        ("", "/feeds/17/comments/default", False),
        ("Comment feed", "/rss-2/", False),
        ("Comment & Analysis", "/comment/rss.xml", True),
        ("", "/comment-first.xml", True),
        ("", "/commentisfree/rss", True),
    ],
)
def test_feeds_of_comments_are_left_out_and_sections_called_comment_are_not(
    title: str, path: str, is_taken: bool
) -> None:
    link = f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{path}">'
    page = parse_page(f"<html><head>{link}</head><body><p>Ferry</p></body></html>".encode(), FRONT)
    assert list(iter_feeds(page)) == ([f"https://herald.example{path}"] if is_taken else [])
