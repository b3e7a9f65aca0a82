"""Requests that are not due are dropped, those that are ask only for what was modified; every look is noted."""

import hashlib
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from newsspider import __version__
from newsspider.clock import as_text, now, utc_now
from newsspider.crawl.crawl_context import OwnSpider, crawl_of
from newsspider.crawl.request_context import context_of, note, purpose_of, role_of
from newsspider.crawl.skipped_requests import NotModified
from newsspider.crawl.turns import turn_of
from newsspider.crawl.visits.describing import conditional_headers, found_state, visit_of
from newsspider.crawl.visits.ledger import Ledger
from newsspider.crawl.visits.revisit_plan import read_plan
from newsspider.discovery.dating import Span
from newsspider.discovery.next_requests import Wanted
from newsspider.discovery.trail import MAX_BARREN_PAGES
from newsspider.extraction.version import listing_version
from newsspider.mending.mends import version_for
from newsspider.record import ArticleRecord
from newsspider.revisiting.after_visit import NOTHING_THERE
from newsspider.revisiting.page_states import LINKED_ROLES, PageState, Role
from newsspider.revisiting.schedule import is_due, is_listing, is_worth_another_try
from newsspider.sites.profile import Site
from newsspider.urls import normalise_url, site_of

TOGETHER = 500  # addresses looked up at once
DUE_TOGETHER = 200  # requests made of what is due, before the engine asks for more
STARTING = frozenset(
    {"url", "urls", "urls_file", "site", "max_pages", "dry_run"}
)  # arguments of where to begin
REVISIT_PRIORITY = -1_000  # after what this run finds: ten clicks deep (DEPTH_PRIORITY)
HTTP_NOT_MODIFIED = 304
CONDITIONAL_HEADERS = frozenset({b"If-None-Match", b"If-Modified-Since"})


class RevisitMiddleware:
    """Spider middleware: only what is new or due passes, and what the spider no longer finds comes from the store.

    It concerns requests that say what they are for (`RequestContext.role`).
    """

    def __init__(self, crawler: Crawler, ledger: Ledger) -> None:
        """Keep account in this ledger."""
        self._crawler = crawler
        self._crawl = crawl_of(crawler)
        self._ledger = ledger
        self._readers = readers_of(crawler)
        self._revisits = crawler.settings.getbool("NEWSSPIDER_REVISIT")
        self._plan = read_plan(crawler.settings)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it where the crawl has a store."""
        return cls(crawler, ledger_of(crawler))

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Pass seeds of sites that no other run is crawling, then ask for what is due."""
        async for each in start:
            if not isinstance(each, Request) or role_of(each) is None:
                yield each
            elif self._ledger.begin(site_of(each.url) or ""):
                for request, _ in self._choose([each], listed=False):
                    yield request
        if self._revisits and self._ledger.is_open:
            for request in self._iter_due():
                yield request

    async def process_spider_output(
        self, response: Response, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        """Pass what is new or due of what a page gave, then its record together with the look that it came of."""
        context = context_of(response)
        if (
            context is None or context.role is None
        ):  # another spider's, which decides itself what it asks for
            async for each in result:
                if isinstance(each, ArticleRecord):
                    self._ledger.begin(each.site or "")
                yield each
            return
        if not self._ledger.is_open:
            async for each in result:
                yield each
            return
        records, waiting, brought = [], [], 0
        counted = is_listing(context.role)
        async for each in result:
            if isinstance(each, ArticleRecord):
                records.append(each)
            elif not isinstance(each, Request) or role_of(each) is None:
                yield each
            else:
                waiting.append(each)
            if len(waiting) >= TOGETHER:
                for request, is_news in self._choose(waiting, counted=counted):
                    brought += is_news
                    yield request
                waiting = []
        for request, is_news in self._choose(waiting, counted=counted):
            brought += is_news
            yield request
        assert response.request is not None  # it has a context
        if (read_now := context_of(response)) and read_now.outside_on:
            self._ledger.leave_article(response.request, read_now.outside_on)
            return
        visit = visit_of(response.request, response, self._readers.of(response.request), brought)
        read = records[0] if records else self._crawl.records.get(response)
        self._ledger.look(visit, read, is_item=bool(records))
        if records and (observation := self._crawl.observations.pop(response, None)):
            self._ledger.observe(records[0], observation)
        for record in records:
            yield record

    def _choose(
        self, requests: list[Request], *, listed: bool = True, counted: bool = False
    ) -> Iterator[tuple[Request, bool]]:
        """Yield the requests that are new or due, and whether each is of an article that was unknown.

        Args:
            requests: with their roles.
            listed: whether a page named them.
            counted: whether that page is one of the site's lists, and no article with others beside it.
        """
        placed = [self._place(request) for request in requests]
        asked = [(request, normalise_url(request.url)) for request in placed]
        known = self._ledger.known([address for _, address in asked])
        moment, found = utc_now(), []
        for request, address in asked:
            state = known.get(address)
            role = _role_of(purpose_of(request)[1], state)
            note(request, role=role)
            if counted and role == "article":
                page = (
                    state.address if state else address
                )  # one article, whichever of its addresses are listed
                self._ledger.list_article(
                    page, site_of(request.url) or "", seen=self._was_read(state)
                )
            if state and self._is_of_another_day(state):
                continue
            if state is None:
                if listed:
                    found.append(found_state(request, address, moment))
                yield request, role == "article"
            elif not self._revisits:
                yield request, False
            elif self._is_asked_for(request, state):
                yield self._again(request, state), False
        self._ledger.find(found)

    def _is_asked_for(self, request: Request, known: PageState) -> bool:
        """Whether a known page is looked at now: when it is due, a list also when it was read for other ends.

        What is followed depends on the run's period and the site's profile: a list that was read for others may hold
        what this run wants. Another version of the rules makes no page due: that would fetch all lists at once.
        """
        (context, role), moment = purpose_of(request), now()
        if is_due(known, role, moment, context.modified):
            return True
        if not is_listing(role) or (known.wait_until and known.wait_until > as_text(moment)):
            return False
        if known.failures:
            return not context.guessed and is_worth_another_try(known, moment, self._plan)
        return known.reader is not None and followed_by(known.reader) != followed_by(
            self._readers.of(request)
        )

    def _is_of_another_day(self, known: PageState) -> bool:
        """Whether an article was read and left by a crawl that wanted other days, as this one does."""
        period = self._crawl.selection.period
        if known.fetched_at or not known.born_at or not period:
            return False
        return not period.meets(Span((day := date.fromisoformat(known.born_at[:10]), day)))

    def _place(self, request: Request) -> Request:
        """Return the request at its page's address."""
        url = self._ledger.address_of(request)
        return request if url == request.url else request.replace(url=url)

    def _was_read(self, known: PageState | None) -> bool:
        """Whether an earlier run has read a page."""
        if known is None or known.fetched_at is None or known.kind in NOTHING_THERE:
            return False
        return known.fetched_at < self._ledger.began_at

    def _again(self, request: Request, known: PageState) -> Request:
        """Return the request for a page that is known: at its one address, and only for what was modified."""
        if self._was_read(known):
            self._ledger.revisit(known.address)
        url = request.url if normalise_url(known.url) == normalise_url(request.url) else known.url
        headers = {**request.headers, **conditional_headers(known, self._readers.of(request))}
        note(request, was_read=known.fetched_at is not None)
        return request.replace(url=url, headers=headers)

    def _iter_due(self) -> Iterator[Request]:
        """Yield requests for what is due, whether it is still listed or not: edits, and what a run left behind."""
        spider = self._crawler.spider
        if not isinstance(spider, OwnSpider):
            return
        after: PageState | None = None
        while due := self._ledger.due(DUE_TOGETHER, after):
            after = due[-1]
            for state in due:
                if not spider.is_wanted(state.url, state.role, state.source or state.url):
                    continue
                # The links of what was read were followed then; a trail that had ended must not go on from here.
                barren = MAX_BARREN_PAGES - 1 if state.fetched_at else 0
                seed = state.source or state.url
                request = spider.request(
                    Wanted(state.url, state.role, seed, REVISIT_PRIORITY, barren=barren)
                )
                request.meta["depth"] = state.depth
                yield self._again(request, state)


class NotModifiedMiddleware:
    """Downloader middleware: a page that was not modified (304) is noted, and needs no spider."""

    def __init__(self, crawler: Crawler, ledger: Ledger) -> None:
        """Keep account in this ledger."""
        self._readers = readers_of(crawler)
        self._ledger = ledger

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it where the crawl has a store."""
        return cls(crawler, ledger_of(crawler))

    def process_response(self, request: Request, response: Response) -> Response:
        """Pass other responses on.

        Raises:
            NotModified: it is as it was.
        """
        asked = (
            CONDITIONAL_HEADERS & request.headers.keys()
        )  # unasked it is an error, and says nothing of the page
        if response.status != HTTP_NOT_MODIFIED or not asked or role_of(request) is None:
            return response
        self._ledger.look(visit_of(request, response, self._readers.of(request)))
        raise NotModified(f"not modified: {request.url}")


def ledger_of(crawler: Crawler) -> Ledger:
    """Return the crawl's ledger.

    Raises:
        NotConfigured: it has none.
    """
    ledger = crawler.get_extension(Ledger)
    if ledger is None:
        raise NotConfigured  # NEWSSPIDER_STORE is off
    return ledger


@dataclass(frozen=True)
class Readers:
    """Who reads pages in a crawl: what another reader left out, 304 would hide for good.

    Attributes:
        followed: a digest of the arguments and profiles that decide what is followed; empty where there are none.
        sites: the profiles by registered domain, which the spider fills when it starts; with a browser it is another
            reader.
    """

    followed: str
    sites: Mapping[str, Site]

    def of(self, request: Request) -> str:
        """Return who reads the page of a request."""
        is_article = role_of(request) == "article"
        site = self.sites.get(site_of(request.url) or "")
        version = (
            version_for(request.url)
            if is_article
            else f"{version_for(request.url)}.{listing_version()}"
        )
        followed = "" if is_article else self.followed
        rendered = "rendered" if site and site.render else ""
        return " ".join(filter(None, (__version__, version, followed, rendered)))


def readers_of(crawler: Crawler) -> Readers:
    """Return the crawl's readers; what is followed depends on the spider's arguments and the sites' profiles."""
    crawl = crawl_of(crawler)
    given = crawl.given
    followed = {
        name: str(value)
        for name, value in given.items()
        if name not in STARTING and not name.startswith("_")
    }
    if turn := turn_of(crawler):
        profiles = [
            site.model_dump_json(exclude_defaults=True, exclude={"url"}) for site in turn.sites
        ]
        followed |= {"sites": "\n".join(profiles)} if any(each != "{}" for each in profiles) else {}
    with suppress(OSError, KeyError):  # the spider says what is wrong with the file
        followed["sites"] = Path(str(given["sites"])).read_text(encoding="utf-8", errors="replace")
    digest = hashlib.blake2b(repr(sorted(followed.items())).encode(), digest_size=8).hexdigest()
    return Readers(digest if followed else "", crawl.sites)


def followed_by(reader: str) -> list[str]:
    """Return the part of a reader that says what it follows.

    >>> followed_by("0.1.0 5f0c2a11 8d3e rendered"), followed_by("0.1.0 5f0c2a11")
    (['8d3e', 'rendered'], [])
    """
    return reader.split()[2:]  # after the versions of the package and of extraction


def _role_of(role: Role, known: PageState | None) -> Role:
    """Return what an address is asked for as: what a look at it showed, where a link only seemed to lead to it."""
    seen = known is not None and known.fetched_at is not None and known.kind not in NOTHING_THERE
    return known.role if known and seen and {role, known.role} <= LINKED_ROLES else role
