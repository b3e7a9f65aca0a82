"""`/why`: a kept page in the inspector, and the corrections that come back from there."""

from dataclasses import dataclass
from importlib.resources import files

from sqlalchemy import Table
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from newsspider.errors import PageError, UsageError
from newsspider.inspector.writing import Inspected, inspector_policy, render_inspector
from newsspider.pages.raw_page import RawPage
from newsspider.record import ArticleRecord
from newsspider.serving.context import Context, context_of
from newsspider.serving.corrections import read_rows
from newsspider.serving.filters import MAX_NUMBER, read_whole
from newsspider.serving.kept_pages import Copy, find_source
from newsspider.serving.paths import ARTICLES, QUARANTINE, path_of
from newsspider.serving.request_bodies import read_body
from newsspider.serving.responses import html, page
from newsspider.serving.templates import render_bar
from newsspider.store.record_lists import find_address, read_record
from newsspider.store.schema.tables import articles, quarantine
from newsspider.urls import is_web_url

SAVING = files("newsspider.serving").joinpath("saving.js").read_text(encoding="utf-8")
WAIT_SECONDS = 3.0  # for an archive that is still being read
MAX_ROWS_BYTES = 64 << 20  # of corrections that are sent at a time
TABLES = {"article": articles, "quarantined": quarantine}


@dataclass(frozen=True)
class Asked:
    """The page that is asked about.

    Attributes:
        url: its address.
        record: that is stored of it.
        path: of the record's page.
    """

    url: str | None
    record: ArticleRecord | None = None
    path: str | None = None


async def show_why(request: Request) -> Response:
    """Answer `/why?article=ID`, `/why?quarantined=ID` and `/why?url=ADDRESS`."""
    context = context_of(request)
    asked = await run_in_threadpool(_read_asked, context, request)
    part = _part_of(asked)
    raw = await run_in_threadpool(_find_page, context, asked)
    if raw is None or raw.problem:
        return _show_lack(context, asked, part, raw)
    try:
        explained = await context.queue.explain(raw)
    except PageError as error:
        return page(
            "not_kept.html",
            200,
            part=part,
            asked=asked,
            why=str(error),
            reading=False,
            archived=True,
        )
    name = asked.url or raw.source or "page"
    text = render_inspector([Inspected(name, explained)], render_bar(part, asked.path), SAVING)
    return html(text, inspector_policy(SAVING))


async def take_corrections(request: Request) -> Response:
    """Answer `POST /corrections`."""
    corrections = context_of(request).corrections
    text = (await read_body(request, MAX_ROWS_BYTES)).decode("utf-8", "replace")
    rows = read_rows(text)
    await run_in_threadpool(corrections.save, rows)
    return JSONResponse({"saved": len(rows), "file": corrections.path.name})


def show_corrections(request: Request) -> Response:
    """Answer `/corrections` and `/corrections.jsonl`."""
    corrections = context_of(request).corrections
    if request.url.path.endswith(".jsonl"):
        headers = {"Content-Disposition": f'attachment; filename="{corrections.path.name}"'}
        text = corrections.path.read_text(encoding="utf-8") if corrections.path.exists() else ""
        return PlainTextResponse(text, headers=headers, media_type="application/jsonl")
    rows = corrections.read()
    return page(
        "corrections.html", part="/corrections", rows=rows[::-1], file=str(corrections.path)
    )


def _part_of(asked: Asked) -> str:
    """Return the list that a page belongs to."""
    if asked.path and asked.path.startswith(QUARANTINE):
        return QUARANTINE
    return ARTICLES


def _read_asked(context: Context, request: Request) -> Asked:
    """Return the page that an address asks about.

    Raises:
        UsageError: it names none.
        HTTPException: there is no such record.
    """
    given = request.query_params
    for name, table in TABLES.items():
        number = read_whole(given, name, MAX_NUMBER)
        if number is not None:
            return _stored(context, table, number)
    url = given.get("url", "").strip()
    if not is_web_url(url):
        raise UsageError("name a page: /why?article=ID, /why?quarantined=ID or /why?url=https://…")
    found = context.store.ask(find_address, url)
    return _stored(context, *found) if found else Asked(url)


def _stored(context: Context, table: Table, number: int) -> Asked:
    row = context.store.ask(read_record, table, number)
    if row is None:
        raise HTTPException(
            404, f"there is no record {number}: it was removed, or the number is wrong"
        )
    return Asked(row.record.url, row.record, path_of(table, number))


def _find_page(context: Context, asked: Asked) -> RawPage | None:
    """Return the kept page: of the archive, else of the file that the record was made of."""
    context.archive.refresh()
    record = asked.record
    copy = _find_copy(context, asked)
    if copy is None and context.archive.is_reading:
        context.archive.wait(WAIT_SECONDS)
        copy = _find_copy(context, asked)
    if copy and asked.url and (raw := context.archive.read(copy, asked.url)):
        return raw
    return find_source(record) if record else None


def _find_copy(context: Context, asked: Asked) -> Copy | None:
    moment = asked.record.fetched_at if asked.record else None
    return context.archive.find(asked.url, moment) if asked.url else None


def _show_lack(context: Context, asked: Asked, part: str, raw: RawPage | None) -> Response:
    """Return a page that says why there is no page to explain."""
    archive = context.archive
    why = raw.problem if raw else None
    return page(
        "not_kept.html",
        404,
        part=part,
        asked=asked,
        why=why,
        reading=archive.is_reading,
        archived=bool(archive.paths),
    )
