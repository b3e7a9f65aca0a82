"""The context of a crawl: one typed value for all components.

Our spiders fill it; others get defaults.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from weakref import WeakKeyDictionary

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings

from newsspider.crawl.arguments import CrawlArguments, read_arguments, read_profiles
from newsspider.discovery.backfill import Period, Selection
from newsspider.discovery.empty_pages import EmptyPages
from newsspider.discovery.learned_links import LearnedLinks
from newsspider.discovery.next_requests import Wanted
from newsspider.errors import UsageError
from newsspider.record import ArticleRecord
from newsspider.revisiting.page_states import Role
from newsspider.site_memory.lookup import OneMemory
from newsspider.site_memory.observations import Observation
from newsspider.sites.profile import Site

# Settings that replace missing arguments of a spider.
SETTINGS = {
    "max_pages": "NEWSSPIDER_MAX_PAGES",
    "max_depth": "NEWSSPIDER_MAX_DEPTH",
    "sites": "NEWSSPIDER_SITES",
    "dry_run": "NEWSSPIDER_DRY_RUN",
}


@dataclass(eq=False, kw_only=True)
class CrawlContext:
    """The context of a crawl.

    Attributes:
        given: the spider's arguments, unchecked, and the settings that replace others.
        arguments: the same, validated; defaults if one is wrong, which `start` reports.
        sites: profiles by registered domain, filled when the crawl starts.
        selection: which pages a backfill fetches.
        empty_pages: where pages list nothing new, so that links there aren't followed.
        learned_links: which URLs lead to articles on each site, learned from its pages.
        records: the record of each response, whether the spider yields it or not.
        memories: what earlier runs learned of each site's pages, as it was when this run began.
        observations: what each response teaches about its site.
        requested: hashes of the addresses in the queue or fetched, which the queue takes only once.
    """

    given: Mapping[str, Any] = field(default_factory=dict)
    arguments: CrawlArguments = field(default_factory=CrawlArguments)
    sites: dict[str, Site] = field(default_factory=dict)
    selection: Selection = field(default_factory=lambda: Selection(Period()))
    empty_pages: EmptyPages = field(default_factory=EmptyPages)
    learned_links: LearnedLinks = field(default_factory=LearnedLinks)
    records: WeakKeyDictionary[Response, ArticleRecord] = field(default_factory=WeakKeyDictionary)
    memories: dict[str, OneMemory] = field(default_factory=dict)
    observations: WeakKeyDictionary[Response, Observation] = field(
        default_factory=WeakKeyDictionary
    )

    requested: set[int] = field(default_factory=set)

    @property
    def is_dry_run(self) -> bool:
        """Whether nothing is stored."""
        return self.arguments.dry_run

    @property
    def waits(self) -> dict[str, timedelta]:
        """How long until the lists of a site are visited again, for profiles that set it."""
        return {domain: site.revisit for domain, site in self.sites.items() if site.revisit}

    def add_sites(self, sites: tuple[Site, ...]) -> None:
        """Add the profiles of sites. The first profile of a domain wins."""
        for site in sites:
            self.sites.setdefault(site.domain, site)


class OwnSpider(Spider):
    """The parts of our spiders that the components of a crawl use.

    Attributes:
        crawl: the context of the crawl, which the spider makes itself.
    """

    crawl: CrawlContext

    @classmethod
    def check_arguments(cls, given: Mapping[str, Any]) -> CrawlArguments:
        """Return the spider's arguments, validated.

        Raises:
            UsageError: one line that names the argument.
        """
        raise NotImplementedError

    def request(self, wanted: Wanted) -> Request:
        """Return the request for an address."""
        raise NotImplementedError

    def is_wanted(self, url: str, role: Role, seed: str) -> bool:
        """Whether this run wants an address that an earlier run found."""
        raise NotImplementedError


_OF_OTHERS: WeakKeyDictionary[Crawler, CrawlContext] = WeakKeyDictionary()


def crawl_of(crawler: Crawler) -> CrawlContext:
    """Return the context of a crawl: its spider's, else one made from the settings.

    Raises:
        UsageError: a setting that replaces an argument has an invalid value.
    """
    if isinstance(crawler.spider, OwnSpider):
        return crawler.spider.crawl

    if crawler not in _OF_OTHERS:
        arguments = read_stated(crawler.settings)
        _OF_OTHERS[crawler] = CrawlContext(
            given=stated_arguments(crawler.settings), arguments=arguments
        )
        _OF_OTHERS[crawler].add_sites(read_profiles(arguments))

    return _OF_OTHERS[crawler]


def read_stated(settings: BaseSettings) -> CrawlArguments:
    """Return the arguments in the settings, validated.

    Raises:
        UsageError: one line that names the setting.
    """
    try:
        return read_arguments(stated_arguments(settings), CrawlArguments)
    except UsageError as error:
        text = str(error)
        for name, setting in SETTINGS.items():
            text = text.replace(f"-a {name}=", f"{setting}=")
        raise UsageError(text) from error


def stated_arguments(settings: BaseSettings) -> dict[str, Any]:
    """Return the arguments in the settings."""
    values = {name: settings.get(setting) for name, setting in SETTINGS.items()}
    return {name: value for name, value in values.items() if value not in (None, "")}
