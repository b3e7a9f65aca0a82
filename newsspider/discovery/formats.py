"""The formats of feeds and sitemaps: one row per format.

A new format is a row in `FORMATS` and a module in `discovery/` with its reader.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import Any, Literal


@dataclass(frozen=True)
class ListFormat:
    """A format of lists that sites publish for machines.

    Attributes:
        role: the role of such a list on a site.
        place: "module:function" in `newsspider.discovery`, imported when such a list is read. The
            function takes the list's address and its bytes, decompressed and in UTF-8, XML from its
            root element on, and returns a `Listing`.
        roots: the names of its root element in XML, in lower case.
        tells: whether a list without a known root element has the format, by its bytes without
            leading white space.
        media_types: the media types with which a page's head names it.
        usual_paths: tried if a site names no list of the role, most frequent first.
    """

    role: Literal["feed", "sitemap"]
    place: str
    roots: frozenset[bytes] = frozenset()
    tells: Callable[[bytes], bool] = lambda body: False
    media_types: tuple[str, ...] = ()
    usual_paths: tuple[str, ...] = ()

    def load(self) -> Any:
        """Import the function that `place` names."""
        return resolve_name(f"{__package__}.{self.place}")


# In the order in which they are tried on a list's first bytes.
FORMATS: dict[str, ListFormat] = {
    "sitemap": ListFormat(
        "sitemap",
        "sitemaps:read_sitemap",
        roots=frozenset({b"urlset", b"sitemapindex"}),
        usual_paths=("/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml"),
    ),
    "feed": ListFormat(
        "feed",
        "feeds:read_feed",
        roots=frozenset({b"rss", b"feed", b"rdf", b"channel"}),
        media_types=("application/rss+xml", "application/atom+xml", "application/rdf+xml"),
        # WordPress, Drupal, Ghost, static generators.
        usual_paths=("/feed/", "/rss.xml", "/rss", "/feed.xml", "/atom.xml", "/index.xml"),
    ),
    "JSON Feed": ListFormat(
        "feed",
        "feeds:read_json_feed",
        tells=lambda body: body.startswith(b"{"),
        media_types=("application/feed+json",),
    ),
    "text sitemap": ListFormat("sitemap", "sitemaps:read_text_sitemap", tells=lambda body: True),
}
