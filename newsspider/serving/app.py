"""The application: its addresses, and the answers to errors."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from newsspider.clock import now
from newsspider.errors import StoreError, UsageError
from newsspider.report.collecting import collect_report
from newsspider.report.writing import MISSING, render_report, report_policy
from newsspider.serving.api import extract_page, show_health, show_openapi
from newsspider.serving.context import Context, context_of
from newsspider.serving.extraction_queue import RETRY_SECONDS, BusyError
from newsspider.serving.lists import list_articles, list_quarantine
from newsspider.serving.login import log_in, log_out
from newsspider.serving.overview import WEEK, show_overview
from newsspider.serving.records import show_article, show_quarantined
from newsspider.serving.responses import html, page, refuse
from newsspider.serving.security import Guard
from newsspider.serving.sites import read_run_costs, read_site, read_sites
from newsspider.serving.templates import render_bar
from newsspider.serving.why_page import show_corrections, show_why, take_corrections
from newsspider.text import show_text

PLOTS = "vl_convert"


def build_app(context: Context) -> ASGIApp:
    """Return the application over the parts of a server, which it closes at its end."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        context.queue.close()
        context.archive.close()
        context.store.close()

    app = Starlette(
        routes=_routes(),
        exception_handlers=HANDLERS,
        lifespan=lifespan,
    )
    app.state.context = context
    return Guard(app, context.access)


def _routes() -> list[Route]:
    return [
        Route("/", show_overview),
        Route("/articles", list_articles),
        Route("/articles/{number:int}", show_article),
        Route("/articles/{number:int}.{form}", show_article),
        Route("/quarantine", list_quarantine),
        Route("/quarantine/{number:int}", show_quarantined),
        Route("/quarantine/{number:int}.{form}", show_quarantined),
        Route("/sites", show_sites),
        Route("/sites/{site}", show_site),
        Route("/runs", show_runs),
        Route("/report", show_report),
        Route("/why", show_why),
        Route("/corrections", show_corrections, methods=["GET"]),
        Route("/corrections", take_corrections, methods=["POST"]),
        Route("/corrections.jsonl", show_corrections),
        Route("/login", log_in, methods=["GET", "POST"]),
        Route("/logout", log_out, methods=["POST"]),
        Route("/extract", extract_page, methods=["POST"]),
        Route("/health", show_health),
        Route("/openapi.json", show_openapi),
    ]


def show_sites(request: Request) -> Response:
    """Answer `/sites`."""
    return page("sites.html", part="/sites", sites=read_sites(context_of(request).store))


def show_site(request: Request) -> Response:
    """Answer `/sites/SITE`."""
    site = request.path_params["site"]
    state = read_site(context_of(request).store, site)
    if not state.runs:
        raise HTTPException(404, f"no crawl of {show_text(site)} is noted here")
    return page("site.html", part="/sites", state=state, week=(now().date() - WEEK).isoformat())


def show_runs(request: Request) -> Response:
    """Answer `/runs`."""
    return page("runs.html", part="/runs", runs=read_run_costs(context_of(request).store))


def show_report(request: Request) -> Response:
    """Answer `/report`: the report as it is now."""
    if find_spec(PLOTS) is None:
        return refuse(request.headers, 501, MISSING)
    text = render_report(collect_report(context_of(request).store), render_bar("/report"))
    return html(text, report_policy())


def _answer_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return refuse(request.headers, error.status_code, error.detail, error.headers)


def _answer_usage(request: Request, error: Exception) -> Response:
    return refuse(request.headers, 400, str(error))


def _answer_busy(request: Request, error: Exception) -> Response:
    return refuse(request.headers, 503, str(error), {"Retry-After": str(RETRY_SECONDS)})


def _answer_crash(request: Request, error: Exception) -> Response:
    """Answer with no more than that; the traceback is on standard error."""
    return refuse(
        request.headers, 500, "an error in newsspider: the server's output has its traceback"
    )


HANDLERS = {
    HTTPException: _answer_http,
    UsageError: _answer_usage,
    BusyError: _answer_busy,
    StoreError: _answer_busy,
    Exception: _answer_crash,
}
