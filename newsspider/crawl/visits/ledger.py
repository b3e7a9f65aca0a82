"""The crawl's ledger: what it keeps in the store, what it knows from there, and the account at its end."""

import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Self, TypeVar

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.utils.asyncio import AsyncioLoopingCall, create_looping_call
from twisted.internet.task import LoopingCall

from newsspider.clock import utc_now
from newsspider.components import ADDON
from newsspider.crawl.crawl_context import crawl_of
from newsspider.crawl.ending.account import write_account
from newsspider.crawl.ending.early_end import end_crawl
from newsspider.crawl.ending.outcome import ACCOUNT_STAT, EXIT_CODE_STAT, OVER_LIMIT_STAT
from newsspider.crawl.politeness.contact import REQUEST, names_contact
from newsspider.crawl.request_context import role_of
from newsspider.crawl.turns import turn_of
from newsspider.crawl.visits.describing import failed_visit, redirected_visit
from newsspider.crawl.visits.revisit_plan import read_plan
from newsspider.discovery.learned_links import MAX_SHAPES
from newsspider.errors import SiteMemoryError, StoreError, TurnLostError, UsageError
from newsspider.files import SYNC_VARIABLE
from newsspider.record import ArticleRecord
from newsspider.revisiting.accounts import SiteAccount
from newsspider.revisiting.page_states import PageState, Visit
from newsspider.revisiting.visitor_parameters import VisitorParameters, without_parameters
from newsspider.site_memory.drift import Layouts
from newsspider.site_memory.lookup import OneMemory
from newsspider.site_memory.memory import SiteMemory
from newsspider.site_memory.observations import Observation
from newsspider.store.database import DUPLICATES_VARIABLE, choose_database_in, choose_in
from newsspider.store.locks import SiteLocks
from newsspider.store.patience import patiently
from newsspider.store.run import Keeper, Run
from newsspider.store.site_memories import StoredMemory
from newsspider.store.store import Store
from newsspider.text import count_of
from newsspider.urls import is_name, normalise_url, site_of

logger = logging.getLogger(__name__)

FLUSH_SECONDS = (
    2.0  # a real timer and not the next record: on a slow site that may come a minute later
)
MAX_WAITING = 1_000  # records held while the store can't be written; more would only be lost later
REMEMBERED_ALIASES = 1_000  # by which one sees what makes no other page

Answer = TypeVar("Answer")


class Ledger(Keeper):
    """Scrapy extension: keeps records and what is known of addresses, in the database that NEWSSPIDER_DATABASE names.

    The store is opened by the first seed or record, so that `scrapy shell` and `scrapy parse` leave none behind.

    Attributes:
        began_at: when the run began.
    """

    def __init__(self, crawler: Crawler, database: str) -> None:
        """Keep what this crawler finds in a database by path or URL."""
        self._crawler = crawler
        self._crawl = crawl_of(crawler)
        self._database = database
        self._plan = read_plan(crawler.settings)
        self._agent: str = crawler.settings["USER_AGENT"]
        self._run: Run | None = None
        self.began_at = utc_now()
        self._locks = SiteLocks()
        self._sites: dict[str, bool] = {}  # whether we have them
        self._looks: dict[
            str, tuple[Visit, ArticleRecord]
        ] = {}  # whose records are on their way, by their addresses
        self._observations: dict[str, Observation] = {}  # likewise
        self._has_memory = crawler.settings.getbool("NEWSSPIDER_SITE_MEMORY")
        self._listed: set[int] = set()  # hashes of addresses: of this run only
        self._revisited: set[int] = set()  # hashes of addresses that an earlier run had read
        self._recalled: dict[
            str, frozenset[str]
        ] = {}  # parameters that earlier runs had learnt, by site
        self._unfinished: set[str] = set()  # sites that we left before their end
        self._timer: AsyncioLoopingCall | LoopingCall | None = None
        crawler.signals.connect(self.request_dropped, signal=signals.request_dropped)
        for end in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(self.item_ended, signal=end)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it, unless NEWSSPIDER_STORE is off or the crawl is a dry run.

        Raises:
            NotConfigured: with the mend, where the project has nothing of newsspider's settings.
        """
        if crawler.settings.get("NEWSSPIDER_STORE") is None:
            raise NotConfigured(
                f"newsspider's settings are missing; ADDONS = {{'{ADDON}': 500}} brings them"
            )
        if not crawler.settings.getbool("NEWSSPIDER_STORE") or crawl_of(crawler).is_dry_run:
            raise NotConfigured
        return cls(crawler, choose_database_in(crawler.settings))

    @property
    def is_open(self) -> bool:
        """Whether there is a run."""
        return self._run is not None

    @property
    def sites(self) -> list[str]:
        """The sites of this run, without those that another run has."""
        return [site for site, ours in self._sites.items() if ours]

    @property
    def accounts(self) -> Mapping[str, SiteAccount]:
        """What was stored so far, by site."""
        return self._run.accounts if self._run else {}

    def begin(self, site: str) -> bool:
        """Open the store and lock a site; return whether this run has it: not without a store, when the crawl ends."""
        try:
            run = self._run or self._open()
        except StoreError:
            return False
        if site not in self._sites:
            if (
                run.number == 1
                and not self._sites
                and is_name(site)
                and not names_contact(self._agent)
            ):
                logger.warning(
                    "%s", REQUEST
                )  # the first crawl of this store: later ones need not repeat it
            self._sites[site] = self._ask(lambda: run.store.lock_site(self._locks, site))
            if self._sites[site]:
                self._recall(run, site)
            else:
                logger.warning(
                    "another run is crawling %s into %s: left to it", site, run.store.name
                )
        return self._sites[site]

    def _recall(self, run: Run, site: str) -> None:
        """Give the run and the crawl what earlier runs learnt of a site's addresses."""
        visitors = VisitorParameters(self._ask(lambda: run.store.aliases(site, REMEMBERED_ALIASES)))
        run.visitors[site], self._recalled[site] = visitors, visitors.names
        if self._has_memory and (stored := self._ask(lambda: run.store.site_memory(site))):
            self._remember(run, stored)
        self._crawl.lessons.recall(site, self._ask(lambda: run.store.shapes(site, MAX_SHAPES)))

    def _remember(self, run: Run, stored: StoredMemory) -> None:
        """Use a site's memory in this run as it is now; one that is damaged is learnt anew."""
        try:
            memory = SiteMemory.from_bytes(stored.content)
        except SiteMemoryError as error:
            logger.warning("%s: %s; learning it anew", stored.site, error)
            return
        run.layouts[stored.site] = Layouts(memory)
        self._crawl.memories[stored.site] = OneMemory(stored.site, stored.state, stored.content)

    def known(self, addresses: Collection[str]) -> dict[str, PageState]:
        """Return what is known of addresses."""
        store = self._store
        return self._ask(lambda: store.known(addresses)) if store else {}

    def due(self, limit: int, after: PageState | None) -> list[PageState]:
        """Return what is due on the run's sites, longest due first, after one if it is given."""
        store = self._store
        if store is None or self._deepest == 0:
            return []
        return self._ask(
            lambda: store.due(self.sites, deepest=self._deepest, limit=limit, after=after)
        )

    def address_of(self, request: Request) -> str:
        """Return where a request's page lies: of an article, without what the site adds for each visitor."""
        if role_of(request) != "article" or self._run is None:
            return request.url
        visitors = self._run.visitors.get(site_of(request.url) or "")
        names = visitors.names if visitors else None
        return (
            without_parameters(request.url, names) if names and "?" in request.url else request.url
        )

    def revisit(self, address: str) -> None:
        """Note that an article which an earlier run had read is looked at again."""
        self._revisited.add(hash(address))

    def list_article(self, address: str, site: str, *, seen: bool) -> None:
        """Count the address of a probable article that a list names, once a run."""
        if self._run and hash(address) not in self._listed:
            self._listed.add(hash(address))
            account = self._run.account(site)
            account.listed += 1
            account.seen += seen or hash(address) in self._revisited

    def find(self, found: Iterable[PageState]) -> None:
        """Note addresses that are yet to be fetched."""
        if self._run:
            self._run.find(state for state in found if self._sites.get(state.site))

    def put_off(self, request: Request) -> None:
        """Note that a list is not worth its fetching now."""
        if self._run:
            self._run.put_off(normalise_url(request.url))

    def leave_article(self, request: Request, day: date) -> None:
        """Note that an article was read and is left for crawls that want its day."""
        if self._run:
            self._run.leave(normalise_url(request.url), day)

    def look(
        self, visit: Visit, record: ArticleRecord | None = None, *, is_item: bool = False
    ) -> None:
        """Note a look.

        Args:
            visit: the look.
            record: what the page became, if anything was read of it.
            is_item: whether the record is on its way through the pipelines: then both are written in one transaction.
        """
        if record is not None and record.url and is_item:
            self._looks[record.url] = (visit, record)
        elif self._run:
            self._run.look(visit, record)

    def observe(self, record: ArticleRecord, observation: Observation) -> None:
        """Note what the page of a record teaches about its site; it is learnt when the record is kept."""
        if self._has_memory and record.url:
            self._observations[record.url] = observation

    def item_ended(self, response: object) -> None:
        """Note the look at a page whose record did not come to `keep`: another pipeline dropped or changed it."""
        if self._run and isinstance(response, Response):
            for url in [
                url for url, (visit, _) in self._looks.items() if visit.url == response.url
            ]:
                self._run.look(*self._looks.pop(url))
                self._observations.pop(url, None)

    def leave(self, site: str, why: str) -> None:
        """Note why a site is left before its end; what was found there waits for the next run."""
        if self._run and site not in self._unfinished:
            self._unfinished.add(site)
            self._run.account(site).notes.append(why)
            logger.warning("%s: %s", site, why)

    def request_dropped(self, request: Request) -> None:
        """Note a redirect to what was asked for before, which the scheduler drops."""
        if self._run and role_of(request) and request.meta.get("redirect_urls"):
            self._run.look(redirected_visit(request))

    def keep(self, record: ArticleRecord) -> None:
        """Keep a record, with the look that gave it."""
        try:
            run = self._run or self._open()
        except StoreError:
            return
        visit, _ = self._looks.pop(record.url or "", (None, None))
        if visit is None and record.url and record.kind == "failed":
            visit = failed_visit(record)
        try:
            run.add(record, visit, self._observations.pop(record.url or "", None))
        except StoreError as error:
            self._note_failure(error, run)

    def spider_closed(self, reason: str) -> None:
        """Store the last records, and give the account."""
        if self._run is None:
            return
        if self._timer and self._timer.running:
            self._timer.stop()
        try:
            self._close(self._run, reason)
        except StoreError as error:
            self._give_up(error, f"; not stored: {count_of(self._run.waiting, 'record')}")
        finally:
            self._locks.release()

    def _ask(self, question: Callable[[], Answer]) -> Answer:
        """Return what the store answers; the crawl stands still while its server is away, for nothing could be kept.

        Raises:
            StoreError: it does not answer; the crawl ends.
        """
        try:
            return patiently(question)
        except StoreError as error:
            self._give_up(error)
            raise

    @property
    def _store(self) -> Store | None:
        """What is read of."""
        return self._run.store if self._run else None

    @property
    def _deepest(self) -> int | None:
        """How many clicks from the seeds the crawl goes; None for all."""
        return self._crawl.arguments.max_depth

    def _open(self) -> Run:
        """Open the store and start the timer; without a store a crawl makes no sense and ends.

        Raises:
            StoreError: it can't be opened.
        """
        assert self._crawler.spider is not None  # records come from a spider
        try:
            arguments = {name: str(value) for name, value in self._crawl.given.items()}
            migrates = self._crawler.settings.getbool("NEWSSPIDER_MIGRATE", True)
            duplicates = choose_in(self._crawler.settings, DUPLICATES_VARIABLE)
            sync = choose_in(self._crawler.settings, SYNC_VARIABLE)
            if turn := turn_of(self._crawler):
                store = turn.store
            else:
                store = Store(self._database, migrates=migrates, duplicates=duplicates, sync=sync)
            self._plan = replace(self._plan, waits=self._crawl.waits)
            run = Run(
                store,
                f"crawl {self._crawler.spider.name}",
                arguments,
                plan=self._plan,
                in_background=True,
            )
        except (StoreError, UsageError) as error:
            self._give_up(error)
            raise
        self._run = run
        self._locks = store.site_locks()
        self._timer = create_looping_call(self._flush)
        self._timer.start(FLUSH_SECONDS, now=False)
        return run

    def _flush(self) -> None:
        """Store what waits, in the background."""
        if self._run is not None:
            try:
                self._run.write_on()
            except StoreError as error:
                self._note_failure(error, self._run)

    def _close(self, run: Run, reason: str) -> None:
        """Write the account of each site, and the exit code that follows from all."""
        for visit, record in self._looks.values():  # which no pipeline has seen
            run.look(visit, record)
        patiently(run.flush)
        stats = self._crawler.stats
        assert stats is not None  # set before components are built
        for site in self.sites:
            if names := run.visitors[
                site
            ].names:  # of those learnt now, what earlier runs found has no such address
                since = self.began_at if names == self._recalled[site] else ""
                patiently(partial(run.store.add_shorter_addresses, site, names, since=since))
        whole = {site for site in self.sites if self._is_whole(reason, site)}
        patiently(lambda: run.store.postpone_unfetched(whole, self._deepest, self._plan))
        selection = self._crawl.selection
        if selection.period:
            for site in self.sites:
                run.account(site).outside = selection.count_left_out(site)
                run.account(site).notes.append(selection.describe(site))
            whole = set()  # a run that wants some days only lists less than others do
        others = [site for site, is_ours in self._sites.items() if not is_ours]
        code, said = write_account(run, self.sites, others, whole)
        for fate, number in run.duplicates.items():
            stats.set_value(f"newsspider/duplicates/{fate}", number)
        stats.set_value(EXIT_CODE_STAT, int(code))
        stats.set_value(ACCOUNT_STAT, said)

    def _is_whole(self, reason: str, site: str) -> bool:
        """Whether the run came to its end on a site."""
        assert self._crawler.stats is not None  # set before components are built
        limited = self._crawler.stats.get_value(OVER_LIMIT_STAT)
        return reason == "finished" and not limited and site not in self._unfinished

    def _note_failure(self, error: StoreError, run: Run) -> None:
        """Log a failed write; it is tried again with the next, until too much waits, or the turn is lost."""
        if isinstance(error, TurnLostError):
            self._give_up(error)
            return
        logger.error("%s; waiting for the next try: %s", error, count_of(run.waiting, "record"))
        if run.waiting >= MAX_WAITING:
            self._give_up(error)

    def _give_up(self, error: Exception, more: str = "") -> None:
        """End the crawl with the exit code of an unusable store; without one where another worker has the site."""
        if isinstance(error, TurnLostError):
            logger.warning("%s%s", error, more)
            end_crawl(self._crawler, "turn_lost", str(error))
            return
        logger.critical("%s%s", error, more)
        end_crawl(self._crawler, "store_unusable", f"{error}{more}")
