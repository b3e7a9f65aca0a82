"""Read a list, whatever its format: what it is, its content says, not its name or its Content-Type."""

from newsspider.discovery.feeds import read_feed, read_json_feed
from newsspider.discovery.listings import FEED_ROOTS, SITEMAP_ROOTS, Listing, root_of, tidy, unpack_list
from newsspider.discovery.sitemaps import read_sitemap, read_text_sitemap
from newsspider.errors import ListingError


def read_listing(body: bytes, url: str) -> Listing:
    """Return what a feed or sitemap lists.

    Args:
        body: as it was sent; gzip data are decompressed.
        url: where it was fetched from; addresses in it may be relative to that.

    Raises:
        ListingError: it is neither, or one that must not be read; the text says why.
    """
    body = unpack_list(body)
    if not body.strip():
        raise ListingError("empty")
    root = root_of(body)
    if root in SITEMAP_ROOTS:
        return tidy(read_sitemap(body, url))
    if root in FEED_ROOTS:
        return tidy(read_feed(body, url))
    if root is not None:
        raise ListingError("an HTML page, neither a feed nor a sitemap")
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return tidy(read_json_feed(body, url))
    return tidy(read_text_sitemap(body, url))
