"""The places of a site's feeds and sitemaps: links in its pages, and usual paths."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from newsspider.discovery.formats import FORMATS
from newsspider.pages.page import Page, base_url
from newsspider.urls import absolute_url

_FEEDS = [row for row in FORMATS.values() if row.role == "feed"]
_SITEMAPS = [row for row in FORMATS.values() if row.role == "sitemap"]
FEED_TYPES = frozenset(each for row in _FEEDS for each in row.media_types)
# Tried if a front page names no feed.
USUAL_FEEDS = tuple(path for row in _FEEDS for path in row.usual_paths)
# Tried if robots.txt names no sitemap.
USUAL_SITEMAPS = tuple(path for row in _SITEMAPS for path in row.usual_paths)
# WordPress names the feed of the comments beside that of the posts. A section may be called
# "Comment".
_COMMENTS = re.compile(r"\bcomments\b|\bcomment[ _-](?:feed|rss)\b", re.I)


def iter_feeds(page: Page) -> Iterator[str]:
    """Yield the addresses of the feeds that a page's head names, without feeds of comments."""
    base = base_url(page)

    for link in filter(_is_feed, page.elements["link"]):
        url = absolute_url(link.get("href"), base)
        if url and not _is_of_comments(link, url):
            yield url


def _is_of_comments(link: HtmlElement, url: str) -> bool:
    """Whether a feed has readers' comments, by its title or its address."""
    title_and_path = f"{link.get('title') or ''} {urlsplit(url).path}"
    return bool(_COMMENTS.search(title_and_path))


def _is_feed(link: HtmlElement) -> bool:
    """Whether a link element names a feed, by its relation and media type."""
    relations = (link.get("rel") or "").lower().split()
    media_type = (link.get("type") or "").partition(";")[0].strip().lower()
    return "alternate" in relations and media_type in FEED_TYPES


def usual_addresses(url: str, paths: tuple[str, ...]) -> list[str]:
    """Return the addresses where a site's lists usually are."""
    return [urljoin(url, path) for path in paths]
