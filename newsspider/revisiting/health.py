"""A site's health: a run's account compared with the accounts of earlier runs."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from newsspider.revisiting.accounts import COVERED_FIELDS, SiteAccount, describe_age
from newsspider.text import count_of

MIN_RUNS = 3  # earlier runs that listed something, before an empty list is an alarm
MIN_ARTICLES = 20  # earlier articles, before a field's share is meaningful
MIN_NEW = 5  # new articles, before a field's share is meaningful
FAR_UNDER = 0.25  # of the usual value: below this a number has collapsed
MIN_USUAL_SHARE = 0.5  # a field that half of the articles have; the share of rarer ones varies
QUIET_FACTOR = 10  # times the usual gap between new articles; nights and Sundays are shorter
MIN_QUIET = timedelta(days=2)
OVERDUE_FACTOR = 5  # times the usual gap between runs
MIN_OVERDUE = timedelta(hours=1)  # runs by hand come in bursts
WALLS = {
    "bot_wall": "blocked: every page is a challenge to robots",
    "consent": "every page is a request for consent",
}


def find_alarms(account: SiteAccount, history: Sequence[SiteAccount], now: datetime) -> list[str]:
    """Return a site's problems by this run's account, worst first; empty if there are none.

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
    """Whether the next run is much later than usual, so that its scheduler may have stopped.

    Args:
        finished: when runs ended, newest first.
        now: the time.
    """
    moments = list(map(datetime.fromisoformat, finished))
    if len(moments) <= MIN_RUNS:
        return False

    gaps = [(later - earlier).total_seconds() for later, earlier in pairwise(moments)]
    usual = timedelta(seconds=median(gaps))

    return now - moments[0] > max(OVERDUE_FACTOR * usual, MIN_OVERDUE)


def _iter_dark(account: SiteAccount) -> Iterator[str]:
    """Yield an alarm if no page could be read, with the cause."""
    if not account.tried or account.read:
        return

    ((cause, number), *others) = account.unread.most_common()
    if cause in WALLS and not others:
        yield f"dark: {WALLS[cause]}"
    elif account.tried > 1:
        yield f"dark: {number} of {account.tried} pages failed with {cause}"
    else:
        yield f"dark: {cause}"


def _iter_fallen(account: SiteAccount, history: Sequence[SiteAccount]) -> Iterator[str]:
    """Yield an alarm for each number that is far below its usual value."""
    yield from _iter_without_lists(account, history)
    yield from _iter_few_listed(account, history)
    yield from _iter_missing_fields(account, history)
    yield from _iter_walled(account, history)
    yield from _iter_misled(account)


def _iter_without_lists(account: SiteAccount, history: Sequence[SiteAccount]) -> Iterator[str]:
    """Yield an alarm if no list could be read."""
    if not account.read or account.lists or len(history) < MIN_RUNS:
        return
    numbers = [past.lists for past in history]
    if all(numbers):
        yield f"no list could be read, usually {median(numbers):.0f}"


def _iter_few_listed(account: SiteAccount, history: Sequence[SiteAccount]) -> Iterator[str]:
    """Yield an alarm if the lists name far fewer articles than usual."""
    has_read_lists = account.lists > account.lists_unchanged
    past_listed = [
        past.listed for past in history if past.listed and past.lists > past.lists_unchanged
    ]

    if not account.read or not has_read_lists or len(past_listed) < MIN_RUNS:
        return

    usual = median(past_listed)
    usual_lists = median(past.lists for past in history)

    if account.listed < FAR_UNDER * usual and account.lists >= FAR_UNDER * usual_lists:
        yield f"lists {count_of(account.listed, 'article')}, usually {usual:.0f}"


def _iter_missing_fields(account: SiteAccount, history: Sequence[SiteAccount]) -> Iterator[str]:
    """Yield an alarm for each field that far fewer new articles have than usual."""
    before = sum(past.new for past in history)
    if account.new < MIN_NEW or before < MIN_ARTICLES:
        return

    for name in COVERED_FIELDS:
        usual = sum(past.fields[name] for past in history) / before
        share = account.fields[name] / account.new

        if usual >= MIN_USUAL_SHARE and share < FAR_UNDER * usual:
            yield f"{name} found in {share:.0%} of new articles, usually in {usual:.0%}"


def _iter_walled(account: SiteAccount, history: Sequence[SiteAccount]) -> Iterator[str]:
    """Yield an alarm if most pages could not be read, unlike in earlier runs."""
    tried = sum(past.tried for past in history)
    failing = account.unread.total()

    if not account.read or tried < MIN_ARTICLES:
        return

    if failing < MIN_NEW or failing <= account.tried / 2:
        return

    usual = sum(past.unread.total() for past in history) / tried
    if usual < FAR_UNDER:
        cause = account.unread.most_common(1)[0][0]
        yield f"{failing} of {account.tried} pages gave nothing ({cause}), usually {usual:.0%}"


def _iter_misled(account: SiteAccount) -> Iterator[str]:
    """Yield an alarm if most addresses lead to one page.

    It may be a wall, or the front page of a site whose articles are gone.
    """
    requested = account.tried + account.redirected.total()
    for page, number in account.redirected.most_common(1):
        if number >= MIN_NEW and number > requested / 2:
            yield f"{number} addresses lead to {page}"


def _iter_quiet(
    account: SiteAccount, history: Sequence[SiteAccount], now: datetime
) -> Iterator[str]:
    """Yield an alarm if nothing new has appeared for much longer than usual."""
    with_news = [past for past in history if past.new]
    if account.new or not account.newest or len(with_news) < MIN_RUNS:
        return

    moments = [datetime.fromisoformat(past.newest) for past in history if past.newest]
    span = max(moments) - min(moments)
    # The first of these runs found everything that existed before.
    gap = span / max(1, sum(past.new for past in with_news[:-1]))
    quiet = now - datetime.fromisoformat(account.newest)

    if span and quiet > max(QUIET_FACTOR * gap, MIN_QUIET):
        usual = f"usually one every {describe_age(gap)}"
        yield f"nothing new for {describe_age(quiet)}, {usual}"
