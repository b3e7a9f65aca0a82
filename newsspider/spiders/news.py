"""The news spider: crawls sites from their seeds and yields a record for every page it fetched or failed to."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any, Self, cast
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from newsspider.clock import utc_now
from newsspider.discovery.alternates import USUAL_FEEDS, USUAL_SITEMAPS, is_usual, usual_addresses
from newsspider.discovery.backfill import Selection, is_sitemap_wanted, newest_first
from newsspider.discovery.dating import exact_moment
from newsspider.discovery.judging import LinkRole
from newsspider.discovery.lessons import Lessons
from newsspider.discovery.links import link_to
from newsspider.discovery.listings import Entry, Listing
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
from newsspider.spiders.unneeded import Unneeded
from newsspider.spiders.workers import Workers
from newsspider.urls import is_home, is_web_url, site_of

# Order, within one depth where nothing else is said: what is wanted before what lists it.
PART_PRIORITY = 20  # an article's other parts before the next article
PRIORITIES: dict[LinkRole, int] = {"article": 10, "section": 0}
UNDATED_PRIORITY = -5  # in a backfill: after what is known to lie in the period
LIST_PRIORITY = 50  # feeds and sitemaps are named at depth 0: before all that they list
SITEMAP_PRIORITY = -95  # an index's sitemaps one by one: after the articles known so far (10 - DEPTH_PRIORITY)

LIST_ROLES = frozenset({"feed", "sitemap"})
FRUITFUL_ROLES = frozenset({"seed", "section"})  # whose heads name feeds of news; articles name those of comments


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
        self._robots_sitemaps[urlsplit(request.url).netloc] = tuple(getattr(rules, "sitemaps", ()))

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
        named = [url for site in profiles for url in (site.url, *site.feeds, *site.sitemaps, *site.sections)]
        self.allowed_domains = sorted({domain for url in named if (domain := site_of(url))})
        for site in profiles:
            for url in site.seeds:
                # The front page is looked at in each run; other lists as often as the profile says.
                role: Role = "section" if site.revisit and url != site.url else "seed"
                yield self.request(url, role, seed=url)
            for kind, urls in named_lists(site):
                for url in urls:
                    yield self.request(url, kind, seed=site.url, priority=LIST_PRIORITY)

    async def parse(self, response: Response) -> AsyncIterator[ArticleRecord | Request]:
        """Yield the page's record, then requests for the links and lists it is worth following."""
        seed = response.meta.get("seed", response.url)
        extracted = await self._extract(self._raw_page(response, seed))
        record = extracted.record
        self._learn(response, record)
        yield record
        # What belongs to an article that is read is wanted whole, however deep.
        for url in record.pages:
            if url != record.url:
                yield self.request(url, "article", seed=seed, priority=PART_PRIORITY)
        if self._is_deepest(response):
            return
        for request in self._iter_lists(response, extracted, seed):
            yield request
        for request in self._iter_links(response, extracted, seed):
            yield request

    async def parse_list(self, response: Response) -> AsyncIterator[ArticleRecord | Request]:
        """Yield requests for what a feed or sitemap lists; the record of one that can't be read."""
        seed, role = response.meta["seed"], response.meta["role"]
        raw = self._raw_page(response, seed)
        listing = await self._list_entries(raw)
        guessed = is_usual(response.url)
        if listing.kind == "unreadable":
            if not guessed:
                yield failed_record(raw, f"unreadable {role}: {listing.problems[0]}")
            return
        for problem in listing.problems:
            self.logger.warning("%s: %s", response.url, problem)
        for request in self._iter_entries(listing, seed):
            yield request

    @property
    def waits(self) -> dict[str, timedelta]:
        """How long until the lists of a site are looked at again, where its profile says it."""
        return {domain: site.revisit for domain, site in self.sites.items() if site.revisit}

    def closed(self, reason: str) -> None:
        """Say what a backfill chose."""
        if self.selection.period:
            self.logger.info("%s", self.selection)

    def _iter_lists(self, response: Response, extracted: Extracted, seed: str) -> Iterator[Request]:
        """Yield requests for the feeds that a list names and, from the front page, for the site's sitemaps."""
        role, site = response.meta.get("role"), self._site_of(seed)
        if role not in FRUITFUL_ROLES or not site.discover:
            return
        feeds = list(extracted.feeds)
        sitemaps: list[str] = []
        if role == "seed":
            sitemaps += self._robots_sitemaps.get(urlsplit(response.url).netloc, ())
        if role == "seed" and is_home(response.url):
            feeds = feeds or list(site.feeds) or usual_addresses(response.url, USUAL_FEEDS)
            sitemaps = sitemaps or list(site.sitemaps) or usual_addresses(response.url, USUAL_SITEMAPS)
        for kind, urls in (("feed", feeds), ("sitemap", sitemaps)):
            for url in urls:
                if site_of(url) in self.allowed_domains and is_web_url(url):
                    yield self.request(url, cast(Role, kind), seed=seed, priority=LIST_PRIORITY, is_listed=True)

    def _iter_links(self, response: Response, extracted: Extracted, seed: str) -> Iterator[Request]:
        """Yield requests for a page's links, as far as its trail brings articles."""
        site = self._site_of(seed)
        before: int = response.meta.get("barren", 0)
        words = extracted.record.word_count or 0 if extracted.record.is_article else 0
        links = self.lessons.judge(extracted.links)
        barren = self.trail.count_barren(response.url, links, before, words)
        for link in self.trail.choose(links, barren):
            if link.role and (link.role == "article" or site.discover):
                yield from self._iter_wanted(Entry(link.url), link.role, seed=seed, barren=barren)

    def _learn(self, response: Response, record: ArticleRecord) -> None:
        """Note what became of a link: what lies at the address that a page named."""
        if response.meta.get("role") in LINKED_ROLES:
            asked_for = next(iter(response.meta.get("redirect_urls", ())), response.url)
            self.lessons.learn(asked_for, record.kind)

    def _iter_entries(self, listing: Listing, seed: str) -> Iterator[Request]:
        """Yield requests for what a feed or sitemap lists of its own site: news is an article, a sitemap lists all."""
        site = self._site_of(seed)
        for entry in listing.sitemaps:
            if site_of(entry.url) == site.domain and is_sitemap_wanted(entry, self.selection.period):
                priority = LIST_PRIORITY if "news" in urlsplit(entry.url).path.lower() else SITEMAP_PRIORITY
                request = self.request(entry.url, "sitemap", seed=seed, priority=priority, is_listed=True)
                request.meta["modified"] = exact_moment(entry.modified)
                yield request
        for entry in newest_first(listing.pages) if self.selection.period else listing.pages:
            if site_of(entry.url) == site.domain:
                role = "article" if entry.hint else self._role_of(entry.url)
                if role:
                    yield from self._iter_wanted(entry, role, seed=seed)

    def _role_of(self, url: str) -> LinkRole | None:
        """Return what probably lies at an address of which nothing else is known."""
        link = link_to(url)
        return next((judged.role for judged in self.lessons.judge([link])), None) if link else None

    def _iter_wanted(self, entry: Entry, role: LinkRole, *, seed: str, barren: int = 0) -> Iterator[Request]:
        """Yield the request for an address, if its site's profile and the backfill's period want it."""
        is_article = role == "article"
        if not self._site_of(seed).wants(entry.url, is_article=is_article):
            return
        place = self.selection.place(entry) if is_article else self.selection.place_list(entry.url)
        if self.selection.takes(place):
            priority = PRIORITIES[role] if place == "inside" else UNDATED_PRIORITY
            request = self.request(entry.url, role, seed=seed, priority=priority)
            known = {"entry": entry.hint, "modified": exact_moment(entry.modified), "barren": barren}
            request.meta.update({name: value for name, value in known.items() if value})
            yield request

    def _is_deepest(self, response: Response) -> bool:
        """Whether the links of a page are too many clicks from the start."""
        deepest = self.arguments.max_depth
        return deepest is not None and response.meta.get("depth", 0) >= deepest

    def _site_of(self, seed: str) -> Site:
        """Return the profile of the site that a seed belongs to."""
        return self.sites.get(site_of(seed) or "") or Site(url=seed)

    async def note_failure(self, failure: Failure) -> AsyncIterator[ArticleRecord]:
        """Yield the failed record of a page that could not be fetched; a link that may not be followed is none."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it on every errback's failure
        seed = request.meta.get("seed", request.url)
        error = failure.value
        if isinstance(error, Unneeded) or (isinstance(error, HttpError) and is_guessed(request)):
            return
        if isinstance(error, HttpError):
            raw = self._raw_page(error.response, seed)
            record = (await self._extract(raw)).record  # an error's body may be a challenge to robots
            yield record if record.kind == "bot_wall" else failed_record(raw, f"HTTP {raw.status}")
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
        site = self._site_of(seed)
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

    def request(self, url: str, role: Role, *, seed: str, priority: int = 0, is_listed: bool = False) -> Request:
        """Return a request that ends in a record, whatever happens to it.

        Args:
            url: what to fetch.
            role: what probably lies there, by which it is looked at again; it travels as `meta["role"]`.
            seed: the address that the crawl of this site began with.
            priority: Scrapy's.
            is_listed: whether a page or list names this list, which is then as near to the start as the front page.
        """
        meta = {"seed": seed, "role": role, **({"depth_reset": True} if is_listed else {})}
        callback = self.parse_list if role in LIST_ROLES else self.parse
        return Request(url, callback=callback, errback=self.note_failure, priority=priority, meta=meta)


def named_lists(site: Site) -> tuple[tuple[Role, tuple[str, ...]], ...]:
    """Return the feeds and sitemaps that a profile names, by role."""
    return ("feed", site.feeds), ("sitemap", site.sitemaps)


def is_guessed(request: Request) -> bool:
    """Whether a request is for a list that may not be there: only where lists usually are, no page named it."""
    return request.meta.get("role") in LIST_ROLES and is_usual(request.url)


def _unfetched(request: Request, seed: str) -> RawPage:
    """Return the page that a request would have brought: the one that was asked for, wherever it was redirected to."""
    asked_for = next(iter(request.meta.get("redirect_urls", ())), request.url)
    return RawPage(body=b"", url=without_credentials(asked_for), source=seed, fetched_at=utc_now())
