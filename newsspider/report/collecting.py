"""What a report shows, collected from a store."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from newsspider.clock import now, utc_now
from newsspider.report.site_report import SiteReport, overall_response_times
from newsspider.report.time_spans import Spans, cut_period
from newsspider.store.period_counts import REASONS_SHOWN, Figures
from newsspider.store.store import Store

PERIOD = timedelta(days=30)
RUNS_REMEMBERED = 30  # whose usual gap tells that the next one is late
ARTICLE = "article"
SHOWN_CHARS = 300  # of a title, a reason or an address


@dataclass(frozen=True)
class Report:
    """What a report shows.

    Attributes:
        name: of the store.
        made_at: ISO 8601 in UTC.
        spans: the days or weeks that are drawn.
        sites: by name.
        figures: of the articles and quarantined pages.
    """

    name: str
    made_at: str
    spans: Spans
    sites: list[SiteReport]
    figures: Figures

    def to_dict(self) -> dict[str, Any]:
        """Return the report as JSON types, for its page."""
        figures, spans = self.figures, self.spans
        return {
            "name": self.name,
            "made_at": self.made_at,
            "first_day": spans.first.isoformat(),
            "last_day": spans.last.isoformat(),
            "span_days": spans.days,
            "starts": spans.starts,
            "problems": [
                {"site": each.site, "words": words}
                for each in self.sites
                if (words := each.problems())
            ],
            "sites": [each.to_dict() for each in self.sites],
            "response_times": overall_response_times(self.sites),
            "kinds": figures.kinds,
            "quarantined": [
                (*rest, _shorten(reason), number) for *rest, reason, number in figures.quarantined
            ],
            "most_reasons": REASONS_SHOWN,
            "languages": figures.languages,
            "confidence": figures.confidence,
            "copies": figures.copies,
            "newest": _shorten_all(figures.newest),
            "left_out": _shorten_all(figures.left_out),
        }


def collect_report(store: Store, since: date | None = None, site: str | None = None) -> Report:
    """Collect what a report shows.

    Args:
        store: to read.
        since: the first day of the period, which ends today; None for 30 days ago.
        site: only this registered domain.
    """
    today = now().date()
    spans = cut_period(since or today - PERIOD, today)
    first = spans.first.isoformat()
    figures = store.figures(first, site)
    sites = _Sites(spans)
    for name, day, sums in store.iter_site_days(first, site):
        sites[name].runs[spans.place_of(day)].add_day(sums)
    _add_last_runs(sites.values(), store, first)
    _add_articles(sites, figures, spans)
    return Report(
        _name_of(store), utc_now(), spans, [sites[name] for name in sorted(sites)], figures
    )


def _name_of(store: Store) -> str:
    """Return the database's name, without our folders: reports are passed on."""
    if store.file:
        return Path(store.file).name
    return store.name


class _Sites(dict[str, SiteReport]):
    """The sites of a report, each made when it is first asked for."""

    def __init__(self, spans: Spans) -> None:
        """Make sites with these spans."""
        super().__init__()
        self._spans = spans

    def __missing__(self, name: str) -> SiteReport:
        """Make a site without anything."""
        self[name] = SiteReport.begin(name, self._spans)
        return self[name]


def _add_last_runs(sites: Iterable[SiteReport], store: Store, first: str) -> None:
    """Add to sites with runs their last account and when their last runs ended."""
    for each in sites:
        told = [
            (ended, account)
            for ended, account in store.accounts(each.site, RUNS_REMEMBERED)
            if ended >= first
        ]
        if told:
            each.ended = tuple(ended for ended, _ in told)
            each.latest = told[0][1]


def _add_articles(sites: dict[str, SiteReport], figures: Figures, spans: Spans) -> None:
    """Add articles and quarantined pages to their sites; those of `extract` belong to sites without a run."""
    for name, each in figures.sites.items():
        told = sites[name]
        told.figures = each
        told.kinds[ARTICLE] = each.articles
    for name, day, number in figures.by_day:
        sites[name].articles[spans.place_of(day)] += number
    for name, kind, number in figures.kinds:
        if name in sites:
            sites[name].kinds[kind] = number


def _shorten_all(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows with no text longer than a report shows; an address that is cut would be another one."""
    return [
        {name: value if name == "url" else _shorten(value) for name, value in row.items()}
        for row in rows
    ]


def _shorten(value: Any) -> Any:
    """Return a text that isn't longer than a report shows; another value as it is."""
    if isinstance(value, str) and len(value) > SHOWN_CHARS:
        return f"{value[: SHOWN_CHARS - 1]}…"
    return value
