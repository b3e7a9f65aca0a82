"""A site in a report."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newsspider.clock import now
from newsspider.report.time_spans import Spans
from newsspider.revisiting.accounts import COVERED_FIELDS, SiteAccount, describe_age
from newsspider.revisiting.health import is_overdue
from newsspider.revisiting.response_times import MEDIAN, SLOW, add_up, quantile
from newsspider.revisiting.site_days import SiteDay
from newsspider.store.period_counts import SiteFigures

RUN_SERIES = ("new", "changed", "failed")
OVERDUE = "no run has come since"


@dataclass
class SiteReport:
    """A site in the period.

    Attributes:
        site: the registered domain.
        articles: articles that arrived, by span.
        runs: sums of the runs, by span.
        kinds: pages by kind, articles included.
        ended: when the last runs ended, newest first.
        latest: the account of the last run; None without one in the period.
        figures: of the site's articles; None without one in the period.
    """

    site: str
    articles: list[int]
    runs: list[SiteDay]
    kinds: dict[str, int]
    ended: tuple[str, ...] = ()
    latest: SiteAccount | None = None
    figures: SiteFigures | None = None

    @classmethod
    def begin(cls, site: str, spans: Spans) -> "SiteReport":
        """Return a site without anything."""
        return cls(site, [0] * len(spans), [SiteDay() for _ in range(len(spans))], {})

    def problems(self) -> list[str]:
        """Return what needs a look, in words, worst first."""
        late = is_overdue(self.ended, now())
        return [*(self.latest.alarms if self.latest else []), *([OVERDUE] if late else [])]

    def to_dict(self) -> dict[str, Any]:
        """Return the site as JSON types: shares in percent, times in milliseconds."""
        return self._state() | self._series() | self._sums()

    def _state(self) -> dict[str, Any]:
        """Return how the site is now."""
        newest = self.latest.newest if self.latest else None
        return {
            "site": self.site,
            "problems": self.problems(),
            "last_run": self.ended[0] if self.latest else None,
            "newest": newest,
            "newest_age": describe_age(now() - datetime.fromisoformat(newest)) if newest else None,
            "failures": self.latest.failed.most_common() if self.latest else [],
        }

    def _series(self) -> dict[str, Any]:
        """Return the numbers of each span."""
        return {
            "articles": self.articles,
            "runs": {name: [getattr(span, name) for span in self.runs] for name in RUN_SERIES},
            "median_ms": [_milliseconds(span, MEDIAN) for span in self.runs],
            "slow_ms": [_milliseconds(span, SLOW) for span in self.runs],
            "not_modified": [_percent(span.lists_unchanged, span.lists) for span in self.runs],
            "coverage": {name: self._coverage_of(name) for name in COVERED_FIELDS},
        }

    def _coverage_of(self, name: str) -> list[int | None]:
        """Return the share of new articles that have a field, by span."""
        return [_percent(span.fields[name], span.new) for span in self.runs]

    def _sums(self) -> dict[str, Any]:
        """Return the numbers of the whole period."""
        total = SiteDay()
        for span in self.runs:
            total.add_day(span)
        return {
            "run_count": total.runs,
            "median_ms_overall": _milliseconds(total, MEDIAN),
            "slow_ms_overall": _milliseconds(total, SLOW),
            "not_modified_overall": _percent(total.lists_unchanged, total.lists),
            "coverage_overall": {
                name: _percent(total.fields[name], total.new) for name in COVERED_FIELDS
            },
            "kinds": sorted(self.kinds.items(), key=lambda item: (-item[1], item[0])),
            "median_words": self.figures.median_words if self.figures else None,
            "median_confidence": self.figures.median_confidence if self.figures else None,
        }


def overall_response_times(sites: list[SiteReport]) -> dict[str, list[int | None]]:
    """Return the median and the 95th percentile of all sites' response times by span, in milliseconds."""
    spans = [
        add_up(run.response_times for run in runs)
        for runs in zip(*(site.runs for site in sites), strict=True)
    ]
    days = [SiteDay(response_times=times) for times in spans]
    return {
        "median_ms": [_milliseconds(day, MEDIAN) for day in days],
        "slow_ms": [_milliseconds(day, SLOW) for day in days],
    }


def _milliseconds(day: SiteDay, share: float) -> int | None:
    seconds = quantile(day.response_times, share)
    return None if seconds is None else round(seconds * 1000)


def _percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None
