"""The queue of requests: each registered domain gets a share, and max_pages ends the crawl."""

import sys
from collections import Counter
from collections.abc import Iterable
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.core.scheduler import Scheduler
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.pqueues import (
    DownloaderAwarePriorityQueue,
    DownloaderInterface,
    ScrapyPriorityQueue,
    _path_safe,
)
from twisted.internet.defer import Deferred

from newsspider.crawl.crawl_context import crawl_of
from newsspider.crawl.ending.outcome import OVER_LIMIT_STAT
from newsspider.crawl.guard.extension import Guard
from newsspider.crawl.politeness.downloader import BoundedDownloader
from newsspider.crawl.scheduling.page_limit import PageLimitMiddleware, is_counted
from newsspider.crawl.visits.ledger import Ledger
from newsspider.domains import site_of_host
from newsspider.text import count_of
from newsspider.urls import site_of

LOWEST = sys.maxsize  # priority; lower ones are more urgent


class SiteQueue:
    """The requests of a site by priority, in two queues: pages that max_pages has counted, and others.

    Attributes:
        fresh: requests for pages that are not counted yet.
        counted: redirects and retries of counted pages.
    """

    def __init__(
        self,
        fresh: ScrapyPriorityQueue,
        counted: ScrapyPriorityQueue,
        limit: PageLimitMiddleware | None,
    ) -> None:
        """Use these queues of the site."""
        self.fresh = fresh
        self.counted = counted
        self._limit = limit

    @property
    def is_waiting(self) -> bool:
        """Whether a request can be made."""
        return bool(self.counted if self._limit and self._limit.is_reached else len(self))

    def push(self, request: Request) -> None:
        """Add a request."""
        (self.counted if is_counted(request) else self.fresh).push(request)

    def pop(self) -> Request | None:
        """Remove and return the next request."""
        return self._next().pop()

    def peek(self) -> Request | None:
        """Return the next request without removing it."""
        return self._next().peek()

    def close(self) -> list[int]:
        """Close the queues; return their priorities, which a later run needs to open them."""
        return list({*self.fresh.close(), *self.counted.close()})

    def __len__(self) -> int:
        """Return the number of requests."""
        return len(self.fresh) + len(self.counted)

    def _next(self) -> ScrapyPriorityQueue:
        if (self._limit and self._limit.is_reached) or _priority(self.counted) <= _priority(
            self.fresh
        ):
            return self.counted
        return self.fresh


class Shares(DownloaderInterface):
    """Which sites can get a request, by the state of the downloader."""

    def __init__(self, crawler: Crawler, queues: dict[str, Any]) -> None:
        """Choose from these queues."""
        super().__init__(crawler)
        self._queues = queues

    def stats(self, possible_slots: Iterable[str]) -> list[tuple[int, str]]:
        """Return the requests under way by site, without sites that have no requests or their full share."""
        waiting = [slot for slot in possible_slots if self._queues[slot].is_waiting]
        if not isinstance(self.downloader, BoundedDownloader):
            return super().stats(waiting)
        under_way = self.downloader.under_way
        return [(under_way[slot], slot) for slot in waiting if self.downloader.has_place(slot)]


class SharingQueue(DownloaderAwarePriorityQueue):
    """Scrapy's SCHEDULER_PRIORITY_QUEUE, which prefers the site with the fewest requests under way.

    Scrapy's own goes by host, so that a site with a hundred slow subdomains takes all places of a
    crawl.
    """

    def __init__(self, crawler: Crawler, *arguments: Any, **named: Any) -> None:
        """Open the queues."""
        self._limit = crawler.get_downloader_middleware(PageLimitMiddleware)
        super().__init__(crawler, *arguments, **named)
        self._downloader_interface = Shares(crawler, self.pqueues)
        self._length = sum(map(len, self.pqueues.values()))

    def pqfactory(self, slot: str, startprios: Iterable[int] = ()) -> Any:
        """Return the queue of a site."""
        priorities = list(startprios)
        fresh, counted = self._queue(slot, priorities), self._queue(f"{slot} counted", priorities)
        return SiteQueue(fresh, counted, self._limit)

    def push(self, request: Request) -> None:
        """Add a request."""
        super().push(request)
        self._length += 1

    def pop(self) -> Request | None:
        """Remove and return the next request; None if all sites have their share."""
        request = super().pop()
        self._length -= request is not None
        return request

    @property
    def is_waiting(self) -> bool:
        """Whether a request can be made, now or later."""
        queues: Iterable[Any] = self.pqueues.values()
        return any(queue.is_waiting for queue in queues)

    def count_by_site(self) -> Counter[str]:
        """Return the number of waiting requests by registered domain."""
        counts: Counter[str] = Counter()
        for slot, queue in self.pqueues.items():
            counts[site_of_host(slot)] += len(queue)
        return counts

    def __len__(self) -> int:
        """Return the number of waiting requests."""
        return self._length

    def _queue(self, name: str, priorities: list[int]) -> ScrapyPriorityQueue:
        return ScrapyPriorityQueue(
            self.crawler,
            self.downstream_queue_cls,
            f"{self.key}/{_path_safe(name)}",
            priorities,
            start_queue_cls=self._start_queue_cls,
        )


class CrawlScheduler(Scheduler):
    """Scrapy's SCHEDULER, which ends the crawl at max_pages and limits the requests in memory.

    Requests that were not made remain in the store, and in a JOBDIR.
    """

    def __init__(self, *, crawler: Crawler, **named: Any) -> None:
        """Read the limit."""
        super().__init__(crawler=crawler, **named)
        self._crawl = crawler
        self._most = crawler.settings.getint("NEWSSPIDER_MAX_QUEUE")

    def open(self, spider: Spider) -> "Deferred[None] | None":
        """Open the queues."""
        self._crawl.signals.connect(self.spider_idle, signal=signals.spider_idle)
        return super().open(spider)

    def has_pending_requests(self) -> bool:
        """Whether there are more requests to make."""
        queues = [queue for queue in (self.mqs, self.dqs) if queue is not None]
        return any(
            queue.is_waiting if isinstance(queue, SharingQueue) else len(queue) > 0
            for queue in queues
        )

    def enqueue_request(self, request: Request) -> bool:
        """Add a request; return False if it is a duplicate, or too many wait in memory."""
        if (
            self._most
            and self.dqs is None
            and len(self.mqs) >= self._most
            and not is_counted(request)
        ):
            text = f"an address of {site_of(request.url)} while {self._most} others wait (NEWSSPIDER_MAX_QUEUE)"
            Guard.of(self._crawl).refusals.refuse("queue", text)
            self._leave(
                site_of(request.url) or "",
                "too many addresses wait: the next run asks for the others",
            )
            return False

        is_new = super().enqueue_request(request)
        if is_new and not request.dont_filter:
            crawl_of(self._crawl).requested.add(hash(request.url))
        return is_new

    def spider_idle(self) -> None:
        """End the crawl if only pages over the limit are left.

        Raises:
            CloseSpider: pages are left.
        """
        limit = self._crawl.get_downloader_middleware(PageLimitMiddleware)
        left = Counter(limit.over if limit else {})
        for queue in (self.mqs, self.dqs):
            left += queue.count_by_site() if isinstance(queue, SharingQueue) else Counter()

        if not left:
            return

        for site, number in left.items():
            self._leave(
                site,
                f"max_pages is reached: {count_of(number, 'address', 'addresses')} left for the next run",
            )

        if self.stats:
            self.stats.set_value(OVER_LIMIT_STAT, left.total())

        raise CloseSpider("max_pages")

    def _leave(self, site: str, why: str) -> None:
        """Note that a site is left early."""
        ledger = self._crawl.get_extension(Ledger)
        if ledger and site in ledger.sites:
            ledger.leave(site, why)


def _priority(queue: ScrapyPriorityQueue) -> int:
    """Return the priority of the next request of a queue; LOWEST if it is empty."""
    return LOWEST if queue.curprio is None else queue.curprio
