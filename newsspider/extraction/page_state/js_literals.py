"""Read a JavaScript literal as in scripts with state: more than JSON; nothing is ever run.

Read are unquoted keys, single quotes, undefined, `void 0`, `!0`, `new Date(…)`, and the function
around a state whose repeated values are its arguments: `(function(a,b){a.x=b;return
{y:a}}({},"text"))`.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

MAX_LEVELS = 120  # objects in each other
_BLANKS = re.compile(r"(?:\s++|//[^\n]*+|/\*.*?\*/)*+", re.DOTALL)
_STRING = re.compile(
    r"\"[^\"\\]*(?:\\.[^\"\\]*)*\"|'[^'\\]*(?:\\.[^'\\]*)*'|`[^`\\]*(?:\\.[^`\\]*)*`", re.DOTALL
)
_ESCAPE = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|.))", re.DOTALL
)
_NUMBER = re.compile(r"[-+]?(?:0x[0-9a-fA-F]+|(?:\d++(?:\.\d*+)?|\.\d++)(?:[eE][-+]?\d+)?)n?")
_NAME = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*")
_PARAMETERS = re.compile(r"function\s*+[\w$]*+\s*+\(([\w$,\s]*+)\)\s*+\{")
_TARGET = re.compile(r"([\w$]+)(?:\.([\w$]+)|\[\s*(\d{1,6}|\"[^\"\\]*\")\s*\])\s*=(?!=)")
_CONTROLS = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "b": "",
    "f": "",
    "v": "",
    "0": "",
    "\n": "",
    "\r\n": "",
}
# Every other name that has no value is None.
_CONSTANTS: dict[str, Any] = {"true": True, "false": False}


class LiteralError(ValueError):
    """The text is not a literal."""


def read_literal(text: str, start: int) -> tuple[Any, int]:
    """Return (value, end) of the literal at a place of a text.

    Raises:
        LiteralError: there is none, or one that is cut off or nested too deep.
    """
    return _Reader(text, {}).value(start, 0)


class _Reader:
    """A text, and the values of the names in it; None while a function's arguments are unknown."""

    def __init__(self, text: str, names: Mapping[str, Any], in_function: bool = False) -> None:
        self._text = text
        self._names = names
        self._in_function = in_function

    def value(self, at: int, level: int) -> tuple[Any, int]:
        at = self._skip(at)
        first = self._text[at : at + 1]
        if level > MAX_LEVELS:
            raise LiteralError("nested too deep")

        if first == "{":
            return self._object(at + 1, level)

        if first == "[":
            return self._array(at + 1, "]", level)

        if first and first in "\"'`":
            return self._string(at)

        if first == "!":
            inner, end = self.value(at + 1, level + 1)
            return inner in ("0", "", None, False), end

        if first == "(":
            return self._bracketed(at, level)

        if number := _NUMBER.match(self._text, at):
            return number[0], number.end()

        return self._named(at, level)

    def _skip(self, at: int) -> int:
        found = _BLANKS.match(self._text, at)
        if found:
            return found.end()

        return at

    def _next(self, at: int) -> tuple[str, int]:
        """Return the next character that isn't blank, and the place after it."""
        at = self._skip(at)
        return self._text[at : at + 1], at + 1

    def _expect(self, wanted: str, at: int) -> int:
        found, after = self._next(at)
        if found != wanted:
            raise LiteralError(f"no {wanted} at {at}")

        return after

    def _string(self, at: int) -> tuple[str, int]:
        found = _STRING.match(self._text, at)
        if not found or (found[0][0] == "`" and "${" in found[0]):
            raise LiteralError(f"no string at {at}")

        text = found[0][1:-1]
        return (_unescape(text) if "\\" in text else text), found.end()

    def _object(self, at: int, level: int) -> tuple[dict[str, Any], int]:
        value: dict[str, Any] = {}
        while True:
            first, after = self._next(at)
            if first == "}":
                return value, after

            if first == ",":
                at = after
                continue

            key, at = self._key(after - 1)
            if self._next(at)[0] == ":":
                value[key], at = self.value(self._expect(":", at), level + 1)
            else:
                value[key] = self._names.get(key)

            if self._next(at)[0] not in (",", "}"):
                raise LiteralError(f"no end of a value at {at}")

    def _key(self, at: int) -> tuple[str, int]:
        if self._text[at : at + 1] in ("'", '"'):
            return self._string(at)

        found = _NAME.match(self._text, at) or _NUMBER.match(self._text, at)
        if not found:
            raise LiteralError(f"no key at {at}")

        return found[0], found.end()

    def _array(self, at: int, closing: str, level: int) -> tuple[list[Any], int]:
        values: list[Any] = []
        while True:
            first, after = self._next(at)
            if first == closing:
                return values, after

            if first == ",":
                at = after
                continue

            value, at = self.value(after - 1, level + 1)
            values.append(value)
            if self._next(at)[0] not in (",", closing):
                raise LiteralError(f"no end of a value at {at}")

    def _named(self, at: int, level: int) -> tuple[Any, int]:
        """Read a name: a constant, an argument, or a call, which is read as its argument."""
        found = _NAME.match(self._text, at)
        if not found or found[0] == "function":
            raise LiteralError(f"no value at {at}")

        name, at = found[0], found.end()
        if name == "void":
            return None, self.value(at, level + 1)[1]

        if name == "new":
            return self._named(self._skip(at), level + 1)

        if self._next(at)[0] == "(":
            given, at = self._array(self._expect("(", at), ")", level)
            return _call(name, given), at

        return self._names.get(name, _CONSTANTS.get(name)), at

    def _bracketed(self, at: int, level: int) -> tuple[Any, int]:
        """Read a value in brackets: a plain one, or a function that is called at once."""
        inner = self._skip(at + 1)
        function = _PARAMETERS.match(self._text, inner)

        if not function:
            value, at = self.value(inner, level + 1)
            return value, self._expect(")", at)

        if self._in_function:
            raise LiteralError("a function in a function")

        parameters = [name.strip() for name in function[1].split(",") if name.strip()]
        _, end = _Reader(self._text, {}, in_function=True)._body(function.end(), level)
        in_brackets = self._next(end)[0] == "("

        if in_brackets:
            end = end
        else:
            end = self._expect(")", end)

        given, end = self._array(self._expect("(", end), ")", level)
        names = dict(zip(parameters, given, strict=False))
        value, _ = _Reader(self._text, names, in_function=True)._body(function.end(), level)

        return value, self._expect(")", end) if in_brackets else end

    def _body(self, at: int, level: int) -> tuple[Any, int]:
        """Read a function's assignments to its arguments, and the value it returns."""
        at = self._skip(at)
        while target := _TARGET.match(self._text, at):
            value, at = self.value(target.end(), level + 1)
            _assign(self._names.get(target[1]), target[2] or target[3], value)
            at = self._skip(at)

            if self._text[at : at + 1] in (";", ","):
                at = self._skip(at + 1)

        if not self._text.startswith("return", at):
            raise LiteralError(f"no return at {at}")

        value, at = self.value(at + len("return"), level + 1)
        if self._next(at)[0] == ";":
            at = self._expect(";", at)

        return value, self._expect("}", at)


def _assign(holder: Any, key: str, value: Any) -> None:
    if isinstance(holder, dict):
        holder[key.strip('"')] = value
    elif isinstance(holder, list) and key.isdecimal() and int(key) <= len(holder):
        holder[int(key) :] = [value, *holder[int(key) + 1 :]]


def _call(name: str, given: list[Any]) -> Any:
    """Return the value of a call, as far as it is known without running anything."""
    if name == "JSON.parse" and given and isinstance(given[0], str):
        try:
            return json.loads(given[0])
        except (ValueError, RecursionError):
            return None

    if len(given) == 1:
        return given[0]

    return given


def _unescape(text: str) -> str:
    plain = _ESCAPE.sub(_unescaped, text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unescaped(found: re.Match[str]) -> str:
    digits = found[1] or found[2] or found[3]
    if digits:
        return chr(min(int(digits, 16), 0x10FFFF))

    return _CONTROLS.get(found[4], found[4])
