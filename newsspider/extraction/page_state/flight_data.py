"""Read React's flight data: the page's elements as rows of text, as Next.js sends them.

    1:"$Sreact.fragment"
    2:["$","p",null,{"children":["The ferry ","$L3"]}]
    4:T1a,a text of so many bytes

Source:
    The format of react-server-dom; rows that only load code or styles are left out.
"""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

MAX_CHARS = 5_000_000
MAX_CHAIN = 8  # rows that only refer to another
COMPONENT = "component"  # the name of every element that isn't one of HTML
_PUSH = re.compile(r"__(?:next_f|FLIGHT_DATA)\b[^(\[\"]{0,60}(?:\[\])?\)?\.push\(\s*(?=[\[\"])")
_ROW = re.compile(rb"([0-9a-f]{0,12}):(?:([TAOoUSsLlGgMmV])([0-9a-f]{1,8}),)?")
_REFERENCE = re.compile(r"\$[L@]?([0-9a-f]{1,12})((?::[\w-]+)*)")
_DECODER = json.JSONDecoder()


class _Text(str):
    """A row of plain text: it refers to nothing, whatever it begins with."""

    __slots__ = ()


def read_flight(scripts: Iterable[str]) -> list[Any]:
    """Return the rows' values with references resolved, elements as dicts with "tagName"."""
    rows = dict(_iter_rows("".join(_iter_chunks(scripts))[:MAX_CHARS]))
    _link_rows(rows)

    return list(rows.values())


def _iter_chunks(scripts: Iterable[str]) -> Iterator[str]:
    """Yield the pieces of text that scripts push one after another."""
    for script in scripts:
        for push in _PUSH.finditer(script):
            with suppress(ValueError, RecursionError):
                pushed, _ = _DECODER.raw_decode(script, push.end())
                yield from _text_in(pushed)


def _text_in(pushed: Any) -> Iterator[str]:
    """Yield the text in a pushed value: the value itself, or in `[1, text]`."""
    if isinstance(pushed, str):
        yield pushed
    elif len(pushed) == 2 and pushed[0] == 1 and isinstance(pushed[1], str):
        yield pushed[1]


def _iter_rows(text: str) -> Iterator[tuple[str, Any]]:
    """Yield (id, value) of the rows that hold JSON or text."""
    flight, at = text.encode("utf-8", "replace"), 0
    while row := _ROW.match(flight, at):
        if row[2]:  # its length is given in bytes, and no line end follows
            at = row.end() + int(row[3], 16)
            if row[2] == b"T":
                yield row[1].decode(), _Text(flight[row.end() : at].decode("utf-8", "replace"))
        else:
            end = flight.find(b"\n", row.end())
            if end >= 0:
                end = end
            else:
                end = len(flight)

            if flight[row.end() : row.end() + 1] in (b"[", b"{", b'"'):
                with suppress(ValueError, RecursionError):
                    yield row[1].decode(), json.loads(flight[row.end() : end])

            at = end

        while flight[at : at + 1] == b"\n":
            at += 1


def _link_rows(rows: dict[str, Any]) -> None:
    """Put the rows in the places that refer to them, and make elements dicts.

    Each value is looked at once.
    """
    for name, value in rows.items():
        rows[name] = _as_element(value)

    waiting: list[Any] = [rows]
    seen: set[int] = set()
    while waiting:
        holder = waiting.pop()
        for key, value in items_of(holder):
            linked = holder[key] = _as_element(_follow(value, rows))
            if isinstance(linked, list | dict) and id(linked) not in seen:
                seen.add(id(linked))
                waiting.append(linked)


def items_of(holder: Any) -> list[tuple[Any, Any]]:
    """Return the values in a list or dict with their places, as they are before any change."""
    if isinstance(holder, list):
        return list(enumerate(holder))

    return list(holder.items())


def _as_element(value: Any) -> Any:
    """Return an element's list, `["$", name, key, properties]`, as a dict.

    Other values as they are.
    """
    if not _is_element(value):
        return value

    _, name, _, properties, *_ = value
    if not isinstance(properties, dict):
        properties = {"children": properties}

    tag = COMPONENT if name.startswith("$") else name
    return {**properties, "tagName": tag}


def _is_element(value: Any) -> bool:
    if not isinstance(value, list) or len(value) < 4:
        return False

    return value[0] == "$" and isinstance(value[1], str)


def _follow(value: Any, rows: dict[str, Any]) -> Any:
    """Return the row or part ("$2:props:children") that a string refers to.

    Other values unchanged.
    """
    for _ in range(MAX_CHAIN):
        if type(value) is not str or not value.startswith("$"):
            return value

        if value.startswith("$$"):
            return value[1:]

        reference = _REFERENCE.fullmatch(value)
        if not reference or reference[1] not in rows:
            return None

        value = rows[reference[1]]
        for part in reference[2].split(":")[1:]:
            value = _part_of(value, part)

    return None


def _part_of(value: Any, part: str) -> Any:
    """Return the value under a key or at a place; an element's "props" are in the element here."""
    if isinstance(value, dict):
        return value if part == "props" else value.get(part)

    if isinstance(value, list) and part.isdecimal() and int(part) < len(value):
        return value[int(part)]

    return None
