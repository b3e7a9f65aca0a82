"""The table of the record's fields: name, type and meaning, and the name in each schema of `export --schema`."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, get_args

from newsspider.outputs.schemas import SCHEMAS, View
from newsspider.record import FIELDS, WEB_ADDRESS, ArticleRecord
from newsspider.record.fields import Field, Shape, shape_of
from newsspider.reference.markdown_tables import render_table

_TYPE_NAMES: dict[Shape, str] = {
    "text": "text",
    "word": "word",
    "texts": "list of texts",
    "entries": "list of objects",
    "object": "object",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "mapping": "object",
}
_SAMPLES: dict[Shape, Any] = {
    "texts": ("one", "two"),
    "integer": 2,
    "number": 0.5,
    "boolean": False,
    "mapping": {"title": "meta"},
}


def render_fields() -> str:
    """Return the table in Markdown."""
    heading = ["field", "type", "meaning", *SCHEMAS]
    full = ArticleRecord(**{each.name: _sample(each) for each in FIELDS})
    rows = [
        [f"`{each.name}`", _TYPE_NAMES[each.shape], each.meaning.removesuffix("."), *_counterparts(each, full)]
        for each in FIELDS
    ]

    return render_table(heading, rows)


def _counterparts(field: Field, full: ArticleRecord) -> Iterator[str]:
    """Yield the field's names in each schema: those whose values change with the field, found by trying."""
    empty = ArticleRecord()
    without = replace(full, **{field.name: getattr(empty, field.name)})
    alone = replace(empty, **{field.name: getattr(full, field.name)})
    for view in SCHEMAS.values():
        names = [*_changed_names(view, full, without), *_changed_names(view, alone, empty)]
        yield ", ".join(f"`{name}`" for name in dict.fromkeys(names))


def _changed_names(view: View, one: ArticleRecord, other: ArticleRecord) -> list[str]:
    """Return the names whose values differ between the views of two records."""
    return list(_iter_changed(view(one), view(other)))


def _iter_changed(one: Mapping[str, Any], other: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    """Yield the names whose values differ, those in objects after a dot."""
    for name, value in one.items():
        if isinstance(value, dict) and isinstance(other.get(name), dict):
            yield from _iter_changed(value, other[name], f"{prefix}{name}.")
        elif value != other.get(name):
            yield f"{prefix}{name}"


def _sample(field: Field) -> Any:
    """Return a value of the field that differs from its default."""
    if field.shape == "word":
        return next(word for word in get_args(field.type) if word != ArticleRecord().to_dict()[field.name])

    if field.entry:
        value = {name: _SAMPLES.get(shape_of(hint), "one") for name, hint in field.entry.items()}
        return (value,) if field.shape == "entries" else value

    if field.moment:
        return "2026-03-24T09:30:00+01:00"
    if field.shape == "text":
        return f"https://herald.example/{field.name}" if field.rules == WEB_ADDRESS else field.name

    return _SAMPLES[field.shape]
