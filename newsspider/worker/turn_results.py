"""The results of a worker's turns, and its exit code."""

from collections import Counter

from newsspider.errors import ExitCode
from newsspider.text import count_of

# The worst first.
_RANKS = (
    ExitCode.CRASHED,
    ExitCode.STORE_UNUSABLE,
    ExitCode.SOURCE_DARK,
    ExitCode.SOME_PAGES_FAILED,
)


class TurnResults:
    """The turns of a worker, counted.

    Attributes:
        finished: that came to their end.
        given_back: that were interrupted.
        lost: whose lease ended before.
        codes: exit codes of the crawls.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self.finished = 0
        self.given_back = 0
        self.lost = 0
        self.codes: Counter[ExitCode] = Counter()

    @property
    def worst(self) -> ExitCode:
        """The worst exit code of a turn."""
        return next((code for code in _RANKS if self.codes[code]), ExitCode.FINE)

    def describe(self) -> str:
        """Return it in a line.

        >>> results = TurnResults()
        >>> results.finished, results.lost = 7, 1
        >>> results.describe()
        '7 turns finished, 1 lost to other workers'
        """
        parts = [f"{count_of(self.finished, 'turn')} finished"]
        parts += [f"{self.given_back} given back"] if self.given_back else []
        parts += [f"{self.lost} lost to other workers"] if self.lost else []
        return ", ".join(parts)
