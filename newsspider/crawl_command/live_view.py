"""The live view of a crawl on a terminal: one line per site, and the latest warnings."""

import logging
from collections.abc import Sequence

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from newsspider.crawl_command.progress import CrawlProgress, SiteProgress
from newsspider.text import count_of, show_text

SHOWN_WARNINGS = 4
OTHER_LINES = 4  # heading, column names, the line about other sites, prompt
MIN_SITES = 3
WIDE = 100  # columns
NUMBERS = ("found", "fetched", "new", "unchanged", "failed", "waiting")


class LiveView:
    """The view that rich draws again and again: the present state of the crawl."""

    def __init__(self, progress: CrawlProgress, warnings: "LatestWarnings") -> None:
        self._progress = progress
        self._warnings = warnings

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Return the view for a terminal of this size."""
        warnings = self._warnings
        taken = OTHER_LINES + len(warnings.shown) + bool(warnings.more)
        room = max(MIN_SITES, console.size.height - taken)

        sites = sorted(self._progress.snapshot(), key=_busiest_first)
        yield self._heading(sites)
        yield self._table(sites[:room], is_wide=options.max_width >= WIDE)

        if left := sites[room:]:
            waiting = sum(max(0, site.waiting) for site in left)
            yield _line(f"… and {count_of(len(left), 'more site')}, {waiting} waiting", "dim")

        if warnings.more:
            yield _line(f"{warnings.more} earlier warnings", "dim")

        yield from map(self._warning, warnings.shown)

    def _heading(self, sites: Sequence[SiteProgress]) -> Text:
        """Return the line about all sites together."""
        passed = span(self._progress.seconds)
        fetched = count_of(sum(site.fetched for site in sites), "page")

        if self._progress.ended:
            return _line(f"{fetched} fetched in {passed}, feeds and sitemaps included", "bold")

        if self._progress.is_ending:
            stopping = "stopping: open requests are finished and stored; Ctrl-C again ends at once"
            return _line(stopping, "bold")

        waiting = sum(max(0, site.waiting) for site in sites)
        rate = sum(map(self._progress.rate_of, sites))
        left = f", about {span(waiting / rate)}" if waiting and rate else ""
        numbers = f"{fetched} fetched, {rate:.1f} a second · {waiting} waiting{left}"

        return _line(f"{passed} · {numbers}", "bold")

    def _warning(self, text: str) -> Text:
        """Return a warning: one line in a moving view, all of it in the last view."""
        return Text(text, style="yellow") if self._progress.ended else _line(text, "yellow")

    def _table(self, sites: Sequence[SiteProgress], *, is_wide: bool) -> Table:
        """Return the table of some sites; a narrow one has no rates."""
        table = Table(box=None, pad_edge=False, expand=True, header_style="dim")
        table.add_column("site", no_wrap=True, overflow="ellipsis", min_width=12, max_width=32)

        for name in (*NUMBERS, "/s") if is_wide else NUMBERS:
            table.add_column(name, justify="right", no_wrap=True)

        table.add_column("latest", ratio=1, no_wrap=True, overflow="ellipsis", style="dim")

        for site in sites:
            numbers = list(map(str, numbers_of(site)))
            if is_wide:
                numbers.append(f"{self._progress.rate_of(site):.1f}")

            table.add_row(Text(show_text(site.site)), *numbers, Text(show_text(site.title)))

        return table


class LatestWarnings(logging.Handler):
    """A log handler that keeps the latest lines.

    Attributes:
        shown: the latest lines, safe for a terminal.
        more: the number of earlier lines.
    """

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.shown: list[str] = []
        self.more = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line; a traceback is for the log."""
        self.shown.append(show_text(record.getMessage().partition("\n")[0]))
        if len(self.shown) > SHOWN_WARNINGS:
            del self.shown[0]
            self.more += 1


def numbers_of(site: SiteProgress) -> tuple[int, ...]:
    """Return a site's numbers in the order of NUMBERS."""
    account = site.account
    failed = account.unread.total()

    return (
        account.listed,
        site.fetched,
        account.new,
        account.unchanged,
        failed,
        max(0, site.waiting),
    )


def span(seconds: float) -> str:
    """Return a duration in the form of a clock.

    >>> span(75), span(3 * 3600 + 62)
    ('1:15', '3:01:02')
    """
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _busiest_first(site: SiteProgress) -> tuple[bool, int, str]:
    """Return the sort key of a site: unfinished sites, and those with most to do, first."""
    return site.waiting <= 0, -site.waiting, site.site


def _line(text: str, style: str) -> Text:
    """Return a line that is cut instead of wrapped."""
    return Text(text, style=style, no_wrap=True, overflow="ellipsis")
