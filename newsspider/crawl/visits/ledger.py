"""The ledger of a crawl: the records and visits that it stores, and the addresses that earlier runs know."""

import logging
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.utils.asyncio import AsyncioLoopingCall, create_looping_call
from twisted.internet.task import LoopingCall

from newsspider.clock import utc_now
from newsspider.crawl.crawl_context import crawl_of
from newsspider.crawl.ending.outcome import OVER_LIMIT_STAT
from newsspider.crawl.politeness.contact import ask_for_contact
from newsspider.crawl.request_context import role_of
from newsspider.crawl.visits.describing import failed_visit, redirected_visit
from newsspider.crawl.visits.known_pages import KnownPages
from newsspider.crawl.visits.listed_articles import ListedArticles
from newsspider.crawl.visits.pending_visits import PendingVisits
from newsspider.crawl.visits.revisit_plan import read_plan
from newsspider.crawl.visits.run_ends import close_run, note_period, open_run, shorten_addresses
from newsspider.crawl.visits.site_learning import SiteLearning
from newsspider.errors import StoreError, UsageError
from newsspider.record import ArticleRecord
from newsspider.revisiting.accounts import SiteAccount
from newsspider.revisiting.page_states import PageState, Visit
from newsspider.revisiting.visitor_parameters import without_parameters
from newsspider.scrapy_components import ADDON
from newsspider.site_memory.observations import Observation
from newsspider.store.database import choose_database_in
from newsspider.store.locks import SiteLocks
from newsspider.store.retrying import with_retries
from newsspider.store.run import Run
from newsspider.store.store import Store
from newsspider.text import count_of
from newsspider.urls import is_name, normalise_url, site_of

logger = logging.getLogger(__name__)

FLUSH_SECONDS = 2.0  # between writes, by a timer: on a slow site the next record can take a minute


class Ledger(KnownPages):
    """Scrapy extension: stores records and visits in the database that NEWSSPIDER_DATABASE names.

    The first seed or record opens the store, so `scrapy shell` and `scrapy parse` create none.

    Attributes:
        began_at: when the run began.
    """

    def __init__(self, crawler: Crawler, database: str) -> None:
        """Use a database, given by path or URL."""
        super().__init__(crawler)
        self._crawler = crawler
        self._database = database
        self._plan = read_plan(crawler.settings)
        self._agent: str = crawler.settings["USER_AGENT"]
        self.began_at = utc_now()

        self._run: Run | None = None
        self._locks = SiteLocks()
        self._unfinished: set[str] = set()  # sites that were left early
        self._pending = PendingVisits()
        self._listed = ListedArticles()
        self._learning = SiteLearning(crawler, self._failures)
        self._timer: AsyncioLoopingCall | LoopingCall | None = None

        crawler.signals.connect(self.request_dropped, signal=signals.request_dropped)

        for end in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(self.item_ended, signal=end)

        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it, unless NEWSSPIDER_STORE is off or the crawl is a dry run.

        Raises:
            NotConfigured: with the fix, if the project doesn't have newsspider's settings.
        """
        if crawler.settings.get("NEWSSPIDER_STORE") is None:
            fix = f"ADDONS = {{'{ADDON}': 500}} brings them"
            raise NotConfigured(f"newsspider's settings are missing; {fix}")

        if not crawler.settings.getbool("NEWSSPIDER_STORE") or crawl_of(crawler).is_dry_run:
            raise NotConfigured
        return cls(crawler, choose_database_in(crawler.settings))

    @property
    def is_open(self) -> bool:
        """Whether the run has begun."""
        return self._run is not None

    @property
    def accounts(self) -> Mapping[str, SiteAccount]:
        """The accounts of the sites so far."""
        return self._run.accounts if self._run else {}

    def begin(self, site: str) -> bool:
        """Open the store and lock a site; return whether this run crawls it.

        It returns False also if the store can't be opened, which ends the crawl.
        """
        try:
            run = self._run or self._open()
        except StoreError:
            return False

        if site not in self._sites:
            if run.number == 1 and not self._sites and is_name(site):
                ask_for_contact(self._agent)
            self._sites[site] = self._lock(run, site)

        return self._sites[site]

    def _lock(self, run: Run, site: str) -> bool:
        """Lock a site for this run; return False if another run is crawling it."""
        if not self._failures.ask(lambda: run.store.lock_site(self._locks, site)):
            logger.warning("another run is crawling %s into %s: skipped", site, run.store.name)
            return False

        self._learning.recall(run, site)
        return True

    def address_of(self, request: Request) -> str:
        """Return the URL of a request; for an article, without the site's visitor parameters."""
        url: str = request.url
        if self._run is None or role_of(request) != "article" or "?" not in url:
            return url

        visitors = self._run.visitors.get(site_of(url) or "")
        if visitors is None or not visitors.names:
            return url
        return without_parameters(url, visitors.names)

    def note_revisit(self, address: str) -> None:
        """Note that this run visits an article that an earlier run has read."""
        self._listed.note_revisit(address)

    def list_article(self, address: str, site: str, *, seen: bool) -> None:
        """Count the address of a probable article in a list, once per run."""
        if self._run:
            self._listed.count(self._run.account(site), address, seen=seen)

    def note_found(self, found: Iterable[PageState]) -> None:
        """Note addresses that are not fetched yet."""
        if self._run:
            self._run.find(state for state in found if self._sites.get(state.site))

    def put_off(self, request: Request) -> None:
        """Note that a list is not worth fetching now."""
        if self._run:
            self._run.put_off(normalise_url(request.url))

    def leave_article(self, request: Request, day: date) -> None:
        """Note that an article was read, and is left for crawls that want its day."""
        if self._run:
            self._run.leave(normalise_url(request.url), day)

    def note_visit(
        self, visit: Visit, record: ArticleRecord | None = None, *, is_item: bool = False
    ) -> None:
        """Note a visit.

        Args:
            visit: the visit.
            record: the record of the page, if any.
            is_item: whether the record passes the pipelines; then both are stored together.
        """
        if record is not None and record.url and is_item:
            self._pending.add(record.url, visit, record)
        elif self._run:
            self._run.look(visit, record)

    def observe(self, record: ArticleRecord, observation: Observation) -> None:
        """Note what a page teaches about its site, until its record is stored."""
        self._learning.observe(record, observation)

    def item_ended(self, response: object) -> None:
        """Store the visits of a response whose record another pipeline dropped or changed."""
        if self._run and isinstance(response, Response):
            for visit, record in self._pending.take_answered(response.url):
                self._run.look(visit, record)
                self._learning.take(record)

    def leave(self, site: str, why: str) -> None:
        """Note why a site is left early. Its other addresses wait for the next run."""
        if self._run and site not in self._unfinished:
            self._unfinished.add(site)
            self._run.account(site).notes.append(why)
            logger.warning("%s: %s", site, why)

    def request_dropped(self, request: Request) -> None:
        """Note a redirect to a page that was requested before."""
        if self._run and role_of(request) and request.meta.get("redirect_urls"):
            self._run.look(redirected_visit(request))

    def keep(self, record: ArticleRecord) -> None:
        """Store a record together with its visit."""
        try:
            run = self._run or self._open()
        except StoreError:
            return

        visit = self._pending.take(record)
        if visit is None and record.url and record.kind == "failed":
            visit = failed_visit(record)

        try:
            run.add(record, visit, self._learning.take(record))
        except StoreError as error:
            self._failures.note_failed_write(error, run)

    def spider_closed(self, reason: str) -> None:
        """Store the last records and write the account."""
        if self._run is None:
            return

        if self._timer and self._timer.running:
            self._timer.stop()

        try:
            self._close(self._run, reason)
        except StoreError as error:
            self._failures.give_up(error, f"; not stored: {count_of(self._run.waiting, 'record')}")
        finally:
            self._locks.release()

    @property
    def _store(self) -> Store | None:
        """The store to read from."""
        return self._run.store if self._run else None

    def _open(self) -> Run:
        """Begin the run and start the timer. Without a store, the crawl ends.

        Raises:
            StoreError: the store can't be opened.
        """
        try:
            run = open_run(self._crawler, self._database, self._plan)
        except (StoreError, UsageError) as error:
            self._failures.give_up(error)
            raise

        self._run = run
        self._locks = run.store.site_locks()
        self._timer = create_looping_call(self._flush)
        self._timer.start(FLUSH_SECONDS, now=False)
        return run

    def _flush(self) -> None:
        """Store the waiting records, in the background."""
        if self._run is None:
            return
        try:
            self._run.write_on()
        except StoreError as error:
            self._failures.note_failed_write(error, self._run)

    def _close(self, run: Run, reason: str) -> None:
        """Store the visits that no pipeline has seen, then the accounts."""
        for visit, record in self._pending.take_all():
            run.look(visit, record)

        with_retries(run.flush)
        shorten_addresses(run, self._learning.recalled, self.began_at)

        whole = {site for site in self.sites if self._is_whole(reason, site)}
        with_retries(lambda: run.store.postpone_unfetched(whole, self._deepest, self._plan))
        if self._crawl.selection.period:
            note_period(run, self._crawl, self.sites)
            whole = set()  # with a period, a run lists fewer articles than others do

        close_run(self._crawler, run, self._sites, whole)

    def _is_whole(self, reason: str, site: str) -> bool:
        """Whether the run crawled a site to its end."""
        assert self._crawler.stats is not None  # set before components are built
        limited = self._crawler.stats.get_value(OVER_LIMIT_STAT)
        return reason == "finished" and not limited and site not in self._unfinished


def ledger_of(crawler: Crawler) -> Ledger:
    """Return the ledger of a crawl.

    Raises:
        NotConfigured: it has none, because NEWSSPIDER_STORE is off.
    """
    ledger = crawler.get_extension(Ledger)
    if ledger is None:
        raise NotConfigured
    return ledger
