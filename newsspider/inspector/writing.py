"""Write records, their fields and their blocks as one self-contained page for a browser."""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any, NamedTuple

from newsspider.browser_pages import base_style, embed_json, page_policy, write_page
from newsspider.inspector.reason_groups import GROUP_NAMES, group_of
from newsspider.inspector.wording import about, origin_of
from newsspider.pool.inspect_job import Explained

ASSETS = files("newsspider.inspector")
EDITED_FIELDS = ("title", "authors", "published", "modified", "section", "publisher", "description")
LIST_MARK = "; "  # between the values of a list: names have commas
UNKNOWN = 1.0  # confidence of a page without one: the least doubtful


class Inspected(NamedTuple):
    """A page to inspect: its name for people and for gold rows, and the reasons behind its record."""

    name: str
    explained: Explained


def write_inspector(path: Path, pages: Sequence[Inspected]) -> None:
    """Write a page for a browser that shows these pages, the least sure first.

    Raises:
        OutputError: the file can't be written.
    """
    write_page(path, render_inspector(pages))


def render_inspector(pages: Sequence[Inspected], bar: str = "", saving: str = "") -> str:
    """Return a page for a browser that shows these pages, the least sure first.

    Args:
        pages: to show, one at least.
        bar: markup above them.
        saving: a script that sends the corrections to a server; without one the page offers them as a file.
    """
    queue = sorted(pages, key=lambda page: _confidence(page.explained))
    data = {"groups": GROUP_NAMES, "pages": [_page(each) for each in queue]}
    return Template(_read("page.html")).substitute(
        title=_escape(queue[0].name if len(queue) == 1 else f"{len(queue)} pages"),
        style=base_style() + _read("style.css"),
        script=_read("script.js") + saving,
        policy=inspector_policy(saving),
        bar=bar,
        data=embed_json(data),
    )


def inspector_policy(saving: str = "") -> str:
    """Return the content security policy of a page of records."""
    return page_policy(_read("script.js") + saving, connects=bool(saving))


def _confidence(explained: Explained) -> float:
    confidence = explained.record.confidence
    return UNKNOWN if confidence is None else confidence


def _page(page: Inspected) -> dict[str, Any]:
    """Return a page as JSON types."""
    explained = page.explained
    record = explained.record
    return {
        "page": page.name,
        "url": explained.url,
        "html": explained.html,
        "kind": record.kind,
        "about": about(record),
        "warnings": list(record.warnings),
        "language": record.language,
        "fields": [_field(explained, name) for name in EDITED_FIELDS],
        "blocks": [
            block.to_dict() | {"group": group_of(block.reason)} for block in explained.blocks
        ],
    }


def _as_text(value: Any) -> Any:
    if isinstance(value, tuple):
        return LIST_MARK.join(value)
    return value or ""


def _field(explained: Explained, name: str) -> dict[str, Any]:
    """Return a field's value, its place and what the page states for it."""
    record = explained.record
    value = record[name]
    return {
        "name": name,
        "value": _as_text(value),
        "is_list": isinstance(value, tuple),
        "origin": origin_of(record, name, explained.title_element),
        "statements": [statement._asdict() for statement in explained.statements.get(name, ())],
    }


def _read(name: str) -> str:
    return ASSETS.joinpath(name).read_text(encoding="utf-8")


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
