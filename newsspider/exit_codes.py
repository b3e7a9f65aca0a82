"""The exit code for a run's records; the codes themselves are in `errors`."""

from collections.abc import Iterable, Mapping

from newsspider.errors import ExitCode
from newsspider.kinds import FAILED_KINDS, UNREAD_KINDS
from newsspider.revisiting.accounts import SiteAccount


def code_for(counts: Mapping[str, int]) -> ExitCode:
    """Return the exit code for the kinds of a run's records."""
    has_failed = any(counts.get(kind) for kind in FAILED_KINDS)
    return ExitCode.SOME_PAGES_FAILED if has_failed else ExitCode.FINE


def crawl_code_for(counts: Mapping[str, int], accounts: Iterable[SiteAccount] = ()) -> ExitCode:
    """Return the exit code of a crawl, which also tells whether a source went dark.

    Args:
        counts: the crawl's records by kind.
        accounts: one per site; a source is dark if one of them has an alarm. Without accounts it is
            dark if none of the requested pages could be read.
    """
    alarms = [account.alarms for account in accounts]
    if alarms:
        is_dark = any(alarms)
    else:
        unread = sum(number for kind, number in counts.items() if kind in UNREAD_KINDS)
        is_dark = 0 < sum(counts.values()) == unread

    return ExitCode.SOURCE_DARK if is_dark else code_for(counts)
