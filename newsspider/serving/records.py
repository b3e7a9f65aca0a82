"""The page of one record: its fields with their places, its text, its versions, its copies."""

import json
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from sqlalchemy import Table
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from newsspider.inspector.wording import about, origin_of
from newsspider.outputs.markdown_notes import render_markdown
from newsspider.record import FIELDS, ArticleRecord
from newsspider.record.values import NOTHING
from newsspider.revisiting.changes import changed_fields
from newsspider.serving.context import Context, context_of
from newsspider.serving.filters import MAX_NUMBER
from newsspider.serving.paths import ARTICLES, QUARANTINE
from newsspider.serving.responses import BY_ACCEPT, page, wants_page
from newsspider.serving.text_diff import Change, iter_changes
from newsspider.store.record_lists import Listed, list_copies, read_record
from newsspider.store.schema.tables import articles, quarantine

# Shown elsewhere on the page.
APART = frozenset(
    {"body", "body_markdown", "provenance", "warnings", "kind", "reason", "live_updates"}
)
DOWNLOADS = frozenset({"md", "json"})


class FieldRow(NamedTuple):
    """A field's name, its value as text, and the place that gave it."""

    name: str
    value: str
    origin: str


@dataclass(frozen=True)
class Step:
    """A version of an article: the fields that it changed, and how."""

    record: ArticleRecord
    fields: tuple[str, ...]
    changes: dict[str, list[Change]]


def show_article(request: Request) -> Response:
    """Answer `/articles/ID`, `/articles/ID.md` and `/articles/ID.json`."""
    context, row = context_of(request), _read(request, articles)
    form = request.path_params.get("form")
    if form:
        return _download(row, form)
    if not wants_page(request.headers):
        return JSONResponse(row.record.to_dict(), headers=BY_ACCEPT)
    copies = _copies_of(context, row)
    return _show(row, "article.html", ARTICLES, steps=_steps_of(context, row.record), copies=copies)


def show_quarantined(request: Request) -> Response:
    """Answer `/quarantine/ID`."""
    row = _read(request, quarantine)
    if request.path_params.get("form"):
        return _download(row, "json")
    return _show(row, "quarantined.html", QUARANTINE)


def _read(request: Request, table: Table) -> Listed:
    number = request.path_params["number"]
    is_known = number <= MAX_NUMBER and request.path_params.get("form", "json") in DOWNLOADS
    row = context_of(request).store.ask(read_record, table, number) if is_known else None
    if row is None:
        raise HTTPException(
            404, f"there is no record {number} here: it was removed, or the number is wrong"
        )
    return row


def _show(row: Listed, template: str, part: str, **values: Any) -> Response:
    record = row.record
    return page(
        template,
        part=part,
        row=row,
        record=record,
        about=about(record),
        fields=rows_of(record),
        paragraphs=(record.body or "").split("\n\n"),
        **values,
    )


def rows_of(record: ArticleRecord) -> list[FieldRow]:
    """Return the fields that the record has, in the documented order."""
    names = [field.name for field in FIELDS if field.name not in APART]
    rows = (FieldRow(name, _as_text(record[name]), origin_of(record, name)) for name in names)

    return [row for row in rows if row.value]


def _as_text(value: Any) -> str:
    if value is None or value in NOTHING:
        return ""

    if isinstance(value, tuple) and not any(isinstance(each, dict) for each in value):
        return "; ".join(str(each) for each in value if each is not None)

    if isinstance(value, tuple | dict):
        return json.dumps(value, ensure_ascii=False, indent=1)

    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _steps_of(context: Context, record: ArticleRecord) -> list[Step]:
    """Return the versions of an article after the first one, the latest first."""
    if record.version < 2 or not record.url:
        return []
    versions = context.store.versions(record.key)
    return [_step(earlier, later) for earlier, later in pairwise(versions)][::-1]


def _step(earlier: ArticleRecord, later: ArticleRecord) -> Step:
    names = changed_fields(earlier, later)
    return Step(
        later, names, {name: list(iter_changes(earlier[name], later[name])) for name in names}
    )


def _copies_of(context: Context, row: Listed) -> list[Listed]:
    """Return the near-duplicates of an article, without itself."""
    copies = context.store.ask(list_copies, row.record.key, row.record.duplicate_of)
    return [each for each in copies if each.number != row.number]


def _download(row: Listed, form: str) -> Response:
    """Return a record as a file."""
    headers = {
        "Content-Disposition": f'attachment; filename="{row.record.kind}-{row.number}.{form}"'
    }
    if form == "md":
        return Response(render_markdown(row.record), media_type="text/markdown", headers=headers)
    text = json.dumps(row.record.to_dict(), ensure_ascii=False, indent=2)
    return Response(text, media_type="application/json", headers=headers)
