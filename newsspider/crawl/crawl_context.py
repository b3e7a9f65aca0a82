"""What components know of a crawl: one typed value, which a spider of ours fills and any other has by default."""

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
from newsspider.discovery.learned_links import Lessons
from newsspider.discovery.next_requests import Wanted
from newsspider.discovery.trail import Trail
from newsspider.errors import UsageError
from newsspider.record import ArticleRecord
from newsspider.revisiting.page_states import Role
from newsspider.sites.profile import Site

# Settings that stand for arguments which the spider was not given, or can't be given.
SETTINGS = {
    "max_pages": "NEWSSPIDER_MAX_PAGES",
    "max_depth": "NEWSSPIDER_MAX_DEPTH",
    "sites": "NEWSSPIDER_SITES",
    "dry_run": "NEWSSPIDER_DRY_RUN",
}


@dataclass(eq=False, kw_only=True)
class CrawlContext:
    """What is known of a crawl.

    Attributes:
        given: the spider's arguments as they were given, and the settings that stand for others.
        arguments: the same, validated; the defaults where they are wrong, which `start` says.
        sites: profiles by registered domain; filled when the crawl starts.
        selection: what of a backfill's addresses is fetched.
        trail: how far links are followed.
        lessons: what the sites' own pages have taught of their addresses.
        records: what the spider has read of responses, whether it yields it or not.
    """

    given: Mapping[str, Any] = field(default_factory=dict)
    arguments: CrawlArguments = field(default_factory=CrawlArguments)
    sites: dict[str, Site] = field(default_factory=dict)
    selection: Selection = field(default_factory=lambda: Selection(Period()))
    trail: Trail = field(default_factory=Trail)
    lessons: Lessons = field(default_factory=Lessons)
    records: WeakKeyDictionary[Response, ArticleRecord] = field(default_factory=WeakKeyDictionary)

    @property
    def is_dry_run(self) -> bool:
        """Whether nothing is stored."""
        return self.arguments.dry_run

    @property
    def waits(self) -> dict[str, timedelta]:
        """How long until the lists of a site are looked at again, where its profile says it."""
        return {domain: site.revisit for domain, site in self.sites.items() if site.revisit}

    def add_sites(self, sites: tuple[Site, ...]) -> None:
        """Take the sites' profiles; of two for a domain the first is kept."""
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
    """Return what is known of a crawl: its spider's own, else what the settings say.

    Raises:
        UsageError: a setting that stands for an argument has a value that it can't have.
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
    """Return the arguments that settings stand for, validated.

    Raises:
        UsageError: one line that names the setting.
    """
    try:
        return read_arguments(stated_arguments(settings), CrawlArguments)
    except UsageError as error:
        said = str(error)
        for name, setting in SETTINGS.items():
            said = said.replace(f"-a {name}=", f"{setting}=")
        raise UsageError(said) from error


def stated_arguments(settings: BaseSettings) -> dict[str, Any]:
    """Return the arguments that settings stand for, where they are set."""
    values = {name: settings.get(setting) for name, setting in SETTINGS.items()}
    return {name: value for name, value in values.items() if value not in (None, "")}
