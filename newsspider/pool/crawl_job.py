"""The jobs of a crawl: a page's record with its links, and the entries of a list.

They are apart from `extract_job.py`, since extraction alone needs none of them. As there, nothing
that parses is imported early.
"""

from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from newsspider.discovery.links import Link, iter_links
from newsspider.discovery.listings import Listing
from newsspider.errors import ListingError, PageError
from newsspider.extraction.witness_policy import WitnessPolicy
from newsspider.pages.page import Page
from newsspider.pages.raw_page import RawPage
from newsspider.pool.extract_job import failed_record, within_bounds
from newsspider.record import ArticleRecord
from newsspider.site_memory.lookup import Memories
from newsspider.site_memory.observations import Observation


@dataclass(frozen=True)
class Extracted:
    """The result for a page of a crawl: its record, its links in page order, and its feeds.

    Attributes:
        has_more_links: whether there were more links than requested.
        observation: the page's contribution to the memory of its site.
    """

    record: ArticleRecord
    links: tuple[Link, ...] = ()
    feeds: tuple[str, ...] = ()
    has_more_links: bool = False
    observation: Observation | None = None


class FoundLinks(NamedTuple):
    """The links and feeds of a page, and whether there were more links than requested."""

    links: tuple[Link, ...] = ()
    feeds: tuple[str, ...] = ()
    has_more: bool = False


def extract_with_links(
    raw: RawPage,
    max_links: int | None = None,
    witness: WitnessPolicy = "always",
    memories: Memories | None = None,
    *,
    wants_links: bool = True,
) -> Extracted:
    """Return a page's record with its first links and feeds; the page is parsed only once.

    Links take a tenth of the time of a page, so crawls that don't follow them don't want them.
    """
    from newsspider.mending.mends import read_mended
    from newsspider.pages.page import drop_elements, parse_raw

    try:
        page = parse_raw(raw)
    except PageError as error:
        return Extracted(within_bounds(raw, failed_record(raw, str(error), error.kind)))

    # The links first: what a site's profile drops from its articles may be the very list of its
    # news.
    found = _find_links(page, max_links) if wants_links else FoundLinks()
    drop_elements(page, raw.drop, raw.keep)

    record, observation = read_mended(page, witness, memories)

    return Extracted(
        within_bounds(raw, record), found.links, found.feeds, found.has_more, observation
    )


def _find_links(page: Page, most: int | None) -> FoundLinks:
    """Return the first links and feeds of a page."""
    from newsspider.discovery.list_locations import iter_feeds

    links = iter_links(page)
    first = tuple(islice(links, most))
    has_more = next(links, None) is not None

    return FoundLinks(first, tuple(islice(iter_feeds(page), most)), has_more)


def list_entries(raw: RawPage) -> Listing:
    """Return the entries of a feed or sitemap; an unreadable one has a problem and no entries."""
    from newsspider.discovery.list_reading import read_listing

    headers = {name.lower(): value for name, value in raw.headers.items()}

    try:
        return read_listing(raw.body, raw.url or "", headers.get("content-type"))
    except ListingError as error:
        return Listing("unreadable", problems=(str(error),))
