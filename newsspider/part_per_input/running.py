"""A run over many inputs on this machine, one after another; and the outcomes that every run has."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from newsspider.errors import UnreadableError
from newsspider.part_per_input.make_part import Part, Recipe, make_part
from newsspider.part_per_input.part_names import Input
from newsspider.part_per_input.parts import Parts


@dataclass(frozen=True)
class Outcome:
    """The result for an input.

    Attributes:
        given: the input.
        part: its part, None if there is none.
        problem: the reason why there is none.
    """

    given: Input
    part: Part | None = None
    problem: str | None = None


class Progress(Protocol):
    """Is told how a run goes on."""

    def note_pages(self, given: str, pages: int) -> None:
        """Take note of how many pages of an input are done so far."""

    def note_input(self) -> None:
        """Take note that an input is done."""


def make_parts_here(
    inputs: Iterable[Input], parts: Parts, recipe: Recipe, progress: Progress
) -> Iterator[Outcome]:
    """Yield the outcome of each input, made in this process and its workers.

    Raises:
        UsageError, OutputError: no part can be made.
    """
    for given in inputs:
        counted = Counted(given.part_name, progress)
        try:
            outcome = Outcome(given, make_part(given, parts, recipe, counted.advance))
        except UnreadableError as error:
            outcome = Outcome(given, problem=str(error))
        progress.note_input()
        yield outcome


class Counted:
    """Counts an input's pages."""

    def __init__(self, name: str, progress: Progress) -> None:
        """Tell the progress."""
        self._name = name
        self._progress = progress
        self._pages = 0

    def advance(self) -> None:
        """Count a page."""
        self._pages += 1
        self._progress.note_pages(self._name, self._pages)
