"""Refusals: the reasons why the guard ends a request, each with its own counter."""

import logging

from scrapy.exceptions import IgnoreRequest
from scrapy.statscollectors import StatsCollector

logger = logging.getLogger(__name__)

# Reason → what it means; the stat is newsspider/refused/<reason>.
REASONS: dict[str, str] = {
    "private_address": "the host is, or its name resolves to, an address that is not public",
    "port": "neither 80 nor 443, and neither allowed nor the seed's own",
    "scheme": "neither http nor https",
    "credentials": "the address carries a user name",
    "url_length": "the address is longer than URLLENGTH_LIMIT",
    "proxy": "what a proxy connects to can't be checked",
    "size": "the body is larger than DOWNLOAD_MAXSIZE",
    "unpacked_size": "the body is larger than DOWNLOAD_MAXSIZE when it is unpacked",
    "encodings": "the body is compressed more often than anybody needs",
    "members": "the body is compressed in more pieces than anybody needs",
    "redirects": "redirected more often than REDIRECT_MAX_TIMES, or in a circle",
    "site_pages": "a site may be asked for no more than NEWSSPIDER_MAX_SITE_PAGES pages a crawl",
    "queue": "NEWSSPIDER_MAX_QUEUE addresses may wait in memory, of all sites together",
    "page_links": "a page's links after the first NEWSSPIDER_MAX_PAGE_LINKS are not followed",
    "list_entries": "a feed's or sitemap's entries after the first 50,000, an index's after 2,000, are not followed",
    "sitemap_nesting": "sitemaps below NEWSSPIDER_MAX_SITEMAP_NESTING others are not read",
    "robots_size": "robots.txt is read up to NEWSSPIDER_MAX_ROBOTS_BYTES",
    "robots_rules": "robots.txt is read until its rules cost too much to be compared, and up to 2,000 sitemaps",
    "render_requests": "a page's scripts may ask for NEWSSPIDER_RENDER_REQUESTS addresses",
    "render_size": "a page's scripts may get NEWSSPIDER_RENDER_MIB",
    "render_method": "a page's scripts may send data to their own site only",
    "rendered_size": "the page is larger than DOWNLOAD_MAXSIZE when it is rendered",
    "headers": "the headers are larger than NEWSSPIDER_MAX_HEADER_BYTES",
}
STAT = "newsspider/refused/{}"


class RefusedRequest(IgnoreRequest):
    """The guard ended a request. The text is one line, also used in the page's record."""


class Refusals:
    """Counts refusals in the stats of a crawl, and logs the first one for each reason."""

    def __init__(self, stats: StatsCollector | None) -> None:
        """Count in these stats."""
        self._stats = stats
        self._told: set[str] = set()

    def refuse(self, reason: str, text: str) -> RefusedRequest:
        """Count a refusal and return it, for the caller to raise.

        Args:
            reason: one of REASONS.
            text: what was refused and, where there is one, the setting that allows it.
        """
        stat = STAT.format(reason)
        if reason not in self._told:
            self._told.add(reason)
            logger.warning(
                "refused: %s (%s; more of these are only counted, as %s)",
                text,
                REASONS[reason],
                stat,
            )

        if self._stats:
            self._stats.inc_value(stat)

        return RefusedRequest(text)
