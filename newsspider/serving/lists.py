"""The lists of articles and of quarantined pages, for people and, of articles, for programs."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Table
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from newsspider.kinds import ARTICLE_KINDS, KINDS
from newsspider.serving.context import Context, context_of
from newsspider.serving.excerpts import cut_excerpt
from newsspider.serving.filters import older_address, read_limit, read_wanted
from newsspider.serving.paths import ARTICLES, QUARANTINE, path_of
from newsspider.serving.responses import BY_ACCEPT, page, wants_page
from newsspider.store.record_lists import Listed, Wanted, find_address, list_records, list_sites
from newsspider.store.schema.tables import articles, quarantine
from newsspider.urls import is_web_url

OTHER_KINDS = [kind for kind in KINDS if kind not in ARTICLE_KINDS]


def list_articles(request: Request) -> Response:
    """Answer `/articles`."""
    context, given = context_of(request), request.query_params
    wanted = read_wanted(given)
    if not wants_page(request.headers):
        rows, older = _read_page(context, articles, request, wanted)
        return JSONResponse(
            {"articles": [_as_json(row) for row in rows], "older": older}, headers=BY_ACCEPT
        )
    if wanted.words and is_web_url(wanted.words):
        return _find_page(context, wanted.words)
    rows, older = _read_page(context, articles, request, wanted)
    shown = [(row, cut_excerpt(row.record, wanted.words)) for row in rows]
    return _show(
        context,
        articles,
        "articles.html",
        wanted,
        rows=shown,
        older=older,
        kinds=sorted(ARTICLE_KINDS),
    )


def list_quarantine(request: Request) -> Response:
    """Answer `/quarantine`."""
    context, wanted = context_of(request), read_wanted(request.query_params)
    rows, older = _read_page(context, quarantine, request, wanted)
    return _show(
        context, quarantine, "quarantine.html", wanted, rows=rows, older=older, kinds=OTHER_KINDS
    )


def _read_page(
    context: Context, table: Table, request: Request, wanted: Wanted
) -> tuple[list[Listed], str | None]:
    """Return the rows of a page, and the address of those after them."""
    limit = read_limit(request.query_params)
    rows = context.store.ask(list_records, table, wanted, limit + 1)
    shown = rows[:limit]
    has_more = len(rows) > limit
    return shown, older_address(
        request.url.path, request.query_params, shown[-1].number
    ) if has_more else None


def _show(context: Context, table: Table, template: str, wanted: Wanted, **values: Any) -> Response:
    part = ARTICLES if table is articles else QUARANTINE
    is_filtered = replace(wanted, words=None, reason=None, before=None) != Wanted()
    sites = context.store.ask(list_sites, table)
    return page(template, part=part, wanted=wanted, filtered=is_filtered, sites=sites, **values)


def _find_page(context: Context, url: str) -> Response:
    """Lead to the record of an address that was typed into the search, else to its kept page."""
    found = context.store.ask(find_address, url)
    return RedirectResponse(path_of(*found) if found else f"/why?{urlencode({'url': url})}", 303)


def _as_json(row: Listed) -> dict[str, Any]:
    return {"id": row.number, "record": row.record.to_dict()}
