"""The display of a crawl's progress: a live view on a terminal, else a line now and then."""

import logging
import sys
from typing import Literal, Self

from rich.console import Console
from rich.live import Live
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import AsyncioLoopingCall, create_looping_call
from twisted.internet.task import LoopingCall

from newsspider.crawl_command.live_view import NUMBERS, LatestWarnings, LiveView, numbers_of, span
from newsspider.crawl_command.progress import CrawlProgress, SiteProgress

REFRESH_SECONDS = 0.25
LINE_SECONDS = 15.0  # between lines in a log: an hour has 240
SHOWN_SITES = 5  # by name in a line
FORM_SETTING = "NEWSSPIDER_PROGRESS"  # the command sets it
ACCOUNT_LOGGER = "newsspider.crawl.ending.account"
Form = Literal["live", "lines"]


class LiveTelling:
    """Scrapy extension: the live view."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._warnings = LatestWarnings()
        self._live: Live | None = None
        self._timer: AsyncioLoopingCall | LoopingCall | None = None
        logging.getLogger().addHandler(self._warnings)
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(self.engine_stopped, signal=signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it if the command asks for it."""
        _check_form(crawler, "live")
        return cls(crawler)

    def spider_opened(self) -> None:
        """Start the view."""
        view = LiveView(_progress_of(self._crawler), self._warnings)
        # The event loop draws it: rich's own thread could hold a lock when a worker is forked.
        # Standard output stays where it is: records that are written to a file or a pipe are not
        # for the terminal.
        console, to_screen = Console(stderr=True), sys.stdout.isatty()
        self._live = Live(view, console=console, auto_refresh=False, redirect_stdout=to_screen)
        self._live.start()
        self._timer = create_looping_call(self._live.refresh)
        self._timer.start(REFRESH_SECONDS)

    def engine_stopped(self) -> None:
        """Keep the last view."""
        if self._timer and self._timer.running:
            self._timer.stop()
        if self._live:
            self._live.stop()
        logging.getLogger().removeHandler(self._warnings)


class LineTelling:
    """Scrapy extension: a line now and then, if something changed."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._told = ""
        self._timer: AsyncioLoopingCall | LoopingCall | None = None
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it if the command asks for it."""
        _check_form(crawler, "lines")
        return cls(crawler)

    def spider_opened(self) -> None:
        """Start the timer."""
        self._timer = create_looping_call(self._tell)
        self._timer.start(LINE_SECONDS, now=False)

    def spider_closed(self) -> None:
        """Stop the timer; the final lines report the result."""
        if self._timer and self._timer.running:
            self._timer.stop()

    def _tell(self) -> None:
        """Write a line, unless it is the same as the last one."""
        progress = _progress_of(self._crawler)
        told = line_of(progress.snapshot())
        if told != self._told:
            sys.stderr.write(f"{span(progress.seconds)} {told}\n")
            self._told = told


def choose_form(*, writes_records: bool = False) -> Form:
    """Return the form of the display: a view on a terminal, unless records are written there.

    Args:
        writes_records: whether the crawl writes to standard output.
    """
    is_shared = writes_records and sys.stdout.isatty()
    return "live" if sys.stderr.isatty() and not is_shared else "lines"


def line_of(sites: list[SiteProgress]) -> str:
    """Return the numbers of all sites in one line."""
    columns = zip(*map(numbers_of, sites), strict=True)
    sums = [f"{sum(column)} {name}" for column, name in zip(columns, NUMBERS, strict=False)]

    return f"{_names_of(sites)}: {', '.join(sums)}"


def _names_of(sites: list[SiteProgress]) -> str:
    named = ", ".join(site.site for site in sites[:SHOWN_SITES])
    if len(sites) > SHOWN_SITES:
        return f"{named} and {len(sites) - SHOWN_SITES} more"
    return named


def _check_form(crawler: Crawler, form: Form) -> None:
    """Check whether this form of the display was chosen.

    The account is then not logged, since the final lines contain it.

    Raises:
        NotConfigured: it was not.
    """
    if crawler.settings.get(FORM_SETTING) != form:
        raise NotConfigured
    logging.getLogger(ACCOUNT_LOGGER).setLevel(logging.ERROR)


def _progress_of(crawler: Crawler) -> CrawlProgress:
    """Return the extension that counts a crawl's pages."""
    progress = crawler.get_extension(CrawlProgress)
    assert progress is not None  # the command adds both
    return progress
