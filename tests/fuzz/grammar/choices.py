"""Bytes read as decisions: the fuzzer changes bytes, and what is made of them stays well formed or nearly so."""

from collections.abc import Callable, Sequence
from typing import TypeVar

Option = TypeVar("Option")
MAX_RAW_BYTES = 24  # of a text that is the fuzzer's own


class Choices:
    """Decisions in the order of the bytes; where they have ended, each is for the first option or for none."""

    def __init__(self, data: bytes) -> None:
        """Begin at the first byte."""
        self._data = data
        self._place = 0

    def number(self, below: int) -> int:
        """Return a number from 0; `below` is at most 256."""
        byte = self._data[self._place] if self._place < len(self._data) else 0
        self._place += 1
        return byte % below

    def one_of(self, options: Sequence[Option]) -> Option:
        """Return one of at most 256 options."""
        return options[self.number(len(options))]

    def some(self, make: Callable[["Choices"], str], most: int, between: str = "") -> str:
        """Return up to so many texts of a kind, joined; none where the bytes have ended."""
        return between.join(make(self) for _ in range(self.number(most + 1)))

    def raw(self) -> str:
        """Return a few of the fuzzer's bytes as they are."""
        length = self.number(MAX_RAW_BYTES)
        part = self._data[self._place : self._place + length]
        self._place += length
        return part.decode("utf-8", "replace")
