"""The formats of feeds and sitemaps: one table, which detection, reading and finding them follow."""

from pathlib import Path

import pytest

from newsspider.discovery.formats import FORMATS
from newsspider.discovery.list_decoding import as_utf8
from newsspider.discovery.list_locations import FEED_TYPES, USUAL_FEEDS, USUAL_SITEMAPS
from newsspider.discovery.list_reading import PAGE_ROOTS, detect_format
from newsspider.errors import ListingError
from tests.package_copy import PackageCopy

BULLETIN = '''
"""Bulletins: an address in each item."""

import re

from newsspider.discovery.listings import Entry, Listing


def read_bulletin(body: bytes, url: str) -> Listing:
    """Return what a bulletin lists."""
    return Listing("feed", tuple(Entry(each.decode()) for each in re.findall(rb"<item>(.*?)</item>", body)))
'''
BULLETIN_ROW = """    "bulletin": ListFormat(
        "feed",
        "bulletins:read_bulletin",
        roots=frozenset({b"bulletin"}),
        media_types=("application/bulletin+xml",),
        usual_paths=("/bulletin.xml",),
    ),
"""
READ_BULLETIN = """
from newsspider.discovery.list_locations import USUAL_FEEDS, iter_feeds
from newsspider.discovery.list_reading import read_listing
from newsspider.pages.page import parse_page

listing = read_listing(b"<?xml version='1.0'?><bulletin><item>https://herald.example/a</item></bulletin>", "")
print(listing.kind, *(entry.url for entry in listing.pages))
link = b"<link rel=alternate type=application/bulletin+xml href=/b><p>Ferry"
print(*iter_feeds(parse_page(link, "https://herald.example/")), USUAL_FEEDS[-1])
"""


def test_every_format_can_be_loaded_and_is_known_by_something() -> None:
    assert all(callable(row.load()) for row in FORMATS.values())
    roots = [root for row in FORMATS.values() for root in row.roots] + list(PAGE_ROOTS)
    assert len(roots) == len(set(roots))


def test_lists_are_looked_for_as_ever() -> None:
    media_types = {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"}
    assert media_types == FEED_TYPES
    assert USUAL_FEEDS == ("/feed/", "/rss.xml", "/rss", "/feed.xml", "/atom.xml", "/index.xml")
    assert USUAL_SITEMAPS == ("/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml")


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b"<rss>", "feed"),
        (b"<!-- c --><RDF:rdf>", "feed"),
        (b"<a:Feed xmlns:a=''>", "feed"),
        (b"<channel>", "feed"),
        (b"<sitemapindex>", "sitemap"),
        ("<urlset>".encode("utf-16"), "sitemap"),
        (b'\xef\xbb\xbf {"version": 1}', "JSON Feed"),
        (b"{<rss>}", "feed"),
        (b"<feeds>", "text sitemap"),
        (b"https://herald.example/", "text sitemap"),
    ],
)
def test_content_says_what_a_list_is(body: bytes, name: str) -> None:
    assert detect_format(as_utf8(body, None)) is FORMATS[name]


def test_page_is_no_list() -> None:
    with pytest.raises(ListingError, match="an HTML page"):
        detect_format(b"<html><rss>")


@pytest.mark.processes
def test_new_format_is_one_row_and_one_module(tmp_path: Path) -> None:
    copy = PackageCopy(tmp_path)
    copy.add_module("discovery/bulletins.py", BULLETIN)
    copy.insert("discovery/formats.py", '    "JSON Feed": ListFormat(', BULLETIN_ROW)
    assert copy.changed == {"discovery/formats.py"}
    done = copy.run("-c", READ_BULLETIN)
    assert done.stdout.splitlines() == [
        "feed https://herald.example/a",
        "https://herald.example/b /bulletin.xml",
    ], done.stderr
