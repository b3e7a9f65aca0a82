"""Read broken JSON as far as possible: comments, several values, bare quotes, missing brackets.

Only text that `json` refuses is read here: pages fill their JSON-LD from unescaped templates.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

# Of one script, 0.2 s at most; the broken ones of the gold pages have under 20,000
MAX_MENDED_CHARS = 100_000
MAX_BRACKETS = 100  # open at a time; deeper text isn't JSON-LD
_CLOSER_OF = {"{": "}", "[": "]"}
_WORDS = frozenset({"true", "false", "null"})
_TOKEN = re.compile(
    # blanks and comments
    r"""\s+|//[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/|\Z)|<!--(?:[^-]|-(?!->))*(?:-->|\Z)"""
    r"""|"|[{}\[\]:,]|[^\s"{}\[\]:,/<]+|."""
)
_NUMBER = re.compile(r"-?\d{1,30}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,3})?")
_IN_STRING = re.compile(r'\\.|["\\]', re.DOTALL)
_ESCAPE = re.compile(r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})')
_KEY = r'"[^"\\\n]{1,80}"\s*:'
# Text after the quote that ends a string: after a key, after a value of an object, after a member
# of a list.
_AFTER_KEY = re.compile(r"\s*:")
_AFTER_VALUE = re.compile(
    rf"\s*+(?:[}}\]]|\Z|//|/\*|,\s*+(?:{_KEY}|[}}\]]|//|/\*))|[^\S\n]*+\n\s*+{_KEY}"
)
_AFTER_MEMBER = re.compile(
    r"""\s*+(?:[}\]]|\Z|//|/\*|,\s*+(?:["{\[\d\-\]]|true|false|null|//|/\*))"""
)
_INNER_KEY = re.compile(r"[\w@]{2,40}\"\s*:")


def read_broken_json(text: str) -> list[Any]:
    r"""Return the objects and lists in a text; those that can't be mended are left out.

    A string that was never closed ends its value, as the end of a text that was cut off does.

    >>> read_broken_json('{"a": "the "iron" bridge", // why\n"b": [1, 2,]} {"c": 1')
    [{'a': 'the "iron" bridge', 'b': [1, 2]}, {'c': 1}]
    """
    if len(text) > MAX_MENDED_CHARS:
        return []

    values = []
    for mended in _iter_mended(text):
        try:
            values.append(json.loads(mended, strict=False))
        except (ValueError, RecursionError):
            continue

    return values


def _iter_mended(text: str) -> Iterator[str]:
    """Yield each value of the text as valid JSON, if it can be mended."""
    draft = _Draft()
    place = 0

    while place < len(text):
        token = _TOKEN.match(text, place)
        if token is None:  # a line break is a blank, so every other character is a token
            return

        mark, place = token[0], token.end()
        if mark == '"' and draft.closers:
            string, place = _read_string(text, place, draft)
            draft.add_string(string)
        else:
            draft.add(mark)

        if len(draft.closers) > MAX_BRACKETS:
            return

        if draft.pieces and not draft.closers:
            yield "".join(draft.pieces)
            draft = _Draft()

    if draft.pieces:
        draft.close(len(draft.closers))
        yield "".join(draft.pieces)


class _Draft:
    """A partly mended value: its text in pieces, and the brackets that are still open."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.closers: list[str] = []
        self.has_open_key = False  # whether the last piece is a key without its colon

    @property
    def in_object(self) -> bool:
        return self.closers[-1:] == ["}"]

    @property
    def wants_key(self) -> bool:
        """Whether the next string is a key."""
        return self.in_object and self.pieces[-1] != ":"

    def add(self, mark: str) -> None:
        """Add a bracket, a comma, a colon or a word; before the first bracket nothing counts."""
        if mark in _CLOSER_OF:
            self._part()
            self.pieces.append(mark)
            self.closers.append(_CLOSER_OF[mark])
        elif not self.closers or mark[0].isspace() or mark.startswith(("//", "/*", "<!--")):
            return
        elif mark in "]}":
            self.close(self.closers[::-1].index(mark) + 1 if mark in self.closers else 0)
        elif mark in ",:":
            self._add_sign(mark)
        else:
            self._part()
            self.pieces.append(mark if mark in _WORDS or _NUMBER.fullmatch(mark) else "null")

    def add_string(self, string: str | None) -> None:
        """Add a key or a string; None for one that never ended."""
        is_key = self.wants_key
        self._part()

        if string is not None:
            self.pieces.append(f'"{string}"')
            self.has_open_key = is_key

    def close(self, brackets: int) -> None:
        """Close the innermost brackets; a key without a value is left out."""
        for _ in range(brackets):
            if self.has_open_key:
                self.pieces.pop()
                self.has_open_key = False

            if self.pieces[-1] == ":":
                self.pieces.append("null")

            if self.pieces[-1] == ",":
                self.pieces.pop()

            self.pieces.append(self.closers.pop())

    def _add_sign(self, mark: str) -> None:
        """Add a comma or colon where one is allowed."""
        begins_member = not self.has_open_key and self.pieces[-1] not in ("[", "{", ",", ":")
        if self.has_open_key if mark == ":" else begins_member:
            self.pieces.append(mark)

        self.has_open_key = False

    def _part(self) -> None:
        """Add the comma that is missing before a new member."""
        if self.pieces and self.pieces[-1] not in ("{", "[", ",", ":"):
            self.pieces.append(",")


def _read_string(text: str, start: int, draft: _Draft) -> tuple[str | None, int]:
    """Return (the JSON string that begins here, where the text continues); (None, end) for no end.

    A quote ends it only if the text after it could follow a string; other quotes belong to it.
    """
    if draft.wants_key:
        ends = _AFTER_KEY
    elif draft.in_object:
        ends = _AFTER_VALUE
    else:
        ends = _AFTER_MEMBER

    pieces: list[str] = []
    place = start
    for found in _IN_STRING.finditer(text, start):
        pieces.append(text[place : found.start()])
        place = found.end()
        if found[0] != '"':
            pieces.append(found[0] if _ESCAPE.match(text, found.start()) else "\\\\" + found[0][1:])
        elif ends.match(text, place):
            return "".join(pieces), place
        elif _INNER_KEY.match(text, place):
            break  # the quote before it is missing: where the string ends is anybody's guess
        else:
            pieces.append('\\"')

    return None, len(text)
