"""The live view of a crawl on a terminal: a line a site, below it the latest warnings."""

import logging
from collections.abc import Sequence

from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.table import Table
from rich.text import Text

from newsspider.crawl_command.progress import CrawlProgress, SiteProgress
from newsspider.text import count_of, show_text

SHOWN_WARNINGS = 4
OTHER_LINES = 4  # the heading, the columns' names, the sites that are left out, the prompt
MIN_SITES = 3
WIDE = 100  # columns
NUMBERS = ("found", "fetched", "new", "unchanged", "failed", "waiting")


class LiveView:
    """What rich shows again and again: the crawl as it is now."""

    def __init__(self, progress: CrawlProgress, warnings: "LatestWarnings") -> None:
        """Show a crawl's progress and what was warned of."""
        self._progress = progress
        self._warnings = warnings

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Return the view for a terminal of this size."""
        room = max(
            MIN_SITES,
            console.size.height
            - OTHER_LINES
            - len(self._warnings.shown)
            - bool(self._warnings.more),
        )
        sites = sorted(self._progress.snapshot(), key=_busiest_first)
        parts: list[Text | Table] = [
            self._heading(sites),
            self._table(sites[:room], is_wide=options.max_width >= WIDE),
        ]

        if left := sites[room:]:
            waiting = sum(max(0, site.waiting) for site in left)
            parts.append(
                _line(f"… and {count_of(len(left), 'more site')}, {waiting} waiting", "dim")
            )

        if more := self._warnings.more:
            parts.append(_line(f"{more} earlier warnings", "dim"))

        parts += [self._warning(each) for each in self._warnings.shown]
        yield Group(*parts)

    def _heading(self, sites: Sequence[SiteProgress]) -> Text:
        """Return the line about all sites together."""
        passed, fetched = span(self._progress.seconds), sum(site.fetched for site in sites)
        if self._progress.ended:
            return _line(
                f"{count_of(fetched, 'page')} fetched in {passed}, feeds and sitemaps included",
                "bold",
            )
        if self._progress.is_ending:
            return _line(
                "stopping: what is under way is finished and stored; Ctrl-C again ends at once",
                "bold",
            )

        waiting = sum(max(0, site.waiting) for site in sites)
        rate = sum(map(self._progress.rate_of, sites))
        left = f", about {span(waiting / rate)}" if waiting and rate else ""

        return _line(
            f"{passed} · {count_of(fetched, 'page')} fetched, {rate:.1f} a second · {waiting} waiting{left}",
            "bold",
        )

    def _warning(self, text: str) -> Text:
        """Return a warning, cut to one line while the view moves, and whole in the last view."""
        return Text(text, style="yellow") if self._progress.ended else _line(text, "yellow")

    def _table(self, sites: Sequence[SiteProgress], *, is_wide: bool) -> Table:
        """Return the table of some sites; a narrow one leaves the rates of single sites to the heading."""
        table = Table(box=None, pad_edge=False, expand=True, header_style="dim")
        table.add_column("site", no_wrap=True, overflow="ellipsis", min_width=12, max_width=32)
        for name in NUMBERS:
            table.add_column(name, justify="right", no_wrap=True)

        if is_wide:
            table.add_column("/s", justify="right", no_wrap=True)

        table.add_column("latest", ratio=1, no_wrap=True, overflow="ellipsis", style="dim")
        for site in sites:
            rates = [f"{self._progress.rate_of(site):.1f}"] if is_wide else []
            table.add_row(
                Text(show_text(site.site)),
                *map(str, numbers_of(site)),
                *rates,
                Text(show_text(site.title)),
            )

        return table


class LatestWarnings(logging.Handler):
    """Takes what is logged and keeps the latest lines of it.

    Attributes:
        shown: the latest lines, as a terminal may show them.
        more: how many there were before.
    """

    def __init__(self) -> None:
        """Begin with none."""
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
    """Return a span of time as a clock shows it.

    >>> span(75), span(3 * 3600 + 62)
    ('1:15', '3:01:02')
    """
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _busiest_first(site: SiteProgress) -> tuple[bool, int, str]:
    """Return what orders sites: those that are still crawled, those with most to do."""
    return site.waiting <= 0, -site.waiting, site.site


def _line(text: str, style: str) -> Text:
    """Return a line that is cut and not wrapped."""
    return Text(text, style=style, no_wrap=True, overflow="ellipsis")
