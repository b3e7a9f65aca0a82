"""The account at a crawl's end: how it went on each site, beside how it went there before."""

import logging
from collections.abc import Collection, Sequence
from functools import partial

from newsspider.clock import now
from newsspider.errors import ExitCode
from newsspider.exit_codes import crawl_code_for
from newsspider.revisiting.accounts import SiteAccount, describe_account
from newsspider.revisiting.health import find_alarms
from newsspider.store.patience import patiently
from newsspider.store.run import Run

logger = logging.getLogger(__name__)

REMEMBERED_RUNS = 30  # with which a site's account is compared


def write_account(
    run: Run, ours: Sequence[str], others: Collection[str], whole: Collection[str]
) -> tuple[ExitCode, list[str]]:
    """Write and log each site's account; return the exit code that follows from all, and what is said of each site.

    Args:
        run: it ends with this.
        ours: the run's sites.
        others: the sites that another run has.
        whole: those of ours on which the run came to its end.

    Raises:
        StoreError: the store does not answer.
    """
    accounts = [patiently(partial(_complete, run, site, whole=site in whole)) for site in ours]
    code = crawl_code_for(run.counts, accounts)
    if others and not ours:
        code = ExitCode.ALREADY_RUNNING
    run.finish(code)
    kinds = ", ".join(f"{number} {kind}" for kind, number in run.counts.items())
    logger.info("%s: %s", run.store.name, kinds or "no records")
    accounts.sort(key=_worst_first)
    said = [describe_account(account, now()) for account in accounts]
    for line, account in zip(said, accounts, strict=True):
        logger.log(logging.WARNING if account.alarms else logging.INFO, "%s", line)
    return code, [*(f"{site}: another run is crawling it" for site in others), *said]


def _complete(run: Run, site: str, *, whole: bool) -> SiteAccount:
    """Return a site's account beside its past: with the newest article known, and what is wrong."""
    account = run.account(site)
    history = [past for _, past in run.store.accounts(site, REMEMBERED_RUNS)]
    known = [account.newest, *(past.newest for past in history)]
    account.newest = max((moment for moment in known if moment), default=None)
    account.whole = whole
    account.alarms = find_alarms(account, history, now())
    return account


def _worst_first(account: SiteAccount) -> tuple[bool, int, str]:
    """Return what orders accounts: alarms first, then by failures."""
    return not account.alarms, -account.unread.total(), account.site
