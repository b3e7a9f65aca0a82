"""Where a site's feeds and sitemaps may be: what its pages name, and where they usually are."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from newsspider.discovery.formats import FORMATS
from newsspider.pages.page import Page, base_url
from newsspider.urls import absolute_url

FEED_TYPES = frozenset(each for row in FORMATS.values() if row.role == "feed" for each in row.media_types)
# Asked for where a front page names no feed.
USUAL_FEEDS = tuple(path for row in FORMATS.values() if row.role == "feed" for path in row.usual_paths)
# Asked for where robots.txt names no sitemap.
USUAL_SITEMAPS = tuple(path for row in FORMATS.values() if row.role == "sitemap" for path in row.usual_paths)
# WordPress names the feed of the comments beside that of the posts. A section may be called
# "Comment".
_COMMENTS = re.compile(r"\bcomments\b|\bcomment[ _-](?:feed|rss)\b", re.I)


def iter_feeds(page: Page) -> Iterator[str]:
    """Yield the addresses of the feeds that a page names in its head, without those of comments."""
    base = base_url(page)
    for link in page.elements["link"]:
        words = (link.get("rel") or "").lower().split()
        kind = (link.get("type") or "").partition(";")[0].strip().lower()

        if "alternate" in words and kind in FEED_TYPES:
            url = absolute_url(link.get("href"), base)
            said = f"{link.get('title') or ''} {urlsplit(url or '').path}"
            if url and not _COMMENTS.search(said):
                yield url


def usual_addresses(url: str, paths: tuple[str, ...]) -> list[str]:
    """Return where a site's lists usually are."""
    return [urljoin(url, path) for path in paths]
