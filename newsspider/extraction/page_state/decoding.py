"""Decode a page's application state: Next.js, Nuxt, SvelteKit, Arc, Astro and others.

State is JSON in a script element, a value that a script assigns or passes on, or JSON in an
attribute. It is read where it begins and never run.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from newsspider.extraction.page_state.flight_data import read_flight
from newsspider.extraction.page_state.js_literals import LiteralError, read_literal
from newsspider.extraction.page_state.packed_states import unpack_island, unpack_state

MIN_STATE_CHARS = 400  # with less, a state holds no article
MAX_STATE_CHARS = 5_000_000  # of one script
# values of a page's scripts that turn out not to be JSON; to report one takes as long as to count
MAX_FAILURES = 300
# the lines before it
# of a page's scripts that are read as JavaScript, which takes ten times as long as JSON
MAX_LITERAL_CHARS = 2_000_000
_FLIGHT_MARKS = ("__next_f", "__FLIGHT_DATA")
_SCRIPTS = etree.XPath("//script")
_ATTRIBUTES = etree.XPath(
    "//@data-page | //@data-props | //@data-react-props | //@data-state | //@data-initial-state"
)
_ISLANDS = etree.XPath("//astro-island/@props")
# Where a value begins that a script assigns or passes on. Wider than JSON may be that of a name
# made for state only: `window.__STATE__ = {`, `data: [`.
_VALUE = re.compile(
    r"(?P<state>\b(?:window|self|globalThis)(?:\.[\w$]{1,60}|\[[\"'][^\"'\]]{1,60}[\"']\])\s*=|"
    r"\bdata:)\s*(?=[\[{\"]|\(function|JSON\.parse\([\"'])|(?:=|\bJSON\.parse\(|\b(?:enqueue|push|"
    r"hydrate|setState)\()\s*(?=\{\s*\"|\[\s*[\[{\"\dntf-]|\"\s*[\[{])"
)
_DECODER = json.JSONDecoder(strict=False)


def iter_states(tree: etree._Element) -> Iterator[Any]:
    """Yield a page's decoded states in document order, React's flight data last."""
    flights: list[str] = []
    yield from _iter_script_states(tree, flights)

    for attribute in filter(_has_length_of_state, _ATTRIBUTES(tree)):
        yield from _decoded(str(attribute))

    for island in filter(_has_length_of_state, _ISLANDS(tree)):
        yield from map(unpack_island, _decoded(str(island)))

    if flights:
        # Not the bare rows: they aren't a list of paragraphs.
        yield [{"row": value} for value in read_flight(flights)]


def _has_length_of_state(text: str) -> bool:
    return MIN_STATE_CHARS <= len(text) <= MAX_STATE_CHARS


def _iter_script_states(tree: etree._Element, flights: list[str]) -> Iterator[Any]:
    """Yield the decoded states in script elements; React's flight data are added to `flights`."""
    reader = _ScriptReader()
    for script in _SCRIPTS(tree):
        text, kind = script.text or "", script.get("type", "").lower()
        if not _has_length_of_state(text) or "ld+json" in kind:
            continue

        if "json" in kind or script.get("id") == "__NEXT_DATA__":
            yield from _decoded(text)
        elif any(mark in text for mark in _FLIGHT_MARKS):
            flights.append(text)
        elif _is_javascript(kind):
            yield from map(unpack_state, reader.iter_values(text))


def _is_javascript(kind: str) -> bool:
    """Whether this is a script by its type attribute, "" for none."""
    return kind in ("", "module") or "javascript" in kind


def decode_text(text: str) -> Any:
    """Return the value of a string that is JSON itself, None for any other."""
    if len(text) < MIN_STATE_CHARS or text.lstrip()[:1] not in ("{", "["):
        return None

    return next(_decoded(text), None)


def _decoded(text: str) -> Iterator[Any]:
    try:
        yield unpack_state(_DECODER.decode(text))
    except (ValueError, RecursionError):
        return


class _ScriptReader:
    """Reads the values in a page's scripts; how much it may read in vain is bounded."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._failures = MAX_FAILURES
        self._literal_chars = MAX_LITERAL_CHARS

    def iter_values(self, script: str) -> Iterator[Any]:
        """Yield the long values in a script, each read once."""
        at = 0
        while self._failures and (found := _VALUE.search(script, at)):
            at = found.end()
            if len(script) - at < MIN_STATE_CHARS:
                return

            value, end = self._read_json(script, at)
            if end < 0 and found["state"]:
                value, end = self._read_literal(script, at)

            if end - at >= MIN_STATE_CHARS:
                yield decode_text(value) if isinstance(value, str) else value

            at = max(end, at)

    def _read_json(self, script: str, start: int) -> tuple[Any, int]:
        """Return (value, end), the end -1 if the value isn't JSON."""
        if script[start] not in '[{"':
            return None, -1

        try:
            return _DECODER.raw_decode(script, start)
        except (ValueError, RecursionError):
            self._failures -= 1
            return None, -1

    def _read_literal(self, script: str, start: int) -> tuple[Any, int]:
        """Return (value, end); the end is -1 for other text, or if too much has been read."""
        cost = len(script) - start
        if script[start] == '"' or cost > self._literal_chars:
            return None, -1

        try:
            value, end = read_literal(script, start)
        except (LiteralError, RecursionError):
            self._literal_chars -= cost
            return None, -1

        self._literal_chars -= end - start
        return value, end
