"""Which requests are made now: those for new pages, and those for known pages that are due again."""

from collections.abc import Iterator
from datetime import date

from scrapy import Request
from scrapy.crawler import Crawler

from newsspider.clock import as_text, now, utc_now
from newsspider.crawl.crawl_context import OwnSpider, crawl_of
from newsspider.crawl.request_context import note, purpose_of, role_of
from newsspider.crawl.visits.describing import conditional_headers, found_state
from newsspider.crawl.visits.ledger import Ledger
from newsspider.crawl.visits.page_readers import Readers, followed_by
from newsspider.crawl.visits.revisit_plan import read_plan
from newsspider.discovery.empty_pages import MAX_EMPTY_PAGES
from newsspider.discovery.entry_dates import Span
from newsspider.discovery.next_requests import Wanted
from newsspider.revisiting.after_visit import NOTHING_THERE
from newsspider.revisiting.page_states import LINKED_ROLES, PageState, Role
from newsspider.revisiting.schedule import is_due, is_listing, is_worth_another_try
from newsspider.urls import normalise_url, site_of

DUE_TOGETHER = 200  # requests for due pages, before the engine asks for more
REVISIT_PRIORITY = -1_000  # after the pages that this run finds: ten clicks (DEPTH_PRIORITY)


class DueRequests:
    """Chooses requests by the state of their pages in the ledger."""

    def __init__(self, crawler: Crawler, ledger: Ledger, readers: Readers) -> None:
        """Look states up in this ledger."""
        self._crawler = crawler
        self._crawl = crawl_of(crawler)
        self._ledger = ledger
        self._readers = readers
        self._plan = read_plan(crawler.settings)
        self.revisits = crawler.settings.getbool("NEWSSPIDER_REVISIT")

    def choose(
        self, requests: list[Request], *, listed: bool = True, counted: bool = False
    ) -> Iterator[tuple[Request, bool]]:
        """Yield the requests for new and due pages, and whether each is for an unknown article.

        Args:
            requests: requests with roles.
            listed: whether they come from a page, and not from the start of the crawl.
            counted: whether that page is a list of the site, and not an article.
        """
        placed = [self._place(request) for request in requests]
        known = self._ledger.known([normalise_url(request.url) for request in placed])
        moment, found = utc_now(), []

        for request in placed:
            address = normalise_url(request.url)
            state = known.get(address)
            self._note_role(request, state)
            if counted:
                self._count(request, state)

            if state:
                yield from self._iter_again(request, state)
                continue

            if listed:
                found.append(found_state(request, address, moment))

            yield request, role_of(request) == "article"

        self._ledger.note_found(found)

    def iter_due(self) -> Iterator[Request]:
        """Yield requests for due pages, listed or not: for edits, and for pages that earlier runs left."""
        spider = self._crawler.spider
        if not isinstance(spider, OwnSpider):
            return

        after: PageState | None = None
        while due := self._ledger.due(DUE_TOGETHER, after):
            after = due[-1]
            for state in due:
                if spider.is_wanted(state.url, state.role, state.source or state.url):
                    yield self._again(_request_for(spider, state), state)

    def _place(self, request: Request) -> Request:
        """Return the request at the address of its page, without visitor parameters."""
        url = self._ledger.address_of(request)
        return request if url == request.url else request.replace(url=url)

    def _note_role(self, request: Request, state: PageState | None) -> None:
        """Give a request the role that an earlier visit of its page showed."""
        expected = purpose_of(request)[1]
        role = _role_of(expected, state)
        if role != expected:
            note(request, role=role)

    def _count(self, request: Request, state: PageState | None) -> None:
        """Count an article in a list: once, although lists may have several addresses of it."""
        if role_of(request) != "article":
            return
        address = state.address if state else normalise_url(request.url)
        site = site_of(request.url) or ""
        self._ledger.list_article(address, site, seen=self._was_read(state))

    def _iter_again(self, request: Request, known: PageState) -> Iterator[tuple[Request, bool]]:
        """Yield the request for a known page, if it is wanted now."""
        if self._is_of_another_day(known):
            return
        if not self.revisits:
            yield request, False
        elif self._is_due(request, known):
            yield self._again(request, known), False

    def _is_due(self, request: Request, known: PageState) -> bool:
        """Whether to visit a known page now.

        A list is also visited if another reader read it: the period of the run and the profile of
        the site decide which links are followed, so the list can name pages that this run wants. A
        new version of the code makes no page due, because that would fetch all lists at once.
        """
        (context, role), moment = purpose_of(request), now()
        if is_due(known, role, moment, context.modified):
            return True
        if not is_listing(role) or (known.wait_until and known.wait_until > as_text(moment)):
            return False

        if known.failures:
            return not context.guessed and is_worth_another_try(known, moment, self._plan)
        if known.reader is None:
            return False
        return followed_by(known.reader) != followed_by(self._readers.of(request))

    def _is_of_another_day(self, known: PageState) -> bool:
        """Whether an earlier crawl left the article because of its date, and this crawl would, too."""
        period = self._crawl.selection.period
        if known.fetched_at or not known.born_at or not period:
            return False
        day = date.fromisoformat(known.born_at[:10])
        return not period.meets(Span((day, day)))

    def _was_read(self, known: PageState | None) -> bool:
        """Whether an earlier run has read a page."""
        if known is None or known.fetched_at is None or known.kind in NOTHING_THERE:
            return False
        return known.fetched_at < self._ledger.began_at

    def _again(self, request: Request, known: PageState) -> Request:
        """Return the request for a known page, at its main URL, with conditional headers."""
        if self._was_read(known):
            self._ledger.note_revisit(known.address)

        is_same = normalise_url(known.url) == normalise_url(request.url)
        headers = {**request.headers, **conditional_headers(known, self._readers.of(request))}
        note(request, was_read=known.fetched_at is not None)
        return request.replace(url=request.url if is_same else known.url, headers=headers)


def _request_for(spider: OwnSpider, state: PageState) -> Request:
    """Return the request for a page that is due.

    The links on a page that was read were followed then. They must not revive a path that had
    ended.
    """
    empty_in_row = MAX_EMPTY_PAGES - 1 if state.fetched_at else 0
    seed = state.source or state.url
    wanted = Wanted(state.url, state.role, seed, REVISIT_PRIORITY, empty_in_row=empty_in_row)
    request = spider.request(wanted)
    request.meta["depth"] = state.depth
    return request


def _role_of(role: Role, known: PageState | None) -> Role:
    """Return the role of a request.

    The role that an earlier visit showed wins over a guess from links.
    """
    if known is None or known.fetched_at is None or known.kind in NOTHING_THERE:
        return role
    return known.role if {role, known.role} <= LINKED_ROLES else role
