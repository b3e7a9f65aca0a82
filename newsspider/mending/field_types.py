"""Whether a record's values have the types that its fields declare; for records that others' code made."""

from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from newsspider.record import ArticleRecord


def check_types(record: ArticleRecord) -> None:
    """Refuse a record with a value of another type than its field's.

    Raises:
        TypeError: the text names the field.

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
    return get_type_hints(ArticleRecord)


def _fits(value: object, hint: Any) -> bool:
    """Whether a value has a type, looking inside tuples and objects."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return any(_fits(value, each) for each in inner)
    if origin is Literal:
        return value in inner
    if origin is tuple:
        return isinstance(value, tuple) and all(_fits(each, inner[0]) for each in value)
    if origin is dict:
        return isinstance(value, dict) and all(_fits(each, inner[1]) for each in value.values())

    if is_typeddict(hint):
        expected = get_type_hints(hint)
        return (
            isinstance(value, dict)
            and value.keys() == expected.keys()
            and all(_fits(value[name], kind) for name, kind in expected.items())
        )

    return isinstance(value, (int, float) if hint is float else hint)


def _show(hint: Any) -> str:
    """Return a type as it is written in code."""
    return hint.__name__ if isinstance(hint, type) and not get_args(hint) else str(hint).replace("typing.", "")
