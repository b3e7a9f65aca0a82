"""What is fetched next: of a start, a page or a list, what the sites' profiles, the period and the trail want of it."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from newsspider.discovery.backfill import Place, Selection, is_sitemap_wanted, newest_first
from newsspider.discovery.dating import exact_moment
from newsspider.discovery.learned_links import Lessons
from newsspider.discovery.link_scores import LinkRole
from newsspider.discovery.links import Link, link_to
from newsspider.discovery.list_locations import USUAL_FEEDS, USUAL_SITEMAPS, usual_addresses
from newsspider.discovery.listings import Entry, Listing
from newsspider.discovery.trail import Trail
from newsspider.pages.raw_page import EntryHint
from newsspider.record import ArticleRecord
from newsspider.revisiting.page_states import LINKED_ROLES, Role
from newsspider.sites.profile import Site
from newsspider.urls import is_name, is_web_url, site_of

logger = logging.getLogger(__name__)

# Order, within one depth where nothing else is said: what is wanted before what lists it.
PART_PRIORITY = 20  # an article's other parts before the next article
PRIORITIES: dict[LinkRole, int] = {"article": 10, "section": 0}
UNDATED_PRIORITY = -5  # in a backfill: after what is known to lie in the period
LIST_PRIORITY = 50  # feeds and sitemaps are named at depth 0: before all that they list
# An index's sitemaps one by one: after the articles known so far (10 - DEPTH_PRIORITY)
SITEMAP_PRIORITY = -95
# Whose heads name feeds of news; articles name those of comments
FRUITFUL_ROLES = frozenset({"seed", "section"})


@dataclass(frozen=True)
class Wanted:
    """An address that is to be fetched.

    Attributes:
        role: what probably lies there, by which it is looked at again.
        seed: the address that the crawl of its site began with.
        priority: Scrapy's, the highest first.
        is_listed: whether a page or list names this list, which is then as near to the start as the
            front page.
        entry: what a list said of it.
        modified: the moment it was changed, as a list says, ISO 8601.
        barren: how many pages in a row had brought nothing on the way to it.
        guessed: whether nothing names this list: it may not be there.
    """

    url: str
    role: Role
    seed: str
    priority: int = 0
    is_listed: bool = False
    entry: EntryHint | None = None
    modified: str | None = None
    barren: int = 0
    guessed: bool = False


@dataclass(frozen=True)
class ListPage:
    """A front or section page, as far as it tells where a site's lists are.

    Attributes:
        url: where it lies, after redirects.
        role: what it was asked for as.
        seed: the address that the crawl of its site began with.
        is_front: whether it is what the site shows first.
    """

    url: str
    role: Role | None
    seed: str
    is_front: bool


class Follower:
    """Says what is followed within some sites."""

    def __init__(self, sites: Mapping[str, Site], selection: Selection, trail: Trail, lessons: Lessons) -> None:
        """Follow within sites, given by their registered domains."""
        self._sites = sites
        named = [url for site in sites.values() for url in (site.url, *site.feeds, *site.sitemaps, *site.sections)]
        self._ports = {(site_of(url), urlsplit(url).port) for url in named}
        self.domains = sorted({domain for url in named if (domain := site_of(url))})
        self._selection = selection
        self._trail = trail
        self._lessons = lessons

    def site_of(self, seed: str) -> Site:
        """Return the profile of the site that a seed belongs to."""
        return self._sites.get(site_of(seed) or "") or Site(url=seed)

    def is_wanted(self, url: str, role: Role, seed: str) -> bool:
        """Whether the site's profile and the period want what lies at an address that an earlier run found."""
        site, port = site_of(url), urlsplit(url).port
        if port is not None and not is_name(site or "") and (site, port) not in self._ports:
            return False  # another server on the same machine
        return role not in LINKED_ROLES or self._place(Entry(url), role, seed) is not None

    def iter_start(self, site: Site) -> Iterator[Wanted]:
        """Yield a site's front page and sections, and the feeds and sitemaps that its profile names."""
        for url in site.seeds:
            # The front page is looked at in each run; other lists as often as the profile says.
            yield Wanted(url, "section" if site.revisit and url != site.url else "seed", seed=url)
        yield from (Wanted(url, "feed", site.url, LIST_PRIORITY) for url in site.feeds)
        yield from (Wanted(url, "sitemap", site.url, LIST_PRIORITY) for url in site.sitemaps)

    def iter_parts(self, record: ArticleRecord, seed: str) -> Iterator[Wanted]:
        """Yield an article's other parts: what belongs to an article that is read is wanted whole, however deep."""
        yield from (Wanted(url, "article", seed, PART_PRIORITY) for url in record.pages if url != record.url)

    def iter_lists(self, page: ListPage, feeds: Sequence[str], sitemaps: Sequence[str]) -> Iterator[Wanted]:
        """Yield the feeds that a list names and, from a front page, the site's sitemaps; else where they usually are.

        Args:
            page: the list.
            feeds: that it names.
            sitemaps: that its host's robots.txt names.
        """
        site = self.site_of(page.seed)
        if page.role not in FRUITFUL_ROLES or not site.discover:
            return

        named: dict[Role, list[str]] = {
            "feed": self._of_ours(feeds),
            "sitemap": self._of_ours(sitemaps) if page.role == "seed" else [],
        }

        for role, urls in named.items():
            yield from (Wanted(url, role, page.seed, LIST_PRIORITY, is_listed=True) for url in urls)

        usual: dict[Role, tuple[Sequence[str], tuple[str, ...]]] = {
            "feed": (site.feeds, USUAL_FEEDS),
            "sitemap": (site.sitemaps, USUAL_SITEMAPS),
        }

        for role, (in_profile, paths) in usual.items():
            if page.is_front and not named[role] and not in_profile:
                for url in usual_addresses(page.url, paths):
                    yield Wanted(url, role, page.seed, LIST_PRIORITY, is_listed=True, guessed=True)

    def iter_links(self, url: str, links: Iterable[Link], words: int, before: int, seed: str) -> Iterator[Wanted]:
        """Yield what is followed of a page's links, as far as its trail brings articles.

        Args:
            url: the page's.
            links: the page's.
            words: of the article that the page is itself; 0 for none.
            before: how many pages in a row had brought nothing on the way to it.
            seed: the address that the crawl of this site began with.
        """
        site = self.site_of(seed)
        judged = self._lessons.judge(links)
        barren = self._trail.count_barren(url, judged, before, words)
        for link in self._trail.choose(judged, barren):
            if link.role and (link.role == "article" or site.discover):
                yield from self._iter_wanted(Entry(link.url), link.role, seed, barren)

    def iter_entries(self, listing: Listing, seed: str) -> Iterator[Wanted]:
        """Yield what a feed or sitemap lists of its own site: news is an article, a sitemap lists all."""
        site, period = self.site_of(seed), self._selection.period
        for entry in listing.sitemaps:
            if site_of(entry.url) == site.domain and is_sitemap_wanted(entry, period):
                priority = LIST_PRIORITY if "news" in urlsplit(entry.url).path.lower() else SITEMAP_PRIORITY
                modified = exact_moment(entry.modified)
                yield Wanted(entry.url, "sitemap", seed, priority, is_listed=True, modified=modified)

        for entry in newest_first(listing.pages) if period else listing.pages:
            if site_of(entry.url) == site.domain and (role := "article" if entry.hint else self._role_of(entry.url)):
                yield from self._iter_wanted(entry, role, seed)

    def _of_ours(self, urls: Iterable[str]) -> list[str]:
        """Return those of the addresses of lists that lie on the sites."""
        ours = []
        for url in urls:
            if is_web_url(url) and site_of(url) in self.domains:
                ours.append(url)
            else:
                logger.info("%s lies elsewhere: name it in the site's profile to have it read", url)

        return ours

    def _role_of(self, url: str) -> LinkRole | None:
        """Return what probably lies at an address of which nothing else is known."""
        link = link_to(url)
        return next((judged.role for judged in self._lessons.judge([link])), None) if link else None

    def _iter_wanted(self, entry: Entry, role: LinkRole, seed: str, barren: int = 0) -> Iterator[Wanted]:
        """Yield an address, if its site's profile and the backfill's period want it."""
        if place := self._place(entry, role, seed):
            priority = PRIORITIES[role] if place == "inside" else UNDATED_PRIORITY
            modified = exact_moment(entry.modified)
            yield Wanted(entry.url, role, seed, priority, entry=entry.hint, modified=modified, barren=barren)

    def _place(self, entry: Entry, role: Role, seed: str) -> Place | None:
        """Return where an address lies of the period; None where the period or the site's profile leaves it out."""
        is_article = role == "article"
        if not self.site_of(seed).wants(entry.url, is_article=is_article):
            return None
        place = self._selection.place(entry) if is_article else self._selection.place_list(entry.url)
        return place if self._selection.takes(place) else None
