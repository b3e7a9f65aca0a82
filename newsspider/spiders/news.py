"""The news spider: crawls sites from their seeds and yields a record for every page it fetched or failed to."""

from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider
from scrapy.exceptions import CloseSpider, IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from newsspider.clock import utc_now
from newsspider.discovery.links import LinkRole
from newsspider.errors import UsageError
from newsspider.page import RawPage
from newsspider.pool import Extracted, extract_with_links, failed_record
from newsspider.record import ArticleRecord
from newsspider.revisiting.states import Role
from newsspider.spiders.arguments import NewsArguments, read_arguments
from newsspider.spiders.guard.answers import why_cut
from newsspider.spiders.guard.policy import without_credentials
from newsspider.spiders.guard.refusing import RefusedRequest
from newsspider.spiders.keeping import FETCHED_AT
from newsspider.spiders.unneeded import Unneeded
from newsspider.spiders.workers import Workers
from newsspider.urls import site_of

PRIORITIES: dict[LinkRole, int] = {"article": 10, "section": 0}  # within one depth: what is wanted before what lists it

PART_PRIORITY = 20  # an article's other parts before the next article


class NewsSpider(Spider):
    """Crawls news sites politely: `scrapy crawl news -a url=https://herald.example`.

    Arguments (-a NAME=VALUE):
        url, urls, urls_file: where to start; links are followed within these sites only.
        max_pages: fetch at most so many pages.
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

    @classmethod
    def check_arguments(cls, arguments: dict[str, Any]) -> None:
        """Refuse wrong arguments before anything starts.

        Raises:
            UsageError: one line that names the argument.
        """
        read_arguments(arguments)

    async def start(self) -> AsyncIterator[Request]:
        """Yield a request for each seed."""
        try:
            self.arguments = read_arguments(self.given)
        except UsageError as error:
            self.logger.error("%s", error)
            raise CloseSpider("wrong_usage") from error
        self.allowed_domains = sorted({site for url in self.arguments.seeds if (site := site_of(url))})
        for url in self.arguments.seeds:
            yield self.request(url, "seed", seed=url)

    async def parse(self, response: Response) -> AsyncIterator[ArticleRecord | Request]:
        """Yield the page's record, then requests for the links it is worth following."""
        seed = response.meta.get("seed", response.url)
        extracted = await self._extract(_raw_page(response, seed))
        record = extracted.record
        yield record
        # What belongs to an article that is read is wanted whole, however deep.
        for url in record.pages:
            if url != record.url:
                yield self.request(url, "article", seed=seed, priority=PART_PRIORITY)
        deepest = self.arguments.max_depth
        if deepest is None or response.meta.get("depth", 0) < deepest:
            for link in extracted.links:
                yield self.request(link.url, link.role, seed=seed, priority=PRIORITIES[link.role])

    async def note_failure(self, failure: Failure) -> AsyncIterator[ArticleRecord]:
        """Yield the failed record of a page that could not be fetched; a link that may not be followed is none."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it on every errback's failure
        seed = request.meta.get("seed", request.url)
        error = failure.value
        if isinstance(error, Unneeded):
            return
        if isinstance(error, HttpError):
            raw = _raw_page(error.response, seed)
            record = (await self._extract(raw)).record  # an error's body may be a challenge to robots
            yield record if record.kind == "bot_wall" else failed_record(raw, f"HTTP {raw.status}")
        elif isinstance(error, RefusedRequest):
            yield failed_record(_unfetched(request, seed), str(error))
        elif not isinstance(error, IgnoreRequest):
            yield failed_record(_unfetched(request, seed), f"{type(error).__name__}: {failure.getErrorMessage()}")
        elif seed == request.url or seed in request.meta.get("redirect_urls", ()):
            yield failed_record(_unfetched(request, seed), str(error))

    async def _extract(self, raw: RawPage) -> Extracted:
        """Return a page's record and links from the crawl's workers; a crawler without them extracts here."""
        workers = self.crawler.get_extension(Workers)
        return await workers.extract(raw) if workers else extract_with_links(raw)

    def request(self, url: str, role: Role, *, seed: str, priority: int = 0) -> Request:
        """Return a request that ends in a record, whatever happens to it.

        Args:
            url: what to fetch.
            role: what probably lies there, by which it is looked at again; it travels as `meta["role"]`.
            seed: the address that the crawl of this site began with.
            priority: Scrapy's.
        """
        meta = {"seed": seed, "role": role}
        return Request(url, callback=self.parse, errback=self.note_failure, priority=priority, meta=meta)


def _raw_page(response: Response, seed: str) -> RawPage:
    """Return a response as a page yet to be parsed."""
    headers = {
        name.decode("latin-1"): b", ".join(values).decode("latin-1") for name, values in response.headers.items()
    }
    fetched_at = response.meta.get(FETCHED_AT) or utc_now()
    return RawPage(
        body=response.body,
        url=response.url,
        source=seed,
        status=response.status,
        headers=headers,
        fetched_at=fetched_at,
        cut=why_cut(response),
    )


def _unfetched(request: Request, seed: str) -> RawPage:
    """Return the page that a request would have brought: the one that was asked for, wherever it was redirected to."""
    asked_for = next(iter(request.meta.get("redirect_urls", ())), request.url)
    return RawPage(body=b"", url=without_credentials(asked_for), source=seed, fetched_at=utc_now())
