"""The requests to make next: for a start, a page or a list.

The sites' profiles, the period of a backfill and the number of empty pages decide.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from newsspider.discovery.backfill import Place, Selection, is_sitemap_wanted, newest_first
from newsspider.discovery.empty_pages import EmptyPages
from newsspider.discovery.entry_dates import exact_moment
from newsspider.discovery.learned_links import LearnedLinks
from newsspider.discovery.link_scores import LinkRole
from newsspider.discovery.links import Link, link_to
from newsspider.discovery.list_locations import USUAL_FEEDS, USUAL_SITEMAPS, usual_addresses
from newsspider.discovery.listings import Entry, Listing
from newsspider.pages.raw_page import EntryHint
from newsspider.record import ArticleRecord
from newsspider.revisiting.page_states import LINKED_ROLES, Role
from newsspider.sites.profile import Site
from newsspider.urls import is_name, is_web_url, site_of

logger = logging.getLogger(__name__)

# Order, within one depth unless stated otherwise: wanted pages before the lists that name them.
PART_PRIORITY = 20  # an article's other parts before the next article
PRIORITIES: dict[LinkRole, int] = {"article": 10, "section": 0}
UNDATED_PRIORITY = -5  # in a backfill: after pages that are known to be in the period
LIST_PRIORITY = 50  # feeds and sitemaps are at depth 0: before all pages that they list
# An index's sitemaps one by one: after the articles known so far (10 - DEPTH_PRIORITY)
SITEMAP_PRIORITY = -95
# Whose heads name feeds of news; articles name those of comments
FRUITFUL_ROLES = frozenset({"seed", "section"})


@dataclass(frozen=True)
class Wanted:
    """An address to fetch.

    Attributes:
        url: the address.
        role: the probable role of the page, by which later visits are planned.
        seed: the address from which the crawl of its site began.
        priority: Scrapy's, highest first.
        is_listed: whether a page or list names this list, which then counts as near to the start as
            the front page.
        entry: the values that a list gave for it.
        modified: when it was changed by a list's account, ISO 8601.
        empty_in_row: the number of empty pages in a row on the way to it.
        guessed: whether nothing names this list, so that it may not exist.
    """

    url: str
    role: Role
    seed: str
    priority: int = 0
    is_listed: bool = False
    entry: EntryHint | None = None
    modified: str | None = None
    empty_in_row: int = 0
    guessed: bool = False


@dataclass(frozen=True)
class ListPage:
    """A front or section page, with the facts needed to find a site's lists.

    Attributes:
        url: its address, after redirects.
        role: the role it was requested with.
        seed: the address from which the crawl of its site began.
        is_front: whether it is the first page that the site shows.
    """

    url: str
    role: Role | None
    seed: str
    is_front: bool


class Follower:
    """Chooses the requests to make within some sites."""

    def __init__(
        self,
        sites: Mapping[str, Site],
        selection: Selection,
        empty_pages: EmptyPages,
        learned_links: LearnedLinks,
    ) -> None:
        """Follow within sites, given by their registered domains."""
        named: list[str] = []

        for site in sites.values():
            named += (site.url, *site.feeds, *site.sitemaps, *site.sections)

        self._sites = sites
        self._ports = {(site_of(url), urlsplit(url).port) for url in named}
        self.domains = sorted(set(filter(None, map(site_of, named))))
        self._selection = selection
        self._empty_pages = empty_pages
        self._learned = learned_links

    def site_of(self, seed: str) -> Site:
        """Return the profile of a seed's site."""
        return self._sites.get(site_of(seed) or "") or Site(url=seed)

    def is_wanted(self, url: str, role: Role, seed: str) -> bool:
        """Whether the site's profile and the period want a page that an earlier run found."""
        site, port = site_of(url), urlsplit(url).port
        is_machine = port is not None and not is_name(site or "")
        if is_machine and (site, port) not in self._ports:
            return False  # another server on the same machine
        return role not in LINKED_ROLES or self._place(Entry(url), role, seed) is not None

    def iter_start(self, site: Site) -> Iterator[Wanted]:
        """Yield a site's front page and sections, and the feeds and sitemaps of its profile."""
        for url in site.seeds:
            # The front page is fetched in each run; other lists as often as the profile says.
            is_planned = site.revisit and url != site.url
            yield Wanted(url, "section" if is_planned else "seed", seed=url)

        yield from (Wanted(url, "feed", site.url, LIST_PRIORITY) for url in site.feeds)
        yield from (Wanted(url, "sitemap", site.url, LIST_PRIORITY) for url in site.sitemaps)

    def iter_parts(self, record: ArticleRecord, seed: str) -> Iterator[Wanted]:
        """Yield an article's other parts: a wanted article is wanted whole, however deep it is."""
        yield from (
            Wanted(url, "article", seed, PART_PRIORITY) for url in record.pages if url != record.url
        )

    def iter_lists(
        self, page: ListPage, feeds: Sequence[str], sitemaps: Sequence[str]
    ) -> Iterator[Wanted]:
        """Yield the feeds that a list names and, from a front page, the site's sitemaps.

        If there are none, the usual places are tried.

        Args:
            page: the list.
            feeds: the feeds that it names.
            sitemaps: the sitemaps that its host's robots.txt names.
        """
        site = self.site_of(page.seed)
        if page.role not in FRUITFUL_ROLES or not site.discover:
            return

        own_feeds = self._of_ours(feeds)
        own_sitemaps = self._of_ours(sitemaps) if page.role == "seed" else []

        for url in own_feeds:
            yield Wanted(url, "feed", page.seed, LIST_PRIORITY, is_listed=True)

        for url in own_sitemaps:
            yield Wanted(url, "sitemap", page.seed, LIST_PRIORITY, is_listed=True)

        if page.is_front and not (own_feeds or site.feeds):
            yield from _iter_guessed(page, "feed", USUAL_FEEDS)

        if page.is_front and not (own_sitemaps or site.sitemaps):
            yield from _iter_guessed(page, "sitemap", USUAL_SITEMAPS)

    def iter_links(
        self, url: str, links: Iterable[Link], words: int, before: int, seed: str
    ) -> Iterator[Wanted]:
        """Yield the links of a page to follow, unless it is behind too many empty pages.

        Args:
            url: the page's address.
            links: the page's links.
            words: the number of words in the article that the page is itself; 0 if it is not one.
            before: the number of empty pages in a row on the way to it.
            seed: the address from which the crawl of this site began.
        """
        site = self.site_of(seed)
        judged = self._learned.judge(links)
        empty_in_row = self._empty_pages.count_empty(url, judged, before, words)

        for link in self._empty_pages.choose(judged, empty_in_row):
            if link.role and _is_followed(link.role, site):
                yield from self._iter_wanted(Entry(link.url), link.role, seed, empty_in_row)

    def iter_entries(self, listing: Listing, seed: str) -> Iterator[Wanted]:
        """Yield the entries of a feed or sitemap that belong to its own site."""
        domain, period = self.site_of(seed).domain, self._selection.period

        for entry in listing.sitemaps:
            if site_of(entry.url) == domain and is_sitemap_wanted(entry, period):
                yield _wanted_sitemap(entry, seed)

        for entry in newest_first(listing.pages) if period else listing.pages:
            if site_of(entry.url) != domain:
                continue

            # Entries with news are articles; a plain sitemap lists all kinds of pages.
            role = "article" if entry.hint else self._role_of(entry.url)
            if role:
                yield from self._iter_wanted(entry, role, seed)

    def _is_ours(self, url: str) -> bool:
        return is_web_url(url) and site_of(url) in self.domains

    def _of_ours(self, urls: Iterable[str]) -> list[str]:
        """Return those addresses of lists that belong to the sites."""
        ours = []

        for url in urls:
            if self._is_ours(url):
                ours.append(url)
            else:
                logger.info("%s is on another site: name it in the site's profile to read it", url)

        return ours

    def _role_of(self, url: str) -> LinkRole | None:
        """Return the probable role of an address about which nothing else is known."""
        link = link_to(url)
        return next((judged.role for judged in self._learned.judge([link])), None) if link else None

    def _iter_wanted(
        self, entry: Entry, role: LinkRole, seed: str, empty_in_row: int = 0
    ) -> Iterator[Wanted]:
        """Yield an address, if its site's profile and the backfill's period want it."""
        if place := self._place(entry, role, seed):
            priority = PRIORITIES[role] if place == "inside" else UNDATED_PRIORITY
            modified = exact_moment(entry.modified)
            yield Wanted(
                entry.url,
                role,
                seed,
                priority,
                entry=entry.hint,
                modified=modified,
                empty_in_row=empty_in_row,
            )

    def _place(self, entry: Entry, role: Role, seed: str) -> Place | None:
        """Return an address's place in the period, or None if the period or profile excludes it."""
        if not self.site_of(seed).wants(entry.url, is_article=role == "article"):
            return None

        place = self._place_in_period(entry, role)
        return place if self._selection.takes(place) else None

    def _place_in_period(self, entry: Entry, role: Role) -> Place:
        if role == "article":
            return self._selection.place(entry)
        return self._selection.place_list(entry.url)


def _is_followed(role: LinkRole, site: Site) -> bool:
    """Whether links with a role are followed: articles always, lists unless the profile forbids it."""
    return role == "article" or site.discover


def _iter_guessed(page: ListPage, role: Role, paths: tuple[str, ...]) -> Iterator[Wanted]:
    """Yield the usual addresses of a site's lists."""
    for url in usual_addresses(page.url, paths):
        yield Wanted(url, role, page.seed, LIST_PRIORITY, is_listed=True, guessed=True)


def _wanted_sitemap(entry: Entry, seed: str) -> Wanted:
    """Return the request for a sitemap of an index; sitemaps of news go first."""
    is_news = "news" in urlsplit(entry.url).path.lower()
    priority = LIST_PRIORITY if is_news else SITEMAP_PRIORITY
    modified = exact_moment(entry.modified)
    return Wanted(entry.url, "sitemap", seed, priority, is_listed=True, modified=modified)
