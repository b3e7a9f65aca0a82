"""The news spider: crawls sites from their seeds and yields a record for every page it fetched or failed to."""

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import timedelta
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from newsspider.clock import utc_now
from newsspider.discovery.backfill import Selection
from newsspider.discovery.following import Follower, ListPage, Wanted
from newsspider.discovery.lessons import Lessons
from newsspider.discovery.listings import Listing
from newsspider.discovery.trail import Trail
from newsspider.errors import RenderError, UsageError
from newsspider.pool import failed_record
from newsspider.pool.following import Extracted, extract_with_links, list_entries
from newsspider.raw_page import RawPage
from newsspider.record import ArticleRecord
from newsspider.revisiting.states import LINKED_ROLES, Role
from newsspider.sites.profile import Site
from newsspider.spiders.arguments import NewsArguments, read_arguments, read_profiles
from newsspider.spiders.guard.answers import why_cut
from newsspider.spiders.guard.policy import without_credentials
from newsspider.spiders.guard.refusing import RefusedRequest
from newsspider.spiders.keeping import FETCHED_AT
from newsspider.spiders.looks import ASKED_TO_WAIT, asked_for
from newsspider.spiders.unneeded import Unneeded
from newsspider.spiders.workers import Workers
from newsspider.urls import absolute_url, is_home

LIST_ROLES = frozenset({"feed", "sitemap"})


class NewsSpider(Spider):
    """Crawls news sites politely: `scrapy crawl news -a url=https://herald.example`.

    Arguments (-a NAME=VALUE):
        url, urls, urls_file: where to start; links are followed within these sites only.
        sites, site: a file of sites' profiles (TOML), and the name of the one that is wanted of it.
        since, until: only what was published in these days, decided before download; undated=skip leaves what has no
            date.
        max_pages: fetch at most so many pages, feeds and sitemaps not counted.
        dry_run: 1 shows what would be fetched and the first records, and stores nothing.
        max_depth: follow links at most so many clicks from the start.
    """

    name = "news"

    def __init__(self, name: str | None = None, **arguments: Any) -> None:
        """Keep the arguments; `start` validates them, since `scrapy parse` and `shell` build a spider without any."""
        super().__init__(name)
        self.given = arguments
        self.allowed_domains: list[str] = []
        self.arguments = NewsArguments()
        self.sites: dict[str, Site] = {}  # by registered domain
        self.selection = Selection(self.arguments.period)
        self.trail = Trail()
        self.lessons = Lessons()
        self._follower = Follower(self.sites, self.selection, self.trail, self.lessons)
        self._robots_sitemaps: dict[str, tuple[str, ...]] = {}  # by host

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Build it, and hear of each robots.txt."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.note_robots, signal=signals.robots_parsed)
        return spider

    def note_robots(self, robotparser: RobotParser, request: Request) -> None:
        """Remember the sitemaps that a host's robots.txt names."""
        rules = getattr(robotparser, "rp", None)  # Protego's; other parsers of Scrapy's know no sitemaps
        named = (absolute_url(line, request.url) for line in getattr(rules, "sitemaps", ()))
        self._robots_sitemaps[urlsplit(request.url).netloc] = tuple(filter(None, named))

    @classmethod
    def check_arguments(cls, arguments: dict[str, Any]) -> None:
        """Refuse wrong arguments before anything starts.

        Raises:
            UsageError: one line that names the argument.
        """
        read_arguments(arguments)

    async def start(self) -> AsyncIterator[Request]:
        """Yield requests for the sites' front pages, sections, and the feeds and sitemaps that profiles name."""
        try:
            self.arguments = read_arguments(self.given)
            profiles = read_profiles(self.arguments)
        except UsageError as error:
            self.logger.error("%s", error)
            raise CloseSpider("wrong_usage") from error
        self.selection = Selection(self.arguments.period, skips_undated=self.arguments.undated == "skip")
        for site in profiles:
            self.sites.setdefault(site.domain, site)
        self._follower = Follower(self.sites, self.selection, self.trail, self.lessons)
        self.allowed_domains = self._follower.domains
        for site in profiles:
            for wanted in self._follower.iter_start(site):
                yield self.request(wanted)

    async def parse(self, response: Response) -> AsyncIterator[ArticleRecord | Request]:
        """Yield the page's record, then requests for the links and lists it is worth following."""
        seed = response.meta.get("seed", response.url)
        extracted = await self._extract(self._raw_page(response, seed))
        record = extracted.record
        self._learn(response, record)
        yield record
        for part in self._follower.iter_parts(record, seed):
            yield self.request(part)
        if not self._is_deepest(response):
            for wanted in self._follow(response, extracted, seed):
                yield self.request(wanted)

    async def parse_list(self, response: Response) -> AsyncIterator[ArticleRecord | Request]:
        """Yield requests for what a feed or sitemap lists; the record of one that can't be read."""
        seed, role = response.meta["seed"], response.meta["role"]
        raw = self._raw_page(response, seed)
        listing = await self._list_entries(raw)
        if listing.kind == "unreadable":
            if not response.meta.get("guessed"):
                yield failed_record(raw, f"unreadable {role}: {listing.problems[0]}")
            return
        for problem in listing.problems:
            self.logger.warning("%s: %s", response.url, problem)
        for wanted in self._follower.iter_entries(listing, seed):
            yield self.request(wanted)

    @property
    def waits(self) -> dict[str, timedelta]:
        """How long until the lists of a site are looked at again, where its profile says it."""
        return {domain: site.revisit for domain, site in self.sites.items() if site.revisit}

    def closed(self, reason: str) -> None:
        """Say what a backfill chose."""
        if self.selection.period:
            for domain in self.sites:
                self.logger.info("%s: %s", domain, self.selection.describe(domain))

    def _follow(self, response: Response, extracted: Extracted, seed: str) -> Iterator[Wanted]:
        """Yield the lists and links that a page names and that are followed."""
        url = response.url
        yield from self._iter_lists(response, extracted.feeds, seed)
        words = extracted.record.word_count or 0 if extracted.record.is_article else 0
        yield from self._follower.iter_links(url, extracted.links, words, response.meta.get("barren", 0), seed)

    def _iter_lists(self, response: Response, feeds: Sequence[str], seed: str) -> Iterator[Wanted]:
        """Yield the lists that a page names, whatever its status: a site may hide its front page and show its lists."""
        is_front = is_home(asked_for(response)) or is_home(response.url)
        page = ListPage(response.url, response.meta.get("role"), seed, is_front)
        yield from self._follower.iter_lists(page, feeds, self._robots_sitemaps.get(urlsplit(response.url).netloc, ()))

    def _learn(self, response: Response, record: ArticleRecord) -> None:
        """Note what became of a link: what lies at the address that a page named."""
        if response.meta.get("role") in LINKED_ROLES:
            self.lessons.learn(asked_for(response), record.kind)

    def _is_deepest(self, response: Response) -> bool:
        """Whether the links of a page are too many clicks from the start."""
        deepest = self.arguments.max_depth
        return deepest is not None and response.meta.get("depth", 0) >= deepest

    async def note_failure(self, failure: Failure) -> AsyncIterator[ArticleRecord | Request]:
        """Yield the failed record of a page that could not be fetched; a link that may not be followed is none."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it on every errback's failure
        seed = request.meta.get("seed", request.url)
        error = failure.value
        if isinstance(error, Unneeded) or (isinstance(error, HttpError) and request.meta.get("guessed")):
            return
        if isinstance(error, HttpError):
            raw = self._raw_page(error.response, seed)
            record = (await self._extract(raw)).record  # an error's body may be a challenge to robots
            yield record if record.kind == "bot_wall" else failed_record(raw, f"HTTP {raw.status}")
            if raw.status not in ASKED_TO_WAIT and not self._is_deepest(error.response):
                for wanted in self._iter_lists(error.response, (), seed):
                    yield self.request(wanted)
        elif isinstance(error, RefusedRequest | RenderError):
            yield failed_record(_unfetched(request, seed), str(error))
        elif not isinstance(error, IgnoreRequest):
            yield failed_record(_unfetched(request, seed), f"{type(error).__name__}: {failure.getErrorMessage()}")
        elif seed == request.url or seed in request.meta.get("redirect_urls", ()):
            yield failed_record(_unfetched(request, seed), str(error))

    async def _extract(self, raw: RawPage) -> Extracted:
        """Return a page's record and links from the crawl's workers; a crawler without them extracts here."""
        workers = self.crawler.get_extension(Workers)
        return await workers.extract(raw) if workers else extract_with_links(raw)

    def _raw_page(self, response: Response, seed: str) -> RawPage:
        """Return a response as a page yet to be parsed."""
        site = self._follower.site_of(seed)
        headers = {
            name.decode("latin-1"): b", ".join(values).decode("latin-1") for name, values in response.headers.items()
        }
        return RawPage(
            body=response.body,
            url=response.url,
            source=seed,
            status=response.status,
            headers=headers,
            fetched_at=response.meta.get(FETCHED_AT) or utc_now(),
            cut=why_cut(response),
            entry=response.meta.get("entry"),
            drop=site.drop,
            keep=site.keep,
            language=site.language,
        )

    async def _list_entries(self, raw: RawPage) -> Listing:
        """Return what a feed or sitemap lists, read by the crawl's workers."""
        workers = self.crawler.get_extension(Workers)
        return await workers.list_entries(raw) if workers else list_entries(raw)

    def is_wanted(self, url: str, role: Role, seed: str) -> bool:
        """Whether this run wants what lies at an address that an earlier one found."""
        return self._follower.is_wanted(url, role, seed)

    def request(self, wanted: Wanted) -> Request:
        """Return a request that ends in a record, whatever happens to it; what is known of the page is in `meta`."""
        known = {"entry": wanted.entry, "modified": wanted.modified, "barren": wanted.barren, "guessed": wanted.guessed}
        meta = {"seed": wanted.seed, "role": wanted.role, **{name: value for name, value in known.items() if value}}
        if wanted.is_listed:
            meta["depth_reset"] = True
        callback = self.parse_list if wanted.role in LIST_ROLES else self.parse
        return Request(wanted.url, callback=callback, errback=self.note_failure, priority=wanted.priority, meta=meta)


def _unfetched(request: Request, seed: str) -> RawPage:
    """Return the page that a request would have brought: the one that was asked for, wherever it was redirected to."""
    return RawPage(body=b"", url=without_credentials(asked_for(request)), source=seed, fetched_at=utc_now())
