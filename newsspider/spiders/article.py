"""The base of spiders for single sites: its requests are accounted for, and its pages become records."""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, ClassVar, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, IgnoreRequest
from scrapy.http import Response
from scrapy.link import Link
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from newsspider.crawl.arguments import CrawlArguments, list_problems, read_arguments, read_profiles
from newsspider.crawl.crawl_context import CrawlContext, OwnSpider, stated_arguments
from newsspider.crawl.extraction.responses import (
    extract_response,
    raw_page_of,
    seed_of,
    unfetched_page,
)
from newsspider.crawl.failures import describe_failure
from newsspider.crawl.guard.refusals import RefusedRequest
from newsspider.crawl.request_context import META_KEY, RequestContext, context_of, note
from newsspider.crawl.skipped_requests import SkippedRequest
from newsspider.crawl.turns import turn_of
from newsspider.discovery.next_requests import PART_PRIORITY, PRIORITIES, Wanted
from newsspider.errors import RenderError, UsageError
from newsspider.pool import failed_record
from newsspider.record import ArticleRecord
from newsspider.revisiting.page_states import Role
from newsspider.sites.profile import Site
from newsspider.urls import site_of

Callback = Callable[..., Any]


class ArticleSpider(OwnSpider):
    """A spider for one site, with the limits, the guard, the store and the account of `news`.

        class HeraldSpider(ArticleSpider):
            name = "herald"
            start_urls = ["https://herald.example/"]

            def parse(self, response):
                for link in response.css("h2 a"):
                    yield self.follow(response, link)

    `follow` leads to articles. `parse_article` yields the record of each, and later runs visit it again when it is
    due. Override `parse_article` to change records or to leave some out.

    Arguments (-a NAME=VALUE): max_pages, max_depth, dry_run, sites, site. Your own arguments are
    class attributes: `section = "news"` takes -a section=sport.

    Attributes:
        crawl: the context of the crawl.
    """

    arguments_model: ClassVar[type[CrawlArguments]] = CrawlArguments
    allowed_domains: Sequence[str] = ()  # default: those of `start_urls` and of the profiles

    def __init__(self, name: str | None = None, **given: Any) -> None:
        """Keep the arguments.

        `start` reports errors in them, since `scrapy shell` builds a spider without any.
        """
        super().__init__(name)
        for own in given.keys() & self._declared():
            setattr(self, own, given[own])
        self.crawl = self._new_crawl(given)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Build it. Settings replace missing arguments."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.crawl = cls._new_crawl({**stated_arguments(crawler.settings), **spider.crawl.given})
        return spider

    @classmethod
    def check_arguments(cls, given: Mapping[str, Any]) -> CrawlArguments:
        """Return the arguments, validated before anything starts.

        Raises:
            UsageError: one line that names the argument.
        """
        declared = cls._declared()
        return read_arguments(
            {name: given[name] for name in given if name not in declared}, cls.arguments_model
        )

    async def start(self) -> AsyncIterator[Any]:
        """Yield a request for each of `start_urls`."""
        self.begin()
        for url in self.start_urls:
            yield self.request(Wanted(url, "seed", seed=url))

    def begin(self) -> tuple[Site, ...]:
        """Add the profiles of the sites to the crawl, and return them.

        The crawl stays on these sites.

        Raises:
            CloseSpider: an argument is wrong; the log names it.
        """
        try:
            self.crawl.arguments = self.check_arguments(self.crawl.given)
            turn = turn_of(self.crawler)
            profiles = turn.sites if turn else read_profiles(self.crawl.arguments)
            problems = list_problems(self.crawl.arguments)
        except UsageError as error:
            self.logger.error("%s", error)
            raise CloseSpider("wrong_usage") from error

        for problem in problems:
            self.logger.warning("%s", problem)

        self.crawl.add_sites(profiles)
        if not self.allowed_domains:
            self.allowed_domains = _domains_of(
                [*self.start_urls, *chain(*(site.seeds for site in profiles))]
            )

        return profiles

    async def parse_article(self, response: Response) -> AsyncIterator[Any]:
        """Yield the record of an article, and requests for its other parts."""
        record = await self.extract(response)
        yield record
        for part in self.iter_parts(response, record):
            yield part

    async def extract(self, response: Response) -> ArticleRecord:
        """Return the record of a page. If it is not an article, `kind` and `reason` say why."""
        extracted = await extract_response(self.crawler, response, wants_links=False)
        return extracted.record

    def follow(
        self,
        response: Response,
        url: str | Link | Any,
        callback: Callback | None = None,
        *,
        role: Role = "article",
    ) -> Request:
        """Return the request for a link on a page.

        Args:
            response: the page.
            url: as in `Response.follow`: absolute or relative, a Link, or a selector of an element
                with `href`.
            callback: by default `parse_article`. A page that is visited again always goes to
                `parse_article`.
            role: the kind of page: "article", or "section" for a list of articles.
        """
        found = response.follow(url)
        empty_in_row = context.empty_in_row if (context := context_of(response)) else 0
        priority = PRIORITIES["article" if role == "article" else "section"]
        request = self.request(
            Wanted(found.url, role, seed_of(response), priority, empty_in_row=empty_in_row),
            callback,
        )
        note(request, is_too_deep=self.is_deepest(response))
        return request

    def is_deepest(self, response: Response) -> bool:
        """Whether the links of a page are beyond `max_depth`."""
        deepest = self.crawl.arguments.max_depth
        return deepest is not None and response.meta.get("depth", 0) >= deepest

    def iter_parts(self, response: Response, record: ArticleRecord) -> Iterator[Request]:
        """Yield requests for the other pages of an article."""
        for url in record.pages:
            if url != record.url:
                yield self.request(Wanted(url, "article", seed_of(response), PART_PRIORITY))

    def request(self, wanted: Wanted, callback: Callback | None = None) -> Request:
        """Return a request that always results in a record, even if it fails."""
        request = Request(
            wanted.url,
            callback=callback or self.callback_for(wanted.role),
            errback=self.note_failure,
            priority=wanted.priority,
            meta={META_KEY: RequestContext.wanted(wanted)},
        )
        if wanted.is_listed:
            request.meta["depth_reset"] = True

        return request

    def callback_for(self, role: Role) -> Callback:
        """Return the callback for pages of a role."""
        return self.parse_article if role == "article" else self.parse

    def is_wanted(self, url: str, role: Role, seed: str) -> bool:
        """Whether this run wants an address that an earlier run found: articles, but not lists."""
        return role == "article"

    async def note_failure(self, failure: Failure) -> AsyncIterator[Any]:
        """Yield the failed record of a page that could not be fetched, unless it was skipped."""
        request: Request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        error = failure.value
        assert error is not None  # a failure has one
        if isinstance(error, SkippedRequest):
            return

        context = context_of(request)
        if isinstance(error, HttpError):
            if not (context and context.guessed):
                yield await self.record_error_page(error.response)
        elif isinstance(error, RefusedRequest | RenderError):
            yield failed_record(unfetched_page(request), str(error))
        elif not isinstance(error, IgnoreRequest):
            reason = describe_failure(error, failure.getErrorMessage())
            yield failed_record(unfetched_page(request), reason)
        elif _is_seed(request):  # other links that may not be followed have no record
            yield failed_record(unfetched_page(request), str(error))

    async def record_error_page(self, response: Response) -> ArticleRecord:
        """Return the record of an error page. Its body can be a challenge for robots."""
        record = await self.extract(response)
        if record.kind == "bot_wall":
            return record
        record = failed_record(raw_page_of(self.crawler, response), f"HTTP {response.status}")
        self.crawl.records[response] = record
        return record

    @classmethod
    def _new_crawl(cls, given: Mapping[str, Any]) -> CrawlContext:
        """Return the context of a crawl. Wrong arguments are reported by `begin`."""
        try:
            return CrawlContext(given=given, arguments=cls.check_arguments(given))
        except UsageError:
            return CrawlContext(given=given)

    @classmethod
    def _declared(cls) -> frozenset[str]:
        """Return the names of the spider's own arguments: its class attributes."""
        added = set(dir(cls)) - set(dir(ArticleSpider))
        public = {name for name in added if not name.startswith("_")}
        return frozenset(name for name in public if not callable(getattr(cls, name)))


def _domains_of(urls: Iterable[str]) -> list[str]:
    """Return the registered domains of URLs, sorted."""
    return sorted({domain for domain in map(site_of, urls) if domain})


def _is_seed(request: Request) -> bool:
    """Whether a request is for the seed of its site, or redirected from there."""
    seed = seed_of(request)
    return seed == request.url or seed in request.meta.get("redirect_urls", ())
