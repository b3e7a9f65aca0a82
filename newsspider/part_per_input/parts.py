"""The parts of an output: one per input, each complete or absent."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol


class Attempt(Protocol):
    """A part that is being written."""

    articles: Path  # the file to write; a file of the quarantine may appear beside it

    def place(self, *, replace: bool) -> bool:
        """Let the finished part appear, unless there is one of its name; return whether it did.

        Raises:
            OutputError: it can't be put into place.
        """


class Parts(Protocol):
    """The parts of an output."""

    name: str

    def find(self, name: str) -> list[str]:
        """Return the files of a part: the articles, then the quarantine if it has one; none if it isn't there."""

    def begin(self, name: str) -> AbstractContextManager[Attempt]:
        """Begin a part.

        Raises:
            OutputError: there is no room for it.
        """

    def sweep(self) -> None:
        """Remove the leftovers of dead processes, and finish a part that one of them had complete."""
