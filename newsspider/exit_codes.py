"""The exit code that a run's records ask for; the codes themselves are in `errors`."""

from collections.abc import Iterable, Mapping

from newsspider.errors import ExitCode
from newsspider.kinds import FAILED_KINDS, UNREAD_KINDS
from newsspider.revisiting.accounts import SiteAccount


def code_for(counts: Mapping[str, int]) -> ExitCode:
    """Return the exit code that the kinds of a run's records ask for."""
    return ExitCode.SOME_PAGES_FAILED if any(counts.get(kind) for kind in FAILED_KINDS) else ExitCode.FINE


def crawl_code_for(counts: Mapping[str, int], accounts: Iterable[SiteAccount] = ()) -> ExitCode:
    """Return the exit code of a crawl, which also says whether a source went dark.

    Args:
        counts: the crawl's records by kind.
        accounts: one for each site; a source is dark when one of them has an alarm. Without
            accounts it is dark when pages were tried and none could be read.
    """
    told = list(accounts)
    tried = sum(counts.values())
    unread = sum(number for kind, number in counts.items() if kind in UNREAD_KINDS)
    dark = any(account.alarms for account in told) if told else tried and unread == tried
    return ExitCode.SOURCE_DARK if dark else code_for(counts)
