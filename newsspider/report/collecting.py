"""What a report shows, collected from a store."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from newsspider.clock import DAY_CHARS, now, utc_now
from newsspider.revisiting.accounts import COVERED_FIELDS, SiteAccount, describe_age
from newsspider.revisiting.health import is_overdue
from newsspider.store.figures import Figures, SiteFigures
from newsspider.store.store import Store

RUN_SERIES = ("new", "changed", "failed")
PERIOD = timedelta(days=30)
OVERDUE = "no run has come since"


@dataclass
class SiteReport:
    """A site in the period.

    Attributes:
        site: the registered domain.
        days: the days of the period, oldest first, as YYYY-MM-DD.
        articles: articles that arrived on each day.
        runs: numbers of each of RUN_SERIES on each day.
        ended: when the runs ended, oldest first.
        latest: the account of the last run; None without one in the period.
        lists, lists_unchanged: looked at in all runs, and of these not modified (304).
        fields: new articles with each of COVERED_FIELDS.
        covered: new articles that these fields were counted of.
        figures: of the site's articles; None without one in the period.
    """

    site: str
    days: list[str]
    articles: list[int] = field(default_factory=list)
    runs: dict[str, list[int]] = field(default_factory=dict)
    ended: list[str] = field(default_factory=list)
    latest: SiteAccount | None = None
    lists: int = 0
    lists_unchanged: int = 0
    fields: dict[str, int] = field(default_factory=dict)
    covered: int = 0
    figures: SiteFigures | None = None

    def __post_init__(self) -> None:
        """Begin each series with zeros."""
        self.articles = [0] * len(self.days)
        self.runs = {name: [0] * len(self.days) for name in RUN_SERIES}
        self.fields = dict.fromkeys(COVERED_FIELDS, 0)

    def count_run(self, ended: str, account: SiteAccount) -> None:
        """Count a run."""
        self.ended.append(ended)
        self.latest = account
        self.lists += account.lists
        self.lists_unchanged += account.lists_unchanged
        self.covered += account.new
        for name in COVERED_FIELDS:
            self.fields[name] += account.fields[name]
        place = self._place_of(ended)
        for name, number in zip(RUN_SERIES, (account.new, account.changed, account.unread.total()), strict=True):
            self.runs[name][place] += number

    def count_articles(self, day: str, number: int) -> None:
        """Count articles that arrived on a day."""
        self.articles[self._place_of(day)] += number

    def problems(self) -> list[str]:
        """Return what needs a look, in words, worst first."""
        late = is_overdue(self.ended[::-1], now())
        return [*(self.latest.alarms if self.latest else []), *([OVERDUE] if late else [])]

    def _place_of(self, moment: str) -> int:
        """Return the place of a moment's day; a moment after the period's last day belongs to that."""
        days = (date.fromisoformat(moment[:DAY_CHARS]) - date.fromisoformat(self.days[0])).days
        return min(max(days, 0), len(self.days) - 1)


@dataclass(frozen=True)
class Report:
    """What a report shows.

    Attributes:
        name: of the store.
        made_at: ISO 8601 in UTC.
        days: of the period, oldest first.
        sites: by name.
        figures: of the articles and quarantined pages.
    """

    name: str
    made_at: str
    days: list[str]
    sites: list[SiteReport]
    figures: Figures

    def to_dict(self) -> dict[str, Any]:
        """Return the report as JSON types, for its page."""
        figures = self.figures
        return {
            "name": self.name,
            "made_at": self.made_at,
            "days": self.days,
            "problems": [{"site": each.site, "words": words} for each in self.sites if (words := each.problems())],
            "sites": [_site_as_dict(each) for each in self.sites],
            "quarantined": figures.quarantined,
            "languages": figures.languages,
            "confidence": figures.confidence,
            "copies": figures.copies,
            "newest": figures.newest,
            "left_out": figures.left_out,
        }


def collect_report(store: Store, since: date | None = None, site: str | None = None) -> Report:
    """Collect what a report shows.

    Args:
        store: to read.
        since: the first day of the period, which ends today; None for 30 days ago.
        site: only this registered domain.
    """
    today = now().date()
    days = list(_iter_days(since or today - PERIOD, today))
    figures = store.figures(days[0], site)
    sites: dict[str, SiteReport] = {}
    for name, runs in groupby(store.iter_accounts(days[0], site), key=itemgetter(0)):
        told = sites.setdefault(name, SiteReport(name, days))
        for _, ended, account in runs:
            told.count_run(ended, account)
    _add_articles(sites, figures, days)
    name = Path(store.file).name if store.file else store.name  # no folders of ours in a page that is passed on
    return Report(name, utc_now(), days, [sites[name] for name in sorted(sites)], figures)


def _add_articles(sites: dict[str, SiteReport], figures: Figures, days: list[str]) -> None:
    """Add the articles to their sites; extracted ones belong to sites without a run."""
    for each in figures.sites:
        sites.setdefault(each.site, SiteReport(each.site, days)).figures = each
    for name, day, number in figures.by_day:
        sites[name].count_articles(day, number)


def _iter_days(first: date, last: date) -> Iterator[str]:
    """Yield the days from the first to the last one; the last one at least."""
    for number in range(max((last - first).days, 0) + 1):
        yield (min(first, last) + timedelta(days=number)).isoformat()


def _site_as_dict(site: SiteReport) -> dict[str, Any]:
    """Return a site as JSON types."""
    latest, figures = site.latest, site.figures
    return {
        "site": site.site,
        "problems": site.problems(),
        "articles": site.articles,
        "runs": site.runs,
        "run_count": len(site.ended),
        "last_run": site.ended[-1] if site.ended else None,
        "newest": latest.newest if latest else None,
        "newest_age": _age_of(latest.newest) if latest and latest.newest else None,
        "unchanged_share": _share(site.lists_unchanged, site.lists),
        "failures": latest.failed.most_common() if latest else [],
        "fields": {name: _share(number, site.covered) for name, number in site.fields.items()},
        "mean_words": figures.mean_words if figures else None,
        "mean_confidence": figures.mean_confidence if figures else None,
    }


def _age_of(moment: str) -> str:
    return describe_age(now() - datetime.fromisoformat(moment))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
