"""The news spider: crawls sites from their seeds, and yields a record for every page, also failed ones."""

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from newsspider.crawl.arguments import CrawlArguments, NewsArguments
from newsspider.crawl.extraction.responses import extract_response, raw_page_of, read_list, seed_of
from newsspider.crawl.request_context import context_of, role_of
from newsspider.crawl.visits.describing import ASKED_TO_WAIT, asked_for
from newsspider.discovery.backfill import Selection
from newsspider.discovery.next_requests import Follower, ListPage, Wanted
from newsspider.pool import failed_record
from newsspider.pool.crawl_job import Extracted
from newsspider.record import ArticleRecord
from newsspider.revisiting.page_states import LINKED_ROLES, LIST_ROLES, Role
from newsspider.spiders.article import ArticleSpider, Callback
from newsspider.urls import absolute_url, is_home


class NewsSpider(ArticleSpider):
    """Crawls news sites politely: `scrapy crawl news -a url=https://herald.example`.

    Arguments (-a NAME=VALUE):
        url, urls, urls_file: the start URLs. Links to other sites are not followed.
        sites, site: a TOML file of profiles, and the name of the only one to crawl.
        since, until: only articles from these days, decided before download if possible;
        undated=skip leaves out
            pages without a date.
        max_pages: fetch at most this many pages; feeds and sitemaps don't count.
        dry_run: 1 shows the pages that would be fetched and the first records, and stores nothing.
        max_depth: follow links at most this many clicks from the start.
    """

    name = "news"
    arguments_model: ClassVar[type[CrawlArguments]] = NewsArguments

    def __init__(self, name: str | None = None, **given: Any) -> None:
        """Keep the arguments."""
        super().__init__(name, **given)
        self._follower = self._new_follower()
        self._robots_sitemaps: dict[str, tuple[str, ...]] = {}  # by host

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Build it, and listen for each robots.txt."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider._follower = spider._new_follower()
        crawler.signals.connect(spider.note_robots, signal=signals.robots_parsed)
        return spider

    def note_robots(self, robotparser: RobotParser, request: Request) -> None:
        """Remember the sitemaps in the robots.txt of a host."""
        rules = getattr(robotparser, "rp", None)  # Protego's; other parsers have no sitemaps
        named = (absolute_url(line, request.url) for line in getattr(rules, "sitemaps", ()))
        self._robots_sitemaps[urlsplit(request.url).netloc] = tuple(filter(None, named))

    async def start(self) -> AsyncIterator[Request]:
        """Yield requests for the sites' front pages, sections, and the feeds and sitemaps that profiles name."""
        profiles = self.begin()
        arguments = self.crawl.arguments
        assert isinstance(arguments, NewsArguments)  # of `arguments_model`
        self.crawl.selection = Selection(
            arguments.period, skips_undated=arguments.undated == "skip"
        )
        self._follower = self._new_follower()
        self.allowed_domains = self._follower.domains

        for site in profiles:
            for wanted in self._follower.iter_start(site):
                yield self.request(wanted)

    async def parse(self, response: Response) -> AsyncIterator[ArticleRecord | Request]:
        """Yield the record of a page, then requests for the links and lists that are worth following."""
        leads_on = not self.is_deepest(response)
        extracted = await extract_response(self.crawler, response, wants_links=leads_on)
        self._learn(response, extracted.record)
        yield extracted.record

        for part in self.iter_parts(response, extracted.record):
            yield part

        if leads_on:
            wanted = self._follow(response, extracted)
            if role_of(response) == "article" and extracted.record.is_article:
                wanted = self._without_requested(wanted)
            for each in wanted:
                yield self.request(each)

    async def parse_list(self, response: Response) -> AsyncIterator[ArticleRecord | Request]:
        """Yield requests for the entries of a feed or sitemap.

        If it can't be read, its failed record.
        """
        listing = await read_list(self.crawler, response)
        if listing.kind == "unreadable":
            context = context_of(response)
            if context and not context.guessed:
                raw = raw_page_of(self.crawler, response)
                yield failed_record(raw, f"unreadable {context.role}: {listing.problems[0]}")
            return

        for problem in listing.problems:
            self.logger.warning("%s: %s", response.url, problem)

        for wanted in self._follower.iter_entries(listing, seed_of(response)):
            yield self.request(wanted)

    async def note_failure(self, failure: Failure) -> AsyncIterator[Any]:
        """Yield the failed record of a page, then requests for lists, since some sites block only their front page."""
        async for record in super().note_failure(failure):
            yield record
            if isinstance(failure.value, HttpError):
                for wanted in self._follow_error_page(failure.value.response):
                    yield self.request(wanted)

    def callback_for(self, role: Role) -> Callback:
        """Return the callback for pages of a role."""
        return self.parse_list if role in LIST_ROLES else self.parse

    def is_wanted(self, url: str, role: Role, seed: str) -> bool:
        """Whether this run wants an address that an earlier run found."""
        return self._follower.is_wanted(url, role, seed)

    def closed(self, reason: str) -> None:
        """Log the selection of a backfill."""
        selection = self.crawl.selection
        if selection.period:
            for domain in self.crawl.sites:
                self.logger.info("%s: %s", domain, selection.describe(domain))

    def _new_follower(self) -> Follower:
        return Follower(
            self.crawl.sites, self.crawl.selection, self.crawl.empty_pages, self.crawl.learned_links
        )

    def _follow(self, response: Response, extracted: Extracted) -> Iterator[Wanted]:
        """Yield the lists and links on a page that are followed."""
        yield from self._iter_lists(response, extracted.feeds)
        record = extracted.record
        words = (record.word_count or 0) if record.is_article else 0
        context = context_of(response)
        empty_in_row = context.empty_in_row if context else 0
        yield from self._follower.iter_links(
            response.url, extracted.links, words, empty_in_row, seed_of(response)
        )

    def _without_requested(self, wanted: Iterable[Wanted]) -> Iterator[Wanted]:
        """Yield the links of an article that this run has not requested yet.

        The queue would drop the others as duplicates: half of a page's links, which all its
        neighbours have too. Only for lists does it matter how many known addresses they have.
        """
        requested = self.crawl.requested
        return (each for each in wanted if hash(each.url) not in requested)

    def _follow_error_page(self, response: Response) -> Iterator[Wanted]:
        """Yield the lists that are tried although their page failed."""
        if response.status not in ASKED_TO_WAIT and not self.is_deepest(response):
            yield from self._iter_lists(response, ())

    def _iter_lists(self, response: Response, feeds: Sequence[str]) -> Iterator[Wanted]:
        """Yield the lists that a page names, whatever its status."""
        is_front = is_home(asked_for(response)) or is_home(response.url)
        page = ListPage(response.url, role_of(response), seed_of(response), is_front)
        yield from self._follower.iter_lists(
            page, feeds, self._robots_sitemaps.get(urlsplit(response.url).netloc, ())
        )

    def _learn(self, response: Response, record: ArticleRecord) -> None:
        """Learn from a link which kind of page its address leads to."""
        if role_of(response) in LINKED_ROLES:
            self.crawl.learned_links.learn(asked_for(response), record.kind)
