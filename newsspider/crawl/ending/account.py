"""The account at the end of a crawl: how it went on each site, compared with earlier runs."""

import logging
from collections.abc import Collection, Sequence
from functools import partial

from newsspider.clock import now
from newsspider.errors import ExitCode
from newsspider.exit_codes import crawl_code_for
from newsspider.kinds import count_kind
from newsspider.revisiting.accounts import SiteAccount, describe_account
from newsspider.revisiting.health import find_alarms
from newsspider.store.retrying import with_retries
from newsspider.store.run import Run

logger = logging.getLogger(__name__)

REMEMBERED_RUNS = 30  # earlier runs that an account is compared with


def write_account(
    run: Run, ours: Sequence[str], others: Collection[str], whole: Collection[str]
) -> tuple[ExitCode, list[str]]:
    """Write and log the account of each site, and finish the run.

    Args:
        run: the run to finish.
        ours: the sites of this run.
        others: the sites that another run is crawling.
        whole: those of ours that were crawled to their end.

    Returns:
        The exit code that follows from all accounts, and one line per site.

    Raises:
        StoreError: the store does not answer.
    """
    accounts = [with_retries(partial(_complete, run, site, whole=site in whole)) for site in ours]
    code = crawl_code_for(run.counts, accounts)
    if others and not ours:
        code = ExitCode.ALREADY_RUNNING

    run.finish(code)

    kinds = ", ".join(count_kind(number, kind) for kind, number in run.counts.items())
    logger.info("%s: %s", run.store.name, kinds or "no records")

    accounts.sort(key=_worst_first)
    busy = [f"{site}: another run is crawling it" for site in others]
    return code, [*busy, *map(_log_account, accounts)]


def _complete(run: Run, site: str, *, whole: bool) -> SiteAccount:
    """Return the account of a site, with its newest known article and its alarms."""
    account = run.account(site)
    history = [past for _, past in run.store.accounts(site, REMEMBERED_RUNS)]

    known = [each.newest for each in (account, *history) if each.newest]
    account.newest = max(known, default=None)
    account.whole = whole
    account.alarms = find_alarms(account, history, now())
    layouts = run.layouts.get(site)
    if layouts and (drift := layouts.describe()):
        account.drifted = layouts.find_drift()
        account.alarms.append(drift)

    return account


def _log_account(account: SiteAccount) -> str:
    """Log an account, as a warning if it has alarms, and return its line."""
    line = describe_account(account, now())
    level = logging.WARNING if account.alarms else logging.INFO
    logger.log(level, "%s", line)
    return line


def _worst_first(account: SiteAccount) -> tuple[bool, int, str]:
    """Return the sort key of an account: alarms first, then the number of failures."""
    return not account.alarms, -account.unread.total(), account.site
