"""Visits and page states, described from requests and responses."""

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

from scrapy import Request
from scrapy.http import Response

from newsspider.clock import as_text, now
from newsspider.crawl.request_context import purpose_of
from newsspider.record import ArticleRecord
from newsspider.revisiting.page_states import PageState, Visit
from newsspider.urls import normalise_url, site_of

FOR_GOOD = frozenset({301, 308})  # permanent redirects
ASKED_TO_WAIT = frozenset({429, 503})
MOST_SECONDS_TO_WAIT = 30 * 86_400.0  # a century is a mistake, and overflows dates


def visit_of(request: Request, response: Response, reader: str, brought: int = 0) -> Visit:
    """Return the visit that a response answers.

    Args:
        request: the answered request, after redirects; it has a role.
        response: the answer.
        reader: the reader of the page.
        brought: how many unknown articles the page listed.
    """
    context, role = purpose_of(request)
    passed = [*request.meta.get("redirect_urls", ()), response.url]
    reasons = request.meta.get("redirect_reasons", ())
    waits = response.status in ASKED_TO_WAIT

    return Visit(
        address=normalise_url(passed[0]),
        url=response.url,
        site=site_of(response.url) or "",
        role=role,
        source=context.seed,
        depth=request.meta.get("depth", 0),
        at=as_text(now()),
        passed=tuple(dict.fromkeys(map(normalise_url, passed))),
        moved=bool(reasons) and FOR_GOOD.issuperset(reasons),
        modified=response.status != 304,
        status=response.status,
        etag=_header(response, "ETag"),
        last_modified=_header(response, "Last-Modified"),
        reader=reader,
        brought=brought,
        wait_seconds=seconds_to_wait(_header(response, "Retry-After"), now()) if waits else None,
        guessed=context.guessed,
        seconds=request.meta.get("download_latency"),
    )


def asked_for(each: Request | Response) -> str:
    """Return the URL that was requested first, before any redirect."""
    first: str = next(iter(each.meta.get("redirect_urls", ())), each.url)
    return first


def redirected_visit(request: Request) -> Visit:
    """Return the visit whose redirect, this request, leads to a page that was requested before."""
    context, role = purpose_of(request)
    passed = tuple(dict.fromkeys(map(normalise_url, [*request.meta["redirect_urls"], request.url])))
    return Visit(
        address=passed[0],
        url=request.meta["redirect_urls"][0],
        site=site_of(request.url) or "",
        role=role,
        source=context.seed,
        depth=request.meta.get("depth", 0),
        at=as_text(now()),
        passed=passed,
        moved=FOR_GOOD.issuperset(request.meta["redirect_reasons"]),
        led_to=passed[-1],
    )


def failed_visit(record: ArticleRecord) -> Visit:
    """Return the visit of a failed record, which has no response."""
    url = record.url or ""
    return Visit(
        address=normalise_url(url),
        url=url,
        site=record.site or "",
        role="section" if url == record.source else "article",
        source=record.source,
        depth=0,
        at=as_text(now()),
    )


def found_state(request: Request, address: str, moment: str) -> PageState:
    """Return the state of an address that was just found."""
    context, role = purpose_of(request)
    return PageState(
        address=address,
        url=request.url,
        site=site_of(request.url) or "",
        role=role,
        source=context.seed,
        depth=request.meta.get("depth", 0),
        found_at=moment,
        due_at=moment,
    )


def conditional_headers(known: PageState, reader: str) -> Mapping[str, str]:
    """Return the headers that request a page only if it was modified.

    They are empty if another reader read the page, or the last visit failed.
    """
    if known.reader != reader or known.failures:
        return {}
    sent = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in sent.items() if value}


def seconds_to_wait(retry_after: str | None, moment: datetime) -> float | None:
    """Return the seconds in a Retry-After header, a number or a date; 30 days at most.

    >>> seconds_to_wait("120", now()), seconds_to_wait("9" * 400, now()), seconds_to_wait("soon", now())
    (120.0, 2592000.0, None)
    """
    text = (retry_after or "").strip()
    if text.isdecimal():
        return min(float(text), MOST_SECONDS_TO_WAIT)

    try:
        wait = (parsedate_to_datetime(text) - moment).total_seconds()
    except (TypeError, ValueError):
        return None

    return min(max(0.0, wait), MOST_SECONDS_TO_WAIT)


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
