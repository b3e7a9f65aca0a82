"""Requests for pages that are not due are dropped, and each visit is noted in the ledger."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any, Self, TypeGuard

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from newsspider.crawl.crawl_context import crawl_of
from newsspider.crawl.request_context import context_of, role_of
from newsspider.crawl.visits.describing import visit_of
from newsspider.crawl.visits.due_requests import DueRequests
from newsspider.crawl.visits.ledger import Ledger, ledger_of
from newsspider.crawl.visits.page_readers import readers_of
from newsspider.record import ArticleRecord
from newsspider.revisiting.schedule import is_listing
from newsspider.urls import site_of

TOGETHER = 500  # addresses that are looked up at once


@dataclass
class _ReadPage:
    """A page that the spider is reading.

    Attributes:
        is_list: whether it is a list of the site.
        brought: how many unknown articles it has named so far.
    """

    is_list: bool
    brought: int = 0


class RevisitMiddleware:
    """Spider middleware: passes only requests for new and due pages, and adds due pages from the store.

    It handles requests with a role (`RequestContext.role`) and passes all others.
    """

    def __init__(self, crawler: Crawler, ledger: Ledger) -> None:
        """Note visits in this ledger."""
        self._crawl = crawl_of(crawler)
        self._ledger = ledger
        self._readers = readers_of(crawler)
        self._requests = DueRequests(crawler, ledger, self._readers)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it if the crawl has a store."""
        return cls(crawler, ledger_of(crawler))

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Yield the seeds of sites that no other run is crawling, then requests for due pages."""
        async for each in start:
            if not _has_role(each):
                yield each
            elif self._ledger.begin(site_of(each.url) or ""):
                for request, _ in self._requests.choose([each], listed=False):
                    yield request

        if self._requests.revisits and self._ledger.is_open:
            for request in self._requests.iter_due():
                yield request

    async def process_spider_output(
        self, response: Response, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        """Yield requests for the new and due pages among the links, then the record of the page."""
        role = role_of(response)
        if role is None:
            output = self._pass_foreign(result)
        elif not self._ledger.is_open:
            output = result
        else:
            output = self._pass_own(response, _ReadPage(is_listing(role)), result)

        async for each in output:
            yield each

    async def _pass_foreign(self, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Yield everything from a spider that decides itself which pages it visits."""
        async for each in result:
            if isinstance(each, ArticleRecord):
                self._ledger.begin(each.site or "")
            yield each

    async def _pass_own(
        self, response: Response, page: _ReadPage, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        """Yield the chosen requests from a page of our spiders, then its record."""
        records: list[ArticleRecord] = []
        waiting: list[Request] = []

        async for each in result:
            if isinstance(each, ArticleRecord):
                records.append(each)
            elif not _has_role(each):
                yield each
            else:
                waiting.append(each)

            if len(waiting) >= TOGETHER:
                for request in self._choose(page, waiting):
                    yield request
                waiting = []

        for request in self._choose(page, waiting):
            yield request

        for record in self._note_visit(response, page, records):
            yield record

    def _choose(self, page: _ReadPage, requests: list[Request]) -> Iterator[Request]:
        """Yield the requests for new and due pages, and count the unknown articles."""
        if not requests:
            return
        for request, is_news in self._requests.choose(requests, counted=page.is_list):
            page.brought += is_news
            yield request

    def _note_visit(
        self, response: Response, page: _ReadPage, records: list[ArticleRecord]
    ) -> list[ArticleRecord]:
        """Note the visit to a page, and return its records; none if its date is not wanted."""
        request = response.request
        assert request is not None  # it has a role
        context = context_of(request)
        if context and context.outside_on:
            self._ledger.leave_article(request, context.outside_on)
            return []

        visit = visit_of(request, response, self._readers.of(request), page.brought)
        record = records[0] if records else self._crawl.records.get(response)
        self._ledger.note_visit(visit, record, is_item=bool(records))
        observation = self._crawl.observations.pop(response, None)
        if records and observation:
            self._ledger.observe(records[0], observation)

        return records


def _has_role(each: object) -> TypeGuard[Request]:
    """Whether an output of a spider is a request with a role."""
    return isinstance(each, Request) and role_of(each) is not None
