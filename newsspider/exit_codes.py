"""The exit code that a run's records ask for; the codes themselves are in `errors`."""

from collections.abc import Mapping

from newsspider.errors import ExitCode
from newsspider.record import FAILED_KINDS, UNREAD_KINDS


def code_for(counts: Mapping[str, int]) -> ExitCode:
    """Return the exit code that the kinds of a run's records ask for."""
    return ExitCode.SOME_PAGES_FAILED if any(counts.get(kind) for kind in FAILED_KINDS) else ExitCode.FINE


def crawl_code_for(counts: Mapping[str, int]) -> ExitCode:
    """Return the same for a crawl, whose source is dark when pages were tried and not one could be read."""
    tried = sum(counts.values())
    failed = sum(number for kind, number in counts.items() if kind in UNREAD_KINDS)
    return ExitCode.SOURCE_DARK if tried and failed == tried else code_for(counts)
