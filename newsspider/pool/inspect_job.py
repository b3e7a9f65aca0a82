"""The jobs of commands that inspect one page: explain its blocks, read a front page.

An unreadable page is returned as its error: of an error that a worker raises, only the text is
kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from newsspider.discovery.links import Link, iter_links
from newsspider.discovery.list_locations import iter_feeds
from newsspider.errors import PageError
from newsspider.extraction.article import extract_article
from newsspider.extraction.explain import ExplainedBlock, explain_page, explain_wrapper
from newsspider.extraction.fields.statements import Statement, find_statements
from newsspider.extraction.fields.titles.title_element import find_title_element
from newsspider.extraction.witness_policy import WitnessPolicy
from newsspider.mending.mends import Applied, apply_mends, has_mends
from newsspider.pages.page import parse_raw
from newsspider.pages.raw_page import RawPage
from newsspider.pool.extract_job import extract_raw
from newsspider.record import ArticleRecord
from newsspider.site_memory.lookup import Memories
from newsspider.urls import site_of


@dataclass(frozen=True)
class Explained:
    """A page and the reasons behind its record.

    Attributes:
        record: the record that every other way of extraction gives too.
        url: its address.
        html: its decoded text.
        blocks: in document order.
        mended: the effect of each mend of its site.
        statements: the values that the page states for a field, by the record's field names.
        title_element: the tag of the element with the record's title; None if no heading has it.
        wrapper: whether the page fits the wrapper of its site, in words; None without a memory.
    """

    record: ArticleRecord
    url: str | None
    html: str
    blocks: tuple[ExplainedBlock, ...]
    mended: tuple[Applied, ...]
    statements: Mapping[str, tuple[Statement, ...]]
    title_element: str | None = None
    wrapper: str | None = None


@dataclass(frozen=True)
class FrontPage:
    """A site's front page: address, declared language, feeds, and links in page order."""

    url: str | None
    language: str | None
    feeds: tuple[str, ...]
    links: tuple[Link, ...]


def explain_raw(
    raw: RawPage, witness: WitnessPolicy = "always", memories: Memories | None = None
) -> Explained | PageError:
    """Return the decisions about each block of a page.

    Args:
        raw: the page.
        witness: when trafilatura is asked.
        memories: the memories of sites.
    """
    try:
        page = parse_raw(raw)
    except PageError as error:
        return error

    memory = memories.memory_of(site_of(page.url)) if memories else None
    record = extract_raw(raw, witness, memories)
    blocks = explain_page(page, witness, memory)
    mended: tuple[Applied, ...] = ()
    if has_mends(page.url):
        _, mended = apply_mends(page, extract_article(page, witness, memory))

    return Explained(
        record,
        page.url,
        page.html,
        blocks,
        mended,
        find_statements(page),
        find_title_element(page, record.title),
        explain_wrapper(page, memory),
    )


def read_front_page(raw: RawPage) -> FrontPage | PageError:
    """Return the feeds and links of a front page."""
    try:
        page = parse_raw(raw)
    except PageError as error:
        return error

    return FrontPage(
        page.url, page.tree.get("lang"), tuple(iter_feeds(page)), tuple(iter_links(page))
    )
