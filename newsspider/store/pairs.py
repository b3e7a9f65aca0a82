"""The condition that two columns have one of some pairs of texts."""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Boolean, Column, ColumnElement, Dialect, Text, TypeDecorator, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import FunctionElement

from newsspider.store.dialects import dump_json


class _Pairs(TypeDecorator[Any]):
    """A list of pairs of texts as one parameter: JSON."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Return the parameter."""
        return json.dumps(value) if dialect.name == "sqlite" else dump_json(value)


class _PairAmong(FunctionElement[bool]):
    """Two columns and the list of pairs that they may have."""

    name = "pair_among"
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> Any:
        """Return it unchanged: SQLAlchemy would compare it with 1 for SQLite, which then doesn't use an index."""
        return self


@compiles(_PairAmong, "sqlite")
def _pair_among_in_sqlite(element: _PairAmong, compiler: Any, **options: Any) -> str:
    one, other, listed = (compiler.process(each, **options) for each in element.clauses)
    pair = "json_extract(value, '$[0]'), json_extract(value, '$[1]')"
    return f"({one}, {other}) IN (SELECT {pair} FROM json_each({listed}))"


@compiles(_PairAmong, "postgresql")
def _pair_among_in_postgresql(element: _PairAmong, compiler: Any, **options: Any) -> str:
    one, other, listed = (compiler.process(each, **options) for each in element.clauses)
    rows = f"jsonb_array_elements(CAST({listed} AS jsonb))"
    return f"({one}, {other}) IN (SELECT value ->> 0, value ->> 1 FROM {rows})"


def pair_among(
    one: Column[Any], other: Column[Any], pairs: Iterable[tuple[str, ...]]
) -> ColumnElement[bool]:
    """Return the condition that two columns have one of some pairs of texts, however many.

    They are a single parameter: the statement stays the same, and SQLAlchemy compiles it once. They
    are a table of their own there: given a plain list of two or more, SQLite reads every row.
    """
    listed = bindparam(None, sorted({*pairs}), type_=_Pairs(), unique=True)
    return _PairAmong(one, other, listed)
