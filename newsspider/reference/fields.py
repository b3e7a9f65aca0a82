"""The table of the record's fields: name, type, meaning, and the name in each schema."""

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
    full = ArticleRecord(**{each.name: _sample(each) for each in FIELDS})
    rows = [_row(each, full) for each in FIELDS]
    return render_table(["field", "type", "meaning", *SCHEMAS], rows)


def _row(field: Field, full: ArticleRecord) -> list[str]:
    """Return a field's row."""
    meaning = field.meaning.removesuffix(".")
    return [f"`{field.name}`", _TYPE_NAMES[field.shape], meaning, *_counterparts(field, full)]


def _counterparts(field: Field, full: ArticleRecord) -> Iterator[str]:
    """Yield the field's names in each schema: names whose values change with the field."""
    empty = ArticleRecord()
    without = replace(full, **{field.name: getattr(empty, field.name)})
    alone = replace(empty, **{field.name: getattr(full, field.name)})
    for view in SCHEMAS.values():
        names = [*_changed_names(view, full, without), *_changed_names(view, alone, empty)]
        yield ", ".join(f"`{name}`" for name in dict.fromkeys(names))


def _changed_names(view: View, one: ArticleRecord, other: ArticleRecord) -> list[str]:
    """Return the names whose values differ between the views of two records."""
    return list(_iter_changed(view(one), view(other)))


def _iter_changed(
    one: Mapping[str, Any], other: Mapping[str, Any], prefix: str = ""
) -> Iterator[str]:
    """Yield the names whose values differ; names in objects after a dot."""
    for name, value in one.items():
        if isinstance(value, dict) and isinstance(other.get(name), dict):
            yield from _iter_changed(value, other[name], f"{prefix}{name}.")
        elif value != other.get(name):
            yield f"{prefix}{name}"


def _sample(field: Field) -> Any:
    """Return a value of the field that differs from its default."""
    if field.shape == "word":
        default = ArticleRecord().to_dict()[field.name]
        return next(word for word in get_args(field.type) if word != default)

    if field.entry:
        return _sample_entry(field)

    if field.moment:
        return "2026-03-24T09:30:00+01:00"

    if field.shape != "text":
        return _SAMPLES[field.shape]

    return f"https://herald.example/{field.name}" if field.rules == WEB_ADDRESS else field.name


def _sample_entry(field: Field) -> Any:
    """Return an object, or a list of one."""
    value = {name: _SAMPLES.get(shape_of(hint), "one") for name, hint in field.entry.items()}
    return (value,) if field.shape == "entries" else value
