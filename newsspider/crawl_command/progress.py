"""The progress of a crawl by site, counted from Scrapy's signals."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Self
from weakref import WeakSet

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from newsspider.crawl.request_context import role_of
from newsspider.crawl.visits.ledger import Ledger
from newsspider.record import ArticleRecord
from newsspider.revisiting.accounts import SiteAccount
from newsspider.urls import site_of

RATE_SECONDS = 10.0  # the period for the number of pages per second


@dataclass
class SiteProgress:
    """The progress on a site.

    Attributes:
        site: its registered domain.
        fetched: the number of answers, also of lists.
        waiting: the number of unfinished requests.
        title: the title of the latest article.
        account: the account of the stored records, up to the last batch.
        moments: when recent answers arrived.
    """

    site: str
    fetched: int = 0
    waiting: int = 0
    title: str = ""
    account: SiteAccount = field(default_factory=lambda: SiteAccount(site=""))
    moments: deque[float] = field(default_factory=deque)

    def rate(self, now: float, since: float) -> float:
        """Return the recent number of pages per second; `since` is the start of the crawl."""
        while self.moments and self.moments[0] < now - RATE_SECONDS:
            self.moments.popleft()
        return len(self.moments) / max(1.0, min(RATE_SECONDS, now - since))


class CrawlProgress:
    """Scrapy extension: counts a crawl's pages by site.

    Attributes:
        sites: by registered domain, in the order of their first requests.
        ended: why the crawl has ended, in Scrapy's word; empty before.
    """

    def __init__(self, crawler: Crawler, clock: Callable[[], float] = monotonic) -> None:
        self.sites: dict[str, SiteProgress] = {}
        self._crawler = crawler
        self._clock = clock
        self._began = clock()
        self._under_way: WeakSet[Request] = WeakSet()
        self.ended = ""
        crawler.signals.connect(self.request_scheduled, signal=signals.request_scheduled)
        crawler.signals.connect(self.request_dropped, signal=signals.request_dropped)
        crawler.signals.connect(self.request_done, signal=signals.request_left_downloader)
        crawler.signals.connect(self.response_received, signal=signals.response_received)
        crawler.signals.connect(self.item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it for a crawler."""
        return cls(crawler)

    @property
    def seconds(self) -> float:
        """The duration of the crawl so far."""
        return self._clock() - self._began

    @property
    def is_ending(self) -> bool:
        """Whether the crawl was asked to stop and finishes its open requests."""
        return not self._crawler.crawling

    def snapshot(self) -> list[SiteProgress]:
        """Return the sites, with the accounts of their stored records."""
        ledger = self._crawler.get_extension(Ledger)
        for site, account in (ledger.accounts if ledger else {}).items():
            self._of(site).account = account
        return list(self.sites.values())

    def rate_of(self, site: SiteProgress) -> float:
        """Return a site's recent number of pages per second."""
        return site.rate(self._clock(), self._began)

    def request_scheduled(self, request: Request) -> None:
        """Count a waiting request."""
        self._of(site_of(request.url)).waiting += 1

    def request_dropped(self, request: Request) -> None:
        """Uncount a request that the scheduler has not accepted."""
        self._of(site_of(request.url)).waiting -= 1

    def request_taken(self, request: Request) -> None:
        """Note that a request has left the scheduler; it may wait for its site's delay."""
        self._under_way.add(request)

    def request_done(self, request: Request) -> None:
        """Uncount a request once it was answered, failed or dropped."""
        if request in self._under_way:
            self._under_way.discard(request)
            self._of(site_of(request.url)).waiting -= 1

    def response_received(self, response: Response, request: Request) -> None:
        """Count an answer to a request with a role; robots.txt and a browser's have none."""
        if role_of(request) is not None:
            site = self._of(site_of(response.url))
            site.fetched += 1
            site.moments.append(self._clock())

    def item_scraped(self, item: object, spider: Spider) -> None:
        """Note the title of an article."""
        if isinstance(item, ArticleRecord) and item.site and item.title:
            self._of(item.site).title = item.title

    def spider_closed(self, reason: str) -> None:
        """Note that the crawl has ended."""
        self.ended = reason

    def _of(self, site: str | None) -> SiteProgress:
        """Return a site's progress."""
        return self.sites.setdefault(site or "", SiteProgress(site or ""))


class TakenMiddleware:
    """Downloader middleware, the first: reports requests that leave the scheduler."""

    def __init__(self, progress: CrawlProgress | None) -> None:
        self._progress = progress

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it beside the extension."""
        return cls(crawler.get_extension(CrawlProgress))

    def process_request(self, request: Request) -> None:
        """Report a request; requests that were never scheduled have no role."""
        if self._progress and role_of(request) is not None:
            self._progress.request_taken(request)

    def process_response(self, request: Request, response: Response) -> Response:
        """Uncount a request that a cache answered."""
        if self._progress:
            self._progress.request_done(request)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Uncount a request that another middleware dropped."""
        if self._progress:
            self._progress.request_done(request)
