"""Unpack application state: flat arrays whose values are places in the array, and typed pairs."""

import re
from collections.abc import Callable, Collection
from typing import Any

WRAPPERS = 8  # around one value
LOWEST_PLACE = -7  # devalue's numbers for undefined, NaN, infinities and -0
_HOLDERS = frozenset({"Set", "Map", "null", "Date", "D"})  # types that hold values themselves
_PLACE = re.compile(r"_\d{1,7}")


def unpack_state(value: Any) -> Any:
    """Return a decoded value's state, unpacked if it is an array of Nuxt or React Router."""
    if not isinstance(value, list) or len(value) < 2:
        return value

    if _names_places(value[0]) or _is_flat(value):
        return _unpack_array(value)

    return value


def _names_places(first: Any) -> bool:
    """Whether the keys of an array's first object are places in the array."""
    return isinstance(first, dict) and bool(first) and all(map(_PLACE.fullmatch, first))


def unpack_island(value: Any) -> Any:
    """Return an Astro island's properties: pairs of a type (0 value, 1 list) and a value."""
    if isinstance(value, dict):
        return {key: unpack_island(inner) for key, inner in value.items()}

    if isinstance(value, list) and len(value) == 2:
        return _unpack_pair(*value)

    return value


def _unpack_pair(kind: Any, inner: Any) -> Any:
    if isinstance(inner, list):
        return list(map(unpack_island, inner)) if kind == 1 else inner

    return unpack_island(inner)


def _is_flat(values: list[Any]) -> bool:
    """Whether an array's inner values are all numbers of places in it."""
    first = values[0]
    inner: Collection[Any] = ()

    if isinstance(first, dict):
        inner = first.values()
    elif isinstance(first, list):
        inner = first[1:]

    return bool(inner) and all(_is_place(each, len(values)) for each in inner)


def _is_place(value: Any, count: int) -> bool:
    """Whether a value is a place in an array; the formats have a few below 0 for special values."""
    return type(value) is int and LOWEST_PLACE <= value < count


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
            holder[_name_at(key, at)] = at(place)
    elif isinstance(holder, list):
        holder += map(at, _without_type(value))
    elif isinstance(holder, dict):  # a map or an object without a class: keys and values in turn
        keys = map(at, value[1::2]) if value[0] == "Map" else value[1::2]
        holder |= zip(map(str, keys), map(at, value[2::2]), strict=False)


def _name_at(key: str, at: Callable[[Any], Any]) -> str:
    """Return the name that a key refers to, or the key itself."""
    name = at(int(key[1:])) if _PLACE.fullmatch(key) else key
    return name if isinstance(name, str) else key


def _without_type(value: list[Any]) -> list[Any]:
    """Return a list's items without the name of its type, which some have before them."""
    if value and isinstance(value[0], str):
        return value[1:]

    return value


def _empty(value: Any) -> Any:
    """Return the unpacked form of a value, without its content."""
    if isinstance(value, dict):
        return {}

    if not isinstance(value, list):
        return value

    kind, *content = value or [None]
    if not isinstance(kind, str) or kind == "Set":
        return []

    if kind in ("Map", "null"):
        return {}

    return next(iter(content), None)


def _is_wrapper(value: Any) -> bool:
    """Whether a value wraps the one at another place: `["Reactive", 4]`."""
    if not isinstance(value, list) or len(value) != 2:
        return False

    kind, place = value
    return isinstance(kind, str) and kind not in _HOLDERS and type(place) is int
