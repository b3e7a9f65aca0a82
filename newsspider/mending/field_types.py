"""The check that a record's values have the types of its fields, for records by users' code."""

from collections.abc import Iterable
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from newsspider.record import FIELD_NAMES, ArticleRecord


def check_types(record: ArticleRecord) -> None:
    """Refuse a record that has a value of the wrong type.

    Raises:
        TypeError: the message names the field.

    >>> check_types(ArticleRecord(authors="Ada Penhallow"))
    Traceback (most recent call last):
    TypeError: authors is 'Ada Penhallow', expected tuple[str, ...]
    """
    for name, hint in _hints().items():
        value = getattr(record, name)
        if not _fits(value, hint):
            raise TypeError(f"{name} is {value!r}, expected {_show(hint)}")


@cache
def _hints() -> dict[str, Any]:
    hints = get_type_hints(ArticleRecord)
    return {name: hints[name] for name in FIELD_NAMES}


def _fits(value: object, hint: Any) -> bool:
    """Whether a value has a type; the contents of tuples and objects are checked too."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return any(_fits(value, each) for each in inner)

    if origin is Literal:
        return value in inner

    if origin is tuple:
        return isinstance(value, tuple) and _all_fit(value, inner[0])

    if origin is dict:
        return isinstance(value, dict) and _all_fit(value.values(), inner[1])

    if is_typeddict(hint):
        return isinstance(value, dict) and _fits_object(value, hint)

    if hint is float:
        return isinstance(value, int | float)

    return isinstance(value, hint)


def _all_fit(values: Iterable[object], hint: Any) -> bool:
    return all(_fits(each, hint) for each in values)


def _fits_object(value: dict[Any, object], hint: Any) -> bool:
    """Whether a dictionary has exactly the names of a typed one, with values of their types."""
    expected = get_type_hints(hint)
    if value.keys() != expected.keys():
        return False
    return all(_fits(value[name], kind) for name, kind in expected.items())


def _show(hint: Any) -> str:
    """Return a type as it is written in code."""
    return (
        hint.__name__
        if isinstance(hint, type) and not get_args(hint)
        else str(hint).replace("typing.", "")
    )
