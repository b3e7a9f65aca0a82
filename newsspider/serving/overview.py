"""The first page: sites that need a look, articles that came in, records in doubt."""

from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from newsspider.clock import now
from newsspider.serving.context import context_of
from newsspider.serving.responses import page
from newsspider.serving.sites import read_run_costs, read_sites
from newsspider.store.record_lists import Wanted, count_since, list_records
from newsspider.store.schema.tables import articles, quarantine
from newsspider.store.store import Store

NEWEST_SHOWN = 10
RUNS_SHOWN = 3
DOUBTFUL = 0.7  # a confidence below is "in doubt" or worse
WEEK = timedelta(days=7)


def show_overview(request: Request) -> Response:
    """Answer `/`."""
    return page("overview.html", part="/", **_collect(context_of(request).store))


def _collect(store: Store) -> dict[str, Any]:
    """Return the values of the page."""
    today = now().date()
    week = (today - WEEK).isoformat()
    doubtful = Wanted(below=DOUBTFUL, since=week)
    sites = read_sites(store)
    return {
        "store": store.name,
        "today": today.isoformat(),
        "week": week,
        "troubled": [site for site in sites if site.problems],
        "sites": sites,
        "came_in": store.ask(count_since, articles, "site", today.isoformat()),
        "newest": store.ask(list_records, articles, Wanted(), NEWEST_SHOWN),
        "threshold": DOUBTFUL,
        "doubtful": store.ask(list_records, articles, doubtful, NEWEST_SHOWN),
        "quarantined": store.ask(count_since, quarantine, "kind", week),
        "runs": read_run_costs(store, RUNS_SHOWN),
    }
