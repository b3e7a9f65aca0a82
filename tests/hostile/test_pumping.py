"""Pumped texts: no pattern takes time that grows faster than the text.

Each pattern of the package is fed texts that are made of its own parse tree: what leads to a repetition, then what it
repeats, over and over, then what nothing matches. Judged is processor time, the least of several runs, and only where
it is far above what a clock can't tell.
"""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from itertools import islice
from operator import attrgetter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import newsspider
from newsspider.text import squash
from tests.pumps import Scale, is_linear, pumps_of

OF_PATTERNS = Scale(250, 4_000, 0.006, 0.15)  # a quadratic one takes some 20 ms for the long text, others 0.3 ms
MAX_PUMPS = 60  # of one pattern
CALLS = re.compile(r"\b([A-Za-z_]\w*)\.(match|fullmatch|search|finditer|findall|sub|subn|split|scanner)\b")
# Not imported, as importing them does something.
PROGRAMS = frozenset({"newsspider.__main__", "newsspider.pool.preload", "newsspider.pool.preload_trafilatura"})
# What these read went through `squash`: a run of white space is one blank.
SQUASHED = ("newsspider.extraction.fields.", "newsspider.extraction.kinds.")
# Matched at a place under another name.
ANCHORED = frozenset(f"newsspider.extraction.declared.broken_json._AFTER_{name}" for name in ("KEY", "VALUE", "MEMBER"))
# What reads the user's own files.
OWN = frozenset({"newsspider.sites.sites_file._TABLE"})


@dataclass(frozen=True)
class NamedPattern:
    """A pattern, where it is defined, and its methods that are called."""

    name: str
    pattern: re.Pattern[Any]
    ways: frozenset[str]

    def run(self, text: str) -> None:
        subject: Any = text if isinstance(self.pattern.pattern, str) else text.encode("latin-1", "replace")
        if not self.ways or self.ways - {"match", "fullmatch"}:
            self.pattern.subn(subject[:0], subject)
            return
        if "match" in self.ways:
            self.pattern.match(subject)
        if "fullmatch" in self.ways:
            self.pattern.fullmatch(subject)


def iter_modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(newsspider.__path__, "newsspider."):
        if found.name not in PROGRAMS:
            yield importlib.import_module(found.name)


def patterns_in(value: object, seen: set[int]) -> Iterator[re.Pattern[Any]]:
    """Yield the patterns in a table, a row of it, or a dataclass."""
    if isinstance(value, re.Pattern):
        yield value
    elif id(value) not in seen:
        seen.add(id(value))
        inner: tuple[object, ...] = ()
        if isinstance(value, Mapping):
            inner = (*value, *value.values())
        elif isinstance(value, tuple | list):
            inner = tuple(value)
        elif isinstance(value, set | frozenset):
            inner = tuple(sorted(value, key=str))  # the same in each process of tests
        elif is_dataclass(value) and not isinstance(value, type):
            inner = tuple(attrgetter(each.name)(value) for each in fields(value))
        for each in inner:
            yield from patterns_in(each, seen)


def written_in(source: str) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Yield the patterns that functions name in a call: `re.split(r"…", text)`; with the name of what is called."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re"), attr=called), args=[ast.Constant(value=str(text)), *_]
            ) if called not in ("compile", "escape"):
                yield called, re.compile(text)


def collect() -> dict[str, NamedPattern]:
    """Return all patterns of the package by the first place that defines them."""
    modules = list(iter_modules())
    sources = {module: Path(module.__file__).read_text("utf-8") for module in modules if module.__file__}
    called: dict[str, set[str]] = {}  # by name; a private one is its module's own
    for module, source in sources.items():
        for name, method in CALLS.findall(source):
            called.setdefault(f"{module.__name__}.{name}" if name.startswith("_") else name, set()).add(method)
    found: dict[tuple[object, int], NamedPattern] = {}
    for module, source in sources.items():
        for name, value in vars(module).items():
            place = f"{module.__name__}.{name}"
            ways = (
                called.get(place if name.startswith("_") else name, set()) if isinstance(value, re.Pattern) else set()
            )
            ways = {"match"} if place in ANCHORED else ways
            for number, pattern in enumerate(patterns_in(value, set())):
                each = NamedPattern(f"{place}#{number}" if number else place, pattern, frozenset(ways))
                found.setdefault((pattern.pattern, pattern.flags), each)
        for number, (way, pattern) in enumerate(written_in(source)):
            each = NamedPattern(f"{module.__name__}({number})", pattern, frozenset({way}))
            found.setdefault((pattern.pattern, pattern.flags), each)
    return {each.name: each for each in found.values()}


PATTERNS = collect()


@pytest.mark.parametrize("name", sorted(PATTERNS.keys() - OWN))
def test_no_pattern_takes_more_time_than_its_text_is_long(name: str) -> None:
    each = PATTERNS[name]
    for prefix, unit in islice(pumps_of(each.pattern), MAX_PUMPS):

        def make(chars: int, prefix: str = prefix, unit: str = unit) -> str:
            text = (prefix + unit * (chars // len(unit) + 1))[:chars] + "\0!"
            return squash(text) if name.startswith(SQUASHED) else text

        assert is_linear(each.run, make, OF_PATTERNS), (
            f"{each.pattern.pattern!r}: {prefix!r}, then {unit!r} over and over"
        )
