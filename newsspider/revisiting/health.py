"""A site's health: a run's account beside those of its own past."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from newsspider.revisiting.accounts import COVERED_FIELDS, SiteAccount, describe_age
from newsspider.text import count_of

MIN_RUNS = 3  # earlier runs that listed something, before an empty list is news
MIN_ARTICLES = 20  # earlier articles, before the share that has a field means something
MIN_NEW = 5  # new articles, before their share does
FAR_UNDER = 0.25  # of the usual: below this a number has collapsed and not just wavered
MIN_USUAL_SHARE = 0.5  # a field that half the articles have; rarer ones waver
QUIET_FACTOR = 10  # times the usual gap between new articles; nights and Sundays are shorter
MIN_QUIET = timedelta(days=2)
OVERDUE_FACTOR = 5  # times the usual gap between runs
MIN_OVERDUE = timedelta(hours=1)  # runs by hand come in bursts
WALLS = {
    "bot_wall": "blocked: every page is a challenge to robots",
    "consent": "every page is a request for consent",
}


def find_alarms(account: SiteAccount, history: Sequence[SiteAccount], now: datetime) -> list[str]:
    """Return what is wrong with a site by this run's account, worst first; none where all is well.

    Args:
        account: this run's.
        history: earlier runs' accounts of the site, newest first.
        now: the time.
    """
    if not account.whole:
        return list(_iter_dark(account))
    whole = [past for past in history if past.whole]
    return [*_iter_dark(account), *_iter_fallen(account, whole), *_iter_quiet(account, whole, now)]


def is_overdue(finished: Sequence[str], now: datetime) -> bool:
    """Whether no run has come for much longer than is usual: whoever starts them may have stopped.

    Args:
        finished: when runs ended, newest first.
        now: the time.
    """
    moments = [datetime.fromisoformat(moment) for moment in finished]
    if len(moments) <= MIN_RUNS:
        return False
    usual = timedelta(seconds=median((later - earlier).total_seconds() for later, earlier in pairwise(moments)))
    return now - moments[0] > max(OVERDUE_FACTOR * usual, MIN_OVERDUE)


def _iter_dark(account: SiteAccount) -> Iterator[str]:
    """Yield that nothing could be read, and why."""
    if not account.tried or account.read:
        return

    ((cause, number), *others) = account.unread.most_common()
    if cause in WALLS and not others:
        yield f"dark: {WALLS[cause]}"
    else:
        yield f"dark: {number} of {account.tried} pages failed with {cause}" if account.tried > 1 else f"dark: {cause}"


def _iter_fallen(account: SiteAccount, history: Sequence[SiteAccount]) -> Iterator[str]:
    """Yield what has fallen far under its usual: addresses listed, fields found, pages that are articles."""
    lists_read = account.lists - account.lists_unchanged
    if account.read and not account.lists and len(history) >= MIN_RUNS and all(past.lists for past in history):
        yield f"no list could be read, usually {median(past.lists for past in history):.0f}"

    listing = [past.listed for past in history if past.listed and past.lists > past.lists_unchanged]
    if account.read and lists_read and len(listing) >= MIN_RUNS:
        usual = median(listing)
        if account.listed < FAR_UNDER * usual and account.lists >= FAR_UNDER * median(p.lists for p in history):
            yield f"lists {count_of(account.listed, 'article')}, usually {usual:.0f}"

    before = sum(past.new for past in history)
    if account.new >= MIN_NEW and before >= MIN_ARTICLES:
        for name in COVERED_FIELDS:
            usual_share = sum(past.fields[name] for past in history) / before
            share = account.fields[name] / account.new
            if usual_share >= MIN_USUAL_SHARE and share < FAR_UNDER * usual_share:
                yield f"{name} found in {share:.0%} of new articles, usually in {usual_share:.0%}"

    yield from _iter_walled(account, history)
    yield from _iter_misled(account)


def _iter_walled(account: SiteAccount, history: Sequence[SiteAccount]) -> Iterator[str]:
    """Yield that most pages give nothing, where they used to."""
    tried, unread = sum(past.tried for past in history), sum(past.unread.total() for past in history)
    failing = account.unread.total()

    if account.read and failing >= MIN_NEW and failing > account.tried / 2 and tried >= MIN_ARTICLES:
        usual = unread / tried
        if usual < FAR_UNDER:
            cause = account.unread.most_common(1)[0][0]
            yield f"{failing} of {account.tried} pages gave nothing ({cause}), usually {usual:.0%}"


def _iter_misled(account: SiteAccount) -> Iterator[str]:
    """Yield that most addresses lead to one page: a wall, or the front page of a site whose articles are gone."""
    for page, number in account.redirected.most_common(1):
        if number >= MIN_NEW and number > (account.tried + account.redirected.total()) / 2:
            yield f"{number} addresses lead to {page}"


def _iter_quiet(account: SiteAccount, history: Sequence[SiteAccount], now: datetime) -> Iterator[str]:
    """Yield that nothing new has come for much longer than is usual."""
    runs = [past for past in history if past.new]
    moments = sorted(past.newest for past in history if past.newest)
    if account.new or not account.newest or len(runs) < MIN_RUNS:
        return

    span = datetime.fromisoformat(moments[-1]) - datetime.fromisoformat(moments[0])
    # The first of these runs brought all that was there before.
    gap = span / max(1, sum(past.new for past in runs[:-1]))
    quiet = now - datetime.fromisoformat(account.newest)

    if span and quiet > max(QUIET_FACTOR * gap, MIN_QUIET):
        yield f"nothing new for {describe_age(quiet)}, usually one every {describe_age(gap)}"
