"""Unpack application state: flat arrays whose values are places in the array, and typed pairs."""

import re
from collections.abc import Callable, Collection
from typing import Any

WRAPPERS = 8  # around one value
_PLACE = re.compile(r"_\d{1,7}")


def unpack_state(value: Any) -> Any:
    """Return a decoded value's state, unpacked if it is an array of Nuxt or React Router."""
    if not isinstance(value, list) or len(value) < 2:
        return value

    first = value[0]
    has_places = isinstance(first, dict) and first and all(map(_PLACE.fullmatch, first))
    if has_places or _is_flat(value):
        return _unpack_array(value)

    return value


def unpack_island(value: Any) -> Any:
    """Return an Astro island's properties: pairs of a type (0 value, 1 list) and a value."""
    if isinstance(value, dict):
        return {key: unpack_island(inner) for key, inner in value.items()}

    if not isinstance(value, list) or len(value) != 2:
        return value

    kind, inner = value
    if kind == 1 and isinstance(inner, list):
        return [unpack_island(each) for each in inner]

    if isinstance(inner, dict):
        return unpack_island(inner)

    return inner


def _is_flat(values: list[Any]) -> bool:
    """Whether an array's inner values are all numbers of places in it."""
    first = values[0]
    inner: Collection[Any] = ()

    if isinstance(first, dict):
        inner = first.values()
    elif isinstance(first, list):
        inner = first[1:]

    return bool(inner) and all(type(each) is int and -8 < each < len(values) for each in inner)


def _unpack_array(values: list[Any]) -> Any:
    """Return the first value of a flat array with all that it refers to.

    Source:
        The formats of devalue (Nuxt 3, SvelteKit) and turbo-stream (React Router).
    """
    found = [_empty(value) for value in values]

    def at(place: Any) -> Any:
        for _ in range(WRAPPERS):
            if type(place) is not int or not 0 <= place < len(values):
                return None

            if not _is_wrapper(values[place]):
                return found[place]

            place = values[place][1]

        return None

    for value, holder in zip(values, found, strict=True):
        _fill(holder, value, at)

    return at(0)


def _fill(holder: Any, value: Any, at: Callable[[Any], Any]) -> None:
    """Put the values that a packed value refers to into its unpacked form, by `at` their places."""
    if isinstance(value, dict):
        for key, place in value.items():
            name = at(int(key[1:])) if _PLACE.fullmatch(key) else key
            holder[name if isinstance(name, str) else key] = at(place)
    elif isinstance(holder, list):
        items = value[isinstance(value[0], str) :] if value else []
        holder += map(at, items)
    elif isinstance(holder, dict):  # a map or an object without a class: keys and values in turn
        keys = value[1::2]
        if value[0] == "Map":
            keys = map(at, keys)

        for key, place in zip(keys, value[2::2], strict=False):
            holder[str(key)] = at(place)


def _empty(value: Any) -> Any:
    """Return the unpacked form of a value, without its content."""
    if isinstance(value, dict):
        return {}

    if not isinstance(value, list) or not value:
        if isinstance(value, list):
            return []

        return value

    if value[0] in ("Map", "null"):
        return {}

    if isinstance(value[0], str) and value[0] != "Set":
        if len(value) > 1:
            return value[1]

        return None

    return []


def _is_wrapper(value: Any) -> bool:
    """Whether a value wraps the one at another place: `["Reactive", 4]`."""
    return (
        isinstance(value, list)
        and len(value) == 2
        and isinstance(value[0], str)
        and type(value[1]) is int
        and value[0] not in ("Set", "Map", "null", "Date", "D")
    )
