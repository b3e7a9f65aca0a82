"""What a worker does for the commands that look at one page: its blocks explained, a front page read.

An unreadable page is returned as its error: a worker that raises keeps only the error's text.
"""

from dataclasses import dataclass

from newsspider.discovery.alternates import iter_feeds
from newsspider.discovery.links import Link, iter_links
from newsspider.errors import PageError
from newsspider.extraction.article import extract_article
from newsspider.extraction.explain import ExplainedBlock, explain_page
from newsspider.extraction.witness_policy import WitnessPolicy
from newsspider.mending import Applied, apply_mends, has_mends
from newsspider.page import parse_raw
from newsspider.raw_page import RawPage


@dataclass(frozen=True)
class Explained:
    """A page's address and decoded text, its blocks in document order, and what each mend of its site did."""

    url: str | None
    html: str
    blocks: tuple[ExplainedBlock, ...]
    mended: tuple[Applied, ...]


@dataclass(frozen=True)
class FrontPage:
    """A site's front page: its address, its declared language, the feeds that it names, its links in page order."""

    url: str | None
    language: str | None
    feeds: tuple[str, ...]
    links: tuple[Link, ...]


def explain_raw(raw: RawPage, witness: WitnessPolicy = "always") -> Explained | PageError:
    """Return what decided about each block of a page."""
    try:
        page = parse_raw(raw)
    except PageError as error:
        return error
    blocks = explain_page(page, witness)
    if not has_mends(page.url):  # the record is extracted for them alone
        return Explained(page.url, page.html, blocks, ())
    return Explained(page.url, page.html, blocks, apply_mends(page, extract_article(page, witness))[1])


def read_front_page(raw: RawPage) -> FrontPage | PageError:
    """Return what a front page names and links to."""
    try:
        page = parse_raw(raw)
    except PageError as error:
        return error
    return FrontPage(page.url, page.tree.get("lang"), tuple(iter_feeds(page)), tuple(iter_links(page)))
